using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Sheets;

namespace Shanhuo.Market.Channels.Out;

internal sealed class IndexPage(ShanhuoDb db, FeedFiles files) : PageModel
{
    public void OnGet() { }

    public async Task<IActionResult> OnGetGoodsAsync(string channel, SheetFormat format, CancellationToken cancel) =>
        FeedTemplate.Shipped.TryGetValue(channel ?? "", out var template) ? File(await files.Goods(db.Scope.County, template, format, cancel), SheetWriter.ContentType(format), $"{template.Channel}-goods{SheetWriter.Extension(format)}") : NotFound();

    public async Task<IActionResult> OnGetShipmentsAsync(string channel, SheetFormat format, CancellationToken cancel) =>
        FeedTemplate.Shipped.TryGetValue(channel ?? "", out var template) ? File(await files.Shipments(db.Scope.County, template, format, cancel), SheetWriter.ContentType(format), $"{template.Channel}-shipments{SheetWriter.Extension(format)}") : NotFound();
}
