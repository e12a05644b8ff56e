using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Sheets;
using Shanhuo.Market.Contracts;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Settlement.Overview;

/// <summary>A row of one of the page's tables, its key already in words and its narrower view as an address.</summary>
internal sealed record OverviewRow(string Label, Fen Paid, Fen Growers, long? GrowersPerMille, string? Link, string? Entries);

internal sealed class MoneyPage(OverviewReader reader, ShanhuoDb db, Say say, TimeProvider clock) : PageModel
{
    public const string Address = "/settlement/overview/money";
    public OverviewFilter Filter { get; private set; } = null!;
    public Slice<int> Whole { get; private set; }
    public ProductFact? Product { get; private set; }
    public string? SchemeName { get; private set; }
    public IReadOnlyList<(AreaCode Code, string Name)> Path { get; private set; } = [];
    public IReadOnlyList<(string Role, Fen Amount, string? Entries)> Roles { get; private set; } = [];
    public IReadOnlyList<(DateOnly Month, OverviewRow Row)> Months { get; private set; } = [];

    /// <summary>The same for a chart: months without a sale stand there too, at nothing, so that time runs evenly.</summary>
    public IReadOnlyList<(DateOnly Month, Fen Paid, Fen Growers)> EveryMonth => Months.Count == 0 ? [] :
    [
        .. Enumerable.Range(0, (Months[^1].Month.Year - Months[0].Month.Year) * 12 + Months[^1].Month.Month - Months[0].Month.Month + 1)
            .Select(n => Months[0].Month.AddMonths(n))
            .Select(month => Months.FirstOrDefault(m => m.Month == month) is { Row: { } row } ? (month, row.Paid, row.Growers) : (month, Fen.Zero, Fen.Zero)),
    ];

    public IReadOnlyList<OverviewRow> Products { get; private set; } = [];
    public IReadOnlyList<OverviewRow> Schemes { get; private set; } = [];
    public IReadOnlyList<OverviewRow> Areas { get; private set; } = [];

    /// <summary>Officials of the province see totals; the entries behind them are the county's.</summary>
    public bool MayOpenEntries => db.Scope.Role != Role.ProvinceOfficial;

    public async Task OnGetAsync(string? from, string? to, string? area, string? product, string? scheme, CancellationToken cancel)
    {
        Filter = OverviewFilter.Read(from, to, area, product, scheme, clock.Today);
        var sums = reader.Sums(Filter, await reader.OwnCooperative(cancel));
        await Names(cancel);
        Whole = (await reader.By(sums, s => 0, cancel)).SingleOrDefault();
        Roles = [.. (await reader.ByRole(sums, cancel)).Select(r => (r.Role, r.Amount, Entries(Filter, r.Role)))];
        Months = [.. (await reader.By(sums, s => s.Month, cancel)).OrderBy(m => m.Key).Select(m => (m.Key, Row(say.Month(m.Key), m, Filter with { From = m.Key, To = m.Key })))];
        var products = await reader.By(sums, s => s.ProductId, cancel);
        var productIds = products.Select(p => p.Key).ToList();
        var productNames = await db.ProductFacts.Where(p => productIds.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => say.Pick(p.Name, p.NameEn), cancel);
        Products = [.. products.OrderByDescending(p => p.Paid.Value).Select(p => Row(productNames.GetValueOrDefault(p.Key, say["overview.no-product"]), p, Filter with { Product = p.Key }))];
        var schemes = await reader.By(sums, s => s.SchemeVersionId, cancel);
        var versions = schemes.Select(s => s.Key).ToList();
        var schemeNames = await SchemeNames(versions, cancel);
        Schemes = [.. schemes.OrderByDescending(s => s.Paid.Value).Select(s => Row(schemeNames.GetValueOrDefault(s.Key, say["overview.no-scheme"]), s, Filter with { Scheme = s.Key }))];
        var areas = await reader.ByArea(sums, Filter, cancel);
        var codes = areas.Where(a => a.Key is not null).Select(a => a.Key!.Value).ToList();
        var areaNames = await db.AreaFacts.Where(a => codes.Contains(a.Code)).ToDictionaryAsync(a => a.Code, a => say.Pick(a.Name, a.NameEn), cancel);
        Areas = [.. areas.Select(a => Row(a.Key is { } code ? areaNames.GetValueOrDefault(code, code.ToString()) + (code == Filter.Area ? say["overview.no-place"] : "") : say["overview.small-areas"], a, a.Key is { } within && within != Filter.Area && MayNarrow(within) ? Filter with { Area = within } : null))];
    }

