using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Sheets;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Registry.CountyForms;

/// <summary>A filled form beside the last one that was signed before it.</summary>
internal sealed class FilledPage(ShanhuoDb db, Ids ids, TimeProvider clock, FillForm fill) : PageModel
{
    public sealed record Row(FilledCell Now, double? Before)
    {
        public double? Change => Now.Value - Before;
    }

    [BindProperty(SupportsGet = true)] public long Id { get; set; }

    public FilledForm Filled { get; private set; } = null!;
    public string FileName { get; private set; } = "";
    public FilledForm? Last { get; private set; }
    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public bool MaySign => db.Scope.Role == Role.CountyOfficial && Filled.SignedByAccountId is null && Filled.ByAccountId != db.Scope.AccountId;
    public string Hash => Convert.ToHexString(Filled.Hash)[..16];

    public static string Number(double? value) => value is { } number ? SheetValue.Figure(Math.Round(number, 6)).Text ?? "" : "—";

    public static string Time(long ms) => Clock.ToChina(ms).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await Load(cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnGetFileAsync(CancellationToken cancel)
    {
        if (!await Load(cancel)) return NotFound();
        db.Record(ids, clock, "export", "county-form", 0, reason: FileName);
        await db.SaveChangesAsync(cancel);
        return File(Filled.Workbook, SheetWriter.ContentType(SheetFormat.Xlsx), $"{Path.GetFileNameWithoutExtension(FileName)}-{Filled.Year}.xlsx");
    }

    public async Task<IActionResult> OnPostSignAsync(CancellationToken cancel)
    {
        if (db.Scope.Role != Role.CountyOfficial) return Forbid();
        if (!await Load(cancel)) return NotFound();
        return (await fill.Sign(Id, cancel)).Ok(out _, out var no) ? RedirectToPage(new { Id }) : this.Refuse(no, "");
    }

    private async Task<bool> Load(CancellationToken cancel)
    {
        if (await db.FilledForms.AsNoTracking().SingleOrDefaultAsync(f => f.Id == Id, cancel) is not { } filled) return false;
        Filled = filled;
        FileName = await db.CountyForms.Where(f => f.Id == filled.FormId).Select(f => f.FileName).SingleAsync(cancel);
        Last = await db.FilledForms.AsNoTracking().Where(f => f.FormId == filled.FormId && f.SignedByAccountId != null && f.AtMs < filled.AtMs).OrderByDescending(f => f.AtMs).FirstOrDefaultAsync(cancel);
        var before = Last is null ? [] : FillForm.Cells(Last).ToDictionary(c => (c.Sheet, c.Cell), c => c.Value);
        Rows = [.. FillForm.Cells(filled).Select(c => new Row(c, before.GetValueOrDefault((c.Sheet, c.Cell))))];
        return true;
    }
}
