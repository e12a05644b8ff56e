using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Sheets;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Registry.Measures;

/// <summary>A cell as it is read, and as it goes into a file.</summary>
/// <param name="Shown">For people.</param>
/// <param name="Value">For Excel.</param>
/// <param name="Link">Where it leads, or null.</param>
/// <param name="Class">Of the map's classes, to show a sample of it; null: none.</param>
internal sealed record FigureCell(string Shown, SheetValue Value, string? Link = null, int? Class = null)
{
    public static implicit operator FigureCell(string text) => new(text, text);
}

/// <summary>A table of figures on a page: the same rows on the screen, in Excel and in CSV.</summary>
/// <param name="Id">In addresses.</param>
/// <param name="Name">Its heading.</param>
/// <param name="Columns">The first names the row.</param>
/// <param name="Rows">One cell a column.</param>
/// <param name="Source">Where the figures come from; the last row of a file.</param>
internal sealed record FigureTable(string Id, string Name, IReadOnlyList<SheetColumn> Columns, IReadOnlyList<IReadOnlyList<FigureCell>> Rows, string Source)
{
    /// <summary>Address of the page with the parameters of the request.</summary>
    public string Address { get; init; } = "";

    public byte[] Write(SheetFormat format)
    {
        using var memory = new MemoryStream();
        using (var sheet = SheetWriter.Begin(format, memory, Name, Columns))
        {
            foreach (var row in Rows) sheet.Row([.. row.Select(c => c.Value)]);
            sheet.Row(Source);
        }
        return memory.ToArray();
    }
}

/// <summary>A page of measures: its tables leave as files, and each that does is on record.</summary>
internal abstract class FigurePage(ShanhuoDb db, Ids ids, TimeProvider clock, Say say) : PageModel
{
    protected ShanhuoDb Db => db;
    protected TimeProvider Clock => clock;
    protected Say Say => say;

    [BindProperty(SupportsGet = true)] public string? Area { get; set; }
    [BindProperty(SupportsGet = true)] public int? Year { get; set; }
    [BindProperty(SupportsGet = true)] public string? Line { get; set; }

    /// <summary>All of the page, once it is loaded.</summary>
    public IReadOnlyList<FigureTable> Tables { get; protected set; } = [];

    /// <summary>Why nothing is shown; null: something is.</summary>
    public Refusal? No { get; private set; }

    /// <summary>The last whole year where none was asked.</summary>
    public int AskedYear => Year is >= 2000 and var year && year <= clock.Today.Year ? year : clock.Today.Year - 1;

    public string AskedLine => Yearly.PovertyLines.Kinds.Contains(Line) ? Line! : Yearly.PovertyLines.Kinds[0];

    public IEnumerable<int> Years => Enumerable.Range(0, 12).Select(y => clock.Today.Year - y);

    public FigureTable Table(string id) => Tables.First(t => t.Id == id);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!await Loaded(cancel)) return NotFound();
        return Page();
    }

    public Task<IActionResult> OnGetCsvAsync(string table, CancellationToken cancel) => Export(table, SheetFormat.Csv, cancel);

    public Task<IActionResult> OnGetXlsxAsync(string table, CancellationToken cancel) => Export(table, SheetFormat.Xlsx, cancel);

    /// <summary>Makes the tables.</summary>
    /// <returns>False: there is no such place. A refusal: it is there and not shown.</returns>
    protected abstract Task<Outcome<bool>> Load(CancellationToken cancel);

    /// <summary>An address of measures with area, year and line.</summary>
    public string To(string page, string area, int? year = null) => $"/registry/measures{page}?area={area}&year={year ?? AskedYear}&line={AskedLine}";

    private async Task<bool> Loaded(CancellationToken cancel)
    {
        if (!(await Load(cancel)).Ok(out var isThere, out var no)) (No, isThere) = (no, true);
        var query = Request.Query.Where(q => q.Key is not ("handler" or "table")).Select(q => KeyValuePair.Create(q.Key, (string?)q.Value.ToString()));
        var address = Request.Path + Microsoft.AspNetCore.Http.QueryString.Create(query);
        Tables = [.. Tables.Select(t => t with { Address = address + (address.Contains('?', StringComparison.Ordinal) ? "&" : "?") })];
        return isThere;
    }

    private async Task<IActionResult> Export(string id, SheetFormat format, CancellationToken cancel)
    {
        if (!await Loaded(cancel) || Tables.FirstOrDefault(t => t.Id == id) is not { } table) return NotFound();
        db.Record(ids, clock, "export", $"measures-{id}", 0, reason: $"{Area} {AskedYear}");
        await db.SaveChangesAsync(cancel);
        return File(table.Write(format), SheetWriter.ContentType(format), $"{id}-{Area ?? db.Scope.Area.ToString()}-{AskedYear}{SheetWriter.Extension(format)}");
    }
}
