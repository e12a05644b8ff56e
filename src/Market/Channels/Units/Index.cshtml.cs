using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Pages;
using Shanhuo.Kernel.Sheets;

namespace Shanhuo.Market.Channels.Units;

internal sealed class IndexPage(ShanhuoDb db, UnitProgress progress, SetTargetsHandler set, TimeProvider clock, Say say) : PageModel
{
    [BindProperty(SupportsGet = true)] public int Year { get; set; }
    [BindProperty] public string? Unit { get; set; }
    [BindProperty] public string? Amount { get; set; }
    [BindProperty] public IFormFile? Upload { get; set; }
    public IReadOnlyList<UnitYear> Rows { get; private set; } = [];
    public IReadOnlyList<int> Years => [.. Enumerable.Range(0, 5).Select(n => clock.Today.Year + 1 - n)];
    public bool MayWrite => db.Scope.Role == Role.CountyStaff;

    public async Task OnGetAsync(CancellationToken cancel)
    {
        if (!Years.Contains(Year)) Year = clock.Today.Year;
        Rows = await progress.Of(db.Scope.County, Year, cancel);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!MayWrite) return Forbid();
        var no = Fen.TryParseYuan(Amount, out var amount) ? await set.Handle(Year, [(Unit ?? "", amount)], cancel) : new Refusal("offers.unread", Place.Input("Amount"), Amount ?? "");
        return await Told(no, cancel);
    }

    public async Task<IActionResult> OnPostFileAsync(CancellationToken cancel)
    {
        if (!MayWrite) return Forbid();
        if (Upload is not { Length: > 0 }) return await Told(new Refusal("import.no-file", Place.Input("Upload")), cancel);
        await using var stream = Upload.OpenReadStream();
        var no = !(await SheetReader.Open(stream, Upload.FileName, cancel)).Ok(out var file, out var unread) ? unread : SetTargetsHandler.Read(file).Ok(out var targets, out var wrong) ? await set.Handle(Year, targets, cancel) : wrong;
        return await Told(no, cancel);
    }

    /// <summary>The list with its months as a sheet.</summary>
    public async Task<IActionResult> OnGetSheetAsync(SheetFormat format, CancellationToken cancel)
    {
        await OnGetAsync(cancel);
        var output = new MemoryStream();
        SheetColumn[] columns = [new(say["units.unit"]), new(say["units.target"], SheetColumnKind.Money), new(say["units.bought"], SheetColumnKind.Money), new(say["units.percent"]), .. Enumerable.Range(1, 12).Select(m => new SheetColumn(Dates.MonthOnly(new DateOnly(Year, m, 1), say.Language), SheetColumnKind.Money))];
        using (var sheet = SheetWriter.Begin(format, output, say["units.title"], columns))
            foreach (var row in Rows)
            {
                SheetValue[] cells = [row.Unit, row.Target is { } target ? target : (SheetValue)"", row.Bought, Percent(row), .. row.Months.Select(m => (SheetValue)m)];
                sheet.Row(cells);
            }
        return File(output.ToArray(), SheetWriter.ContentType(format), $"shanhuo-units-{Year}{SheetWriter.Extension(format)}");
    }

    /// <summary>Such as 48.3%.</summary>
    public static string Percent(UnitYear row) => row.PerMille is { } p ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{p / 10}.{p % 10}%") : "";

    private async Task<IActionResult> Told(Refusal? no, CancellationToken cancel)
    {
        if (no is null) return RedirectToPage(new { Year });
        db.ChangeTracker.Clear();
        await OnGetAsync(cancel);
        return this.Refuse(no, "");
    }
}
