using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Settlement.Overview;

/// <summary>A kind of goods on the screen; the bar in hundredths of the longest.</summary>
internal sealed record ScreenGoods(string Label, Fen Paid, long Width);

/// <summary>The county's large screen: three views that follow each other by the browser's own refresh, without script.</summary>
internal sealed class ScreenPage(OverviewReader reader, ShanhuoDb db, Say say, TimeProvider clock) : PageModel
{
    public const int Views = 3, SecondsEach = 20, ProvinceDays = 30, Rows = 6;

    public int View { get; private set; }

    /// <summary>The view does not go on by itself.</summary>
    public bool Stays { get; private set; }
    public string County { get; private set; } = "";
    public DateOnly Today => clock.Today;
    public (Fen Paid, int Orders) Placed { get; private set; }
    public Slice<int> Season { get; private set; }
    public int Households { get; private set; }
    public IReadOnlyList<ScreenGoods> Goods { get; private set; } = [];
    public IReadOnlyList<ProvinceOrders> Provinces { get; private set; } = [];
    public IReadOnlyList<LastOrder> Last { get; private set; } = [];

    public async Task OnGetAsync(int view, bool stay, CancellationToken cancel)
    {
        var county = db.Scope.County;
        (View, Stays) = (Math.Clamp(view, 1, Views), stay);
        if (!stay) Response.Headers["Refresh"] = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{SecondsEach}; url=/screen?view={View % Views + 1}");
        County = await db.AreaFacts.Where(a => a.Code == county).Select(a => say.Pick(a.Name, a.NameEn)).SingleOrDefaultAsync(cancel) ?? "";
        var newYear = new DateOnly(Today.Year, 1, 1);
        var sums = reader.Sums(new OverviewFilter { From = newYear, To = new DateOnly(Today.Year, Today.Month, 1) }, null);
        if (View == 1)
        {
            Placed = await db.PlacedOn(county, Today, cancel);
            Season = (await reader.By(sums, s => 0, cancel)).SingleOrDefault();
            Households = await db.HouseholdsReached(county, newYear, cancel);
        }
        else if (View == 2)
        {
            var top = (await reader.By(sums, s => s.ProductId, cancel)).Where(p => p.Paid > Fen.Zero).OrderByDescending(p => p.Paid.Value).Take(Rows).ToList();
            var ids = top.Select(p => p.Key).ToList();
            var names = await db.ProductFacts.Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => say.Pick(p.Name, p.NameEn), cancel);
            Goods = [.. top.Select(p => new ScreenGoods(names[p.Key], p.Paid, p.Paid.Value * 100 / top[0].Paid.Value))];
        }
        else
        {
            Provinces = [.. (await db.OrdersByProvince(county, Today.AddDays(1 - ProvinceDays), cancel)).Take(Rows)];
            Last = await db.LastOrders(county, Rows, cancel);
        }
    }
}
