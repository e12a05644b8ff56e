using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Orders;
using Shanhuo.Market.Products;

namespace Shanhuo.Market.Channels;

/// <summary>The form of a seller code.</summary>
internal sealed record CodeForm
{
    public string? Code { get; set; }
    public long ProductId { get; set; }
    public string? Grade { get; set; }
    public string? PerUnit { get; set; }
}

/// <summary>A code nobody has explained, with the lines that wait for it.</summary>
internal sealed record UnknownCode(string Code, int Lines);

/// <summary>A code with the name of its product.</summary>
internal sealed record KnownCode(SellerCode Code, string Product, string ProductEn, bool ByPiece);

internal sealed class CodesPage(ShanhuoDb db, SellerCodesHandler codes, WaitingLinesHandler waiting, Say say) : PageModel
{
    [BindProperty] public CodeForm Form { get; set; } = new();
    [TempData] public string? Done { get; set; }
    public ChannelMapping Mapping { get; private set; } = null!;
    public IReadOnlyList<UnknownCode> Unknown { get; private set; } = [];
    public IReadOnlyList<KnownCode> Known { get; private set; } = [];
    public IReadOnlyList<Product> Products { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string channel, string? code, CancellationToken cancel)
    {
        Form.Code = code;
        return await Load(channel, cancel) ? Page() : NotFound();
    }

    public async Task<IActionResult> OnPostAsync(string channel, CancellationToken cancel)
    {
        if (await codes.Keep(db.Scope.County, channel, Form.Code ?? "", Form.ProductId, Form.Grade?.Trim(), Form.PerUnit ?? "", cancel) is { } no) return await Load(channel, cancel) ? this.Refuse(no) : NotFound();
        Done = say["codes.saved", Form.Code!, await waiting.TryAgain(db.Scope.County, cancel)];
        return RedirectToPage(new { channel });
    }

    private async Task<bool> Load(string channel, CancellationToken cancel)
    {
        if (!ChannelBook.Shipped.TryGetValue(channel, out var mapping)) return false;
        Mapping = mapping;
        var county = db.Scope.County;
        Unknown = await (from l in db.OrderLines
                         where l.County == county && l.Waits == WaitReason.Code && l.SellerCode != null
                         join o in db.Orders on new { l.County, Id = l.OrderId } equals new { o.County, o.Id }
                         where o.Channel == channel
                         group l by l.SellerCode into g
                         orderby g.Count() descending, g.Key
                         select new UnknownCode(g.Key!, g.Count())).Take(200).ToListAsync(cancel);
        Known = await (from c in db.SellerCodes.AsNoTracking() where c.County == county && c.Channel == channel join p in db.Products on c.ProductId equals p.Id orderby c.Code select new KnownCode(c, p.Name, p.NameEn, p.ByPiece)).Take(500).ToListAsync(cancel);
        Products = await db.Products.AsNoTracking().Where(p => p.County == county).OrderBy(p => p.Code).ToListAsync(cancel);
        return true;
    }
}
