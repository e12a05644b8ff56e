using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market.Buying;
using Shanhuo.Market.Orders;

namespace Shanhuo.Market.Reviews;

/// <summary>A review as it is typed.</summary>
internal sealed record ReviewForm
{
    public Guid RequestId { get; set; } = Guid.CreateVersion7();
    public long Line { get; set; }
    public int? Stars { get; set; }
    public string? Words { get; set; }
}

/// <summary>How the goods of an order were, line by line: for whoever holds its link. It acts in the county of the order, on this one order.</summary>
internal sealed class BuyerPage(IServiceScopeFactory scopes, Secrets secrets) : PageModel
{
    [BindProperty] public ReviewForm Form { get; set; } = new();
    public Order Order { get; private set; } = null!;
    public IReadOnlyList<LineRow> Lines { get; private set; } = [];
    public IReadOnlyDictionary<long, Review> Written { get; private set; } = new Dictionary<long, Review>();
    public string Key { get; private set; } = "";
    public bool MayWrite => Review.MayBeWritten(Order);

    public async Task<IActionResult> OnGetAsync(string key, CancellationToken cancel) => await Load(key, cancel) is null ? NotFound() : Page();

    public async Task<IActionResult> OnPostAsync(string key, CancellationToken cancel)
    {
        if (await Load(key, cancel) is not var (county, id)) return NotFound();
        var outcome = await scopes.In(county, s => s.GetRequiredService<WriteReviewHandler>().Handle(new WriteReview(Form.RequestId, id, Form.Line, Form.Stars, Form.Words), cancel));
        return outcome.Ok(out _, out var no) ? Redirect($"/shop/order/{key}/review") : this.Refuse(no);
    }

    private async Task<(AreaCode County, long Id)?> Load(string key, CancellationToken cancel)
    {
        if (OrderKey.Read(secrets, key) is not var (county, id)) return null;
        Key = key;
        var found = await scopes.In(county, async s =>
        {
            var db = s.GetRequiredService<ShanhuoDb>();
            if (await db.Orders.AsNoTracking().SingleOrDefaultAsync(o => o.County == county && o.Id == id, cancel) is not { } order) return false;
            (Order, Lines) = (order, [.. (await db.LinesOf(order, cancel)).Where(l => l.Line.OfferId is not null)]);
            Written = await db.Reviews.AsNoTracking().Where(r => r.County == county && r.OrderId == id).ToDictionaryAsync(r => r.LineId, cancel);
            return true;
        });
        return found ? (county, id) : null;
    }
}