    /// <summary>One of the tables as a sheet.</summary>
    public async Task<IActionResult> OnGetSheetAsync(string? from, string? to, string? area, string? product, string? scheme, string? cut, string? format, CancellationToken cancel)
    {
        await OnGetAsync(from, to, area, product, scheme, cancel);
        var form = format == "xlsx" ? SheetFormat.Xlsx : SheetFormat.Csv;
        var output = new MemoryStream();
        if (cut == "role")
        {
            using var sheet = SheetWriter.Begin(form, output, say["overview.by-role"], new SheetColumn(say["overview.role"]), new SheetColumn(say["overview.amount-yuan"], SheetColumnKind.Money));
            foreach (var (role, amount, _) in Roles) sheet.Row(say["role." + role], amount);
        }
        else
        {
            var rows = cut switch { "month" => Months.Select(m => m.Row).ToList(), "product" => Products, "scheme" => Schemes, _ => Areas };
            using var sheet = SheetWriter.Begin(form, output, say["overview.title"], new SheetColumn(say["overview.what"]), new SheetColumn(say["overview.paid-yuan"], SheetColumnKind.Money), new SheetColumn(say["overview.growers-yuan"], SheetColumnKind.Money), new SheetColumn(say["overview.share-of"], SheetColumnKind.Text));
            foreach (var row in rows) sheet.Row(row.Label, row.Paid, row.Growers, Percent(row.GrowersPerMille));
        }
        return File(output.ToArray(), SheetWriter.ContentType(form), $"shanhuo-{cut switch { "role" or "month" or "product" or "scheme" => cut, _ => "area" }}-{Filter.From:yyyy-MM}-{Filter.To:yyyy-MM}{SheetWriter.Extension(form)}");
    }

    /// <summary>Tenths of a percent in words: 61.9%.</summary>
    public static string Percent(long? perMille) => perMille is { } p ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{p / 10m:0.0}%") : "";

    private OverviewRow Row<TKey>(string label, Slice<TKey> slice, OverviewFilter? narrower) =>
        new(label, slice.Paid, slice.Growers, slice.GrowersPerMille, narrower?.Link(Address), narrower is null ? null : Entries(narrower, "buyer"));

    private string? Entries(OverviewFilter filter, string role) => MayOpenEntries ? filter.Link("/settlement/audit/entries", ("role", role)) : null;

    // Whose area is a county is not led further up, and the province not down to villages.
    private bool MayNarrow(AreaCode area) => db.Scope.Role != Role.ProvinceOfficial || area.Level <= AreaLevel.County;

    private async Task Names(CancellationToken cancel)
    {
        if (Filter.Product is { } product) Product = await db.ProductFacts.SingleOrDefaultAsync(p => p.Id == product, cancel);
        if (Filter.Scheme is { } scheme) SchemeName = (await SchemeNames([scheme], cancel)).GetValueOrDefault(scheme, say["overview.no-scheme"]);
        var top = db.Scope.Area;
        var here = Filter.Area ?? top;
        var codes = Enum.GetValues<AreaLevel>().Where(l => l >= top.Level && l <= here.Level && l != AreaLevel.Country).Select(here.At).Append(top).Distinct().ToList();
        var names = await db.AreaFacts.Where(a => codes.Contains(a.Code)).ToDictionaryAsync(a => a.Code, a => say.Pick(a.Name, a.NameEn), cancel);
        Path = [.. codes.Where(top.Contains).OrderBy(c => c.Level).Select(c => (c, names.GetValueOrDefault(c, say["overview.all"])))];
    }

    private async Task<Dictionary<long, string>> SchemeNames(List<long> versions, CancellationToken cancel)
    {
        var found = await db.SchemeVersions.Where(v => versions.Contains(v.Id)).Join(db.Schemes, v => v.SchemeId, s => s.Id, (v, s) => new { v.Id, v.Number, s.Name, s.NameEn }).ToListAsync(cancel);
        return found.ToDictionary(v => v.Id, v => say["overview.scheme-version", say.Pick(v.Name, v.NameEn), v.Number]);
    }
}
