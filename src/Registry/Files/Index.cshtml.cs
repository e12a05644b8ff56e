using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Sheets;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Registry.Files;

/// <summary>Takes sheets in and gives them out. A sheet is looked at first; the same person then says what of it goes in.</summary>
internal sealed class IndexPage(ShanhuoDb db, Ids ids, TimeProvider clock, Secrets secrets, Texts texts, Say say, RegisterImport import, RegisterSheets sheets) : PageModel
{
    private const int Listed = 100;

    [BindProperty] public Guid RequestId { get; set; }
    [BindProperty] public IFormFile? Sheet { get; set; }

    public RegisterFile? Sent { get; private set; }
    public ImportCounts? Counts { get; private set; }
    public IReadOnlyList<Refusal> Refused { get; private set; } = [];
    public int RefusedInAll { get; private set; }
    public IReadOnlyList<AreaFact> Areas { get; private set; } = [];
    public bool CanMark => Sent is { ContentHidden: not null } && Sent.FileName.EndsWith(".xlsx", StringComparison.OrdinalIgnoreCase) && RefusedInAll > 0;

    public async Task OnGetAsync(CancellationToken cancel) => await Load(cancel);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (await db.RegisterFiles.AsNoTracking().SingleOrDefaultAsync(f => f.RequestId == RequestId && f.ByAccountId == db.Scope.AccountId, cancel) is { } before) return LocalRedirect($"/registry/files/look/{before.Id}");
        if (Sheet is null) { await Load(cancel); return this.Refuse(new Refusal("register.choose-file", Place.Input("Sheet")), ""); }
        using var memory = new MemoryStream();
        await Sheet.CopyToAsync(memory, cancel);
        var content = memory.ToArray();
        if ((await SheetReader.Open(new MemoryStream(content), Sheet.FileName, cancel, SheetLimits.County)).Refused is { } no) { await Load(cancel); return this.Refuse(no with { Where = Place.Input("Sheet") }, ""); }
        var id = ids.Next();
        db.RegisterFiles.Add(new RegisterFile { Id = id, RequestId = RequestId, FileName = Path.GetFileName(Sheet.FileName) is { Length: > 120 } name ? name[^120..] : Path.GetFileName(Sheet.FileName), ContentHidden = secrets.HideFile(content, Binding(id)), ByAccountId = db.Scope.AccountId, AtMs = clock.NowMs });
        await db.SaveChangesAsync(cancel);
        return LocalRedirect($"/registry/files/look/{id}");
    }

    /// <summary>Shows what a sheet would do, or what it did.</summary>
    public async Task<IActionResult> OnGetLookAsync(long id, CancellationToken cancel)
    {
        if (!await Load(cancel, id)) return NotFound();
        if (Sent!.ContentHidden is null)
        {
            Counts = JsonSerializer.Deserialize<ImportCounts>(Sent.Done!);
            return Page();
        }
        await Run(false, false, cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostTakeAsync(long id, bool good, CancellationToken cancel)
    {
        if (!await Load(cancel, id)) return NotFound();
        if (Sent!.ContentHidden is null) return LocalRedirect($"/registry/files/look/{id}");
        if (!await Run(true, good, cancel)) return this.Refuse(new Refusal("register.not-all", Place.None, RefusedInAll), "");
        await db.RegisterFiles.Where(f => f.Id == id).ExecuteUpdateAsync(f => f.SetProperty(r => r.ContentHidden, (byte[]?)null).SetProperty(r => r.TakenMs, clock.NowMs).SetProperty(r => r.Done, JsonSerializer.Serialize(Counts)), cancel);
        db.Record(ids, clock, "change", "register-sheet", 0, reason: Sent.FileName);
        await db.SaveChangesAsync(cancel);
        return LocalRedirect($"/registry/files/look/{id}");
    }

    public async Task<IActionResult> OnGetMarkedAsync(long id, CancellationToken cancel)
    {
        if (!await Load(cancel, id) || Sent!.ContentHidden is null) return NotFound();
        await Run(false, false, cancel, all: true);
        var output = new MemoryStream();
        if (MarkedWorkbook.Write(secrets.RevealFile(Sent.ContentHidden, Binding(id)), Sent.FileName, Refused, texts, say.Language, output).Refused is not null) return NotFound();
        output.Position = 0;
        return File(output, SheetWriter.ContentType(SheetFormat.Xlsx), Path.GetFileNameWithoutExtension(Sent.FileName) + "-" + say["register.marked-name"] + ".xlsx");
    }

    public IActionResult OnGetTemplate()
    {
        var output = new MemoryStream();
        sheets.Template(output, say.Language);
        output.Position = 0;
        return File(output, SheetWriter.ContentType(SheetFormat.Xlsx), say["register.template"] + ".xlsx");
    }

    public async Task<IActionResult> OnGetExportAsync(string? area, CancellationToken cancel)
    {
        if (!AreaCode.TryParse(area, out var asked) || !db.Scope.Area.Contains(asked)) return NotFound();
        var output = new MemoryStream();
        await sheets.Export(output, asked, say.Language, cancel);
        output.Position = 0;
        return File(output, SheetWriter.ContentType(SheetFormat.Xlsx), $"{say["register.title"]}-{asked}.xlsx");
    }

    private async Task<bool> Run(bool write, bool good, CancellationToken cancel, bool all = false)
    {
        var reader = (await SheetReader.Open(new MemoryStream(secrets.RevealFile(Sent!.ContentHidden!, Binding(Sent.Id))), Sent.FileName, cancel, SheetLimits.County)).Value;
        var result = await import.Run(reader, db.Scope.Area, Sent.Id, write, good, null, cancel);
        Counts = result.Counts;
        RefusedInAll = result.Refused.Count;
        Refused = all ? result.Refused : [.. result.Refused.Take(Listed)];
        return result.Written;
    }

    private async Task<bool> Load(CancellationToken cancel, long? id = null)
    {
        if (id is null) RequestId = Guid.CreateVersion7();
        Areas = await db.AreaFacts.Where(a => (a.Level == AreaLevel.County || a.Level == AreaLevel.Township) && a.Code >= db.Scope.Area && a.Code <= db.Scope.LastArea).OrderBy(a => a.Code).ToListAsync(cancel);
        if (id is { } file) Sent = await db.RegisterFiles.AsNoTracking().SingleOrDefaultAsync(f => f.Id == file && f.ByAccountId == db.Scope.AccountId, cancel);
        return id is null || Sent is not null;
    }

    private static string Binding(long id) => Secrets.Binding(RegisterFile.Table, "content", id);
}
