using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Pages;
using Shanhuo.Kernel.Sheets;
using Shanhuo.Market.Products;

namespace Shanhuo.Market.Sense;

internal sealed class PricesPage(ShanhuoDb db, MarketSense sense, Say say) : PageModel
{
    public static IReadOnlyList<int> Spans { get; } = [13, 26, 52];

    public IReadOnlyList<Product> Products { get; private set; } = [];
    public Product? Product { get; private set; }
    public int Weeks { get; private set; }
    public IReadOnlyList<PriceOfWeek> Rows { get; private set; } = [];
    public Crowd Crowd { get; private set; } = null!;
    public WeightUnit Unit => HttpContext.Weight();
    private Dictionary<string, string> grades = [];

    public async Task OnGetAsync(long? product, int weeks, CancellationToken cancel)
    {
        var county = db.Scope.County;
        Weeks = Spans.Contains(weeks) ? weeks : Spans[0];
        Products = await db.Products.AsNoTracking().Where(p => p.County == county).OrderBy(p => p.Code).ToListAsync(cancel);
        Product = Products.FirstOrDefault(p => p.Id == product) ?? Products.FirstOrDefault();
        if (Product is not { } shown) return;
        grades = (await db.Grades.AsNoTracking().Where(g => g.ProductId == shown.Id).ToListAsync(cancel)).ToDictionary(g => g.Code, g => say.Pick(g.Name, g.NameEn));
        Rows = await sense.Prices(county, shown.Id, Weeks, cancel);
        Crowd = (await sense.Crowds(county, [shown.Id], cancel))[shown.Id];
    }

    /// <summary>The table as a sheet; numbers in kilograms or pieces.</summary>
    public async Task<IActionResult> OnGetSheetAsync(long? product, int weeks, SheetFormat format, CancellationToken cancel)
    {
        await OnGetAsync(product, weeks, cancel);
        if (Product is not { } shown) return NotFound();
        var output = new MemoryStream();
        var per = shown.ByPiece ? say.Piece(shown) : say["product.kilogram"];
        using (var sheet = SheetWriter.Begin(format, output, say["sense.title"],
            new SheetColumn(say["order.product"]), new SheetColumn(say["sense.week"], SheetColumnKind.Day), new SheetColumn(say["shop.grade"]), new SheetColumn(say["order.channel"]),
            new SheetColumn(say["sense.yuan-per", say["sense.median"], per], SheetColumnKind.Money), new SheetColumn(say["sense.yuan-per", say["sense.low"], per], SheetColumnKind.Money), new SheetColumn(say["sense.yuan-per", say["sense.high"], per], SheetColumnKind.Money),
            new SheetColumn(say["sense.quantity-in", per], shown.ByPiece ? SheetColumnKind.Whole : SheetColumnKind.Decimal), new SheetColumn(say["sense.households"], SheetColumnKind.Whole)))
            foreach (var cell in Rows.SelectMany(w => w.Cells))
                sheet.Row(say.Pick(shown.Name, shown.NameEn), cell.Week, Grade(cell.Grade), Channel(cell.Channel), cell.Spread.Median, cell.Spread.Low, cell.Spread.High, shown.ByPiece ? cell.Spread.Quantity : new Grams(cell.Spread.Quantity), cell.Households);
        return File(output.ToArray(), SheetWriter.ContentType(format), $"shanhuo-prices-{shown.Code}{SheetWriter.Extension(format)}");
    }

    /// <summary>A grade in words; empty: all, null: small groups together.</summary>
    public string Grade(string? code) => code is null ? say["sense.together"] : code.Length == 0 ? say["sense.all"] : grades.GetValueOrDefault(code, code);

    /// <summary>A channel in words, likewise.</summary>
    public string Channel(string? code) => code is null ? say["sense.together"] : code.Length == 0 ? say["sense.all"] : say["channel." + code];
}
