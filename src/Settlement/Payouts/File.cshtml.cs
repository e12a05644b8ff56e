using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Sheets;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Settlement.Payouts;

internal sealed class FilePage(ShanhuoDb db, PayoutFiles files, BankResults results) : PageModel
{
    private const int PageRows = 100;
    private IReadOnlyDictionary<LineState, (long Sum, int Count)> sums = new Dictionary<LineState, (long, int)>();
    private IReadOnlyDictionary<long, string> names = new Dictionary<long, string>();

    public PayoutFile Payout { get; private set; } = null!;
    public IReadOnlyList<PayoutLine> Lines { get; private set; } = [];
    public int? After { get; private set; }
    public bool MayAct => db.Scope.Role is Role.CountyStaff or Role.CountyOfficial;
    public bool IsMaker => Payout.MadeByAccountId == db.Scope.AccountId;

    public Fen Sum(LineState state) => new(sums.GetValueOrDefault(state).Sum);

    public int Count(LineState state) => sums.GetValueOrDefault(state).Count;

    public string Who(long account) => names.GetValueOrDefault(account, account.ToString(System.Globalization.CultureInfo.InvariantCulture));

    public async Task<IActionResult> OnGetAsync(long id, int? after, CancellationToken cancel) => await Load(id, after ?? 0, cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostReleaseAsync(long id, CancellationToken cancel) => await Act(id, async () => (await files.Handle(new ReleasePayoutFile(id), cancel)).Refused, cancel);

    public async Task<IActionResult> OnPostWithdrawAsync(long id, CancellationToken cancel) => await Act(id, async () => (await files.Handle(new WithdrawPayoutFile(id), cancel)).Refused, cancel);

    public async Task<IActionResult> OnPostRestPaidAsync(long id, CancellationToken cancel) => await Act(id, async () => (await results.Handle(new BookRestPaid(id), cancel)).Refused, cancel);

    public async Task<IActionResult> OnPostReturnAsync(long id, int number, string? why, CancellationToken cancel) =>
        await Act(id, async () => (await results.Handle(new BookResults(id, [new LineResult(number, false, why ?? "")]), cancel)).Refused, cancel);

    public async Task<IActionResult> OnPostUploadAsync(long id, IFormFile? result, CancellationToken cancel) => await Act(id, async () =>
    {
        if (result is null) return new Refusal("payouts.no-upload");
        await using var content = result.OpenReadStream();
        return (await BankResultFile.Read(content, result.FileName, cancel)).Ok(out var read, out var no) ? (await results.Handle(new BookResults(id, read), cancel)).Refused : no;
    }, cancel);

    public async Task<IActionResult> OnPostExportAsync(long id, SheetFormat format, CancellationToken cancel)
    {
        if (!MayAct) return NotFound();
        if ((await files.Handle(new ExportPayoutFile(id, format), cancel)).Ok(out var list, out var no)) return File(list.Content, list.Type, list.Name);
        return await Load(id, 0, cancel) ? this.Refuse(no, "") : NotFound();
    }

    private async Task<IActionResult> Act(long id, Func<Task<Refusal?>> act, CancellationToken cancel)
    {
        if (!MayAct) return NotFound();
        var no = await act();
        if (no is null) return LocalRedirect($"/settlement/payouts/file/{id}");
        return await Load(id, 0, cancel) ? this.Refuse(no, "") : NotFound();
    }

    private async Task<bool> Load(long id, int after, CancellationToken cancel)
    {
        if (await db.PayoutFiles.AsNoTracking().SingleOrDefaultAsync(f => f.Id == id, cancel) is not { } file) return false;
        Payout = file;
        var lines = db.PayoutLines.AsNoTracking().Where(l => l.County == file.County && l.FileId == id);
        sums = (await lines.GroupBy(l => l.State).Select(g => new { g.Key, Sum = g.Sum(l => (long)l.Amount), Count = g.Count() }).ToListAsync(cancel)).ToDictionary(g => g.Key, g => (g.Sum, g.Count));
        Lines = await lines.Where(l => l.Number > after).OrderBy(l => l.Number).Take(PageRows).ToListAsync(cancel);
        if (Lines.Count == PageRows && Lines[^1].Number < file.Lines) After = Lines[^1].Number;
        names = await db.AccountNames([file.MadeByAccountId, file.DecidedByAccountId ?? 0], cancel);
        return true;
    }
}
