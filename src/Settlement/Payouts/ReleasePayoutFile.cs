using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Sheets;
using Shanhuo.Registry.Contracts;
using Shanhuo.Settlement.Ledger;

namespace Shanhuo.Settlement.Payouts;

/// <summary>The second person lets a file go to the bank.</summary>
internal sealed record ReleasePayoutFile(long FileId);

/// <summary>Gives the amounts of a file back before it went to the bank.</summary>
internal sealed record WithdrawPayoutFile(long FileId);

/// <summary>Downloads a released file; its households' account numbers are on record as looked at.</summary>
internal sealed record ExportPayoutFile(long FileId, SheetFormat Format);

/// <summary>A list to download.</summary>
internal sealed record ExportedFile(string Name, string Type, byte[] Content);

internal sealed class PayoutFiles(ShanhuoDb db, Ids ids, TimeProvider clock, Secrets secrets)
{
    public async Task<Outcome<PayoutFile>> Handle(ReleasePayoutFile request, CancellationToken cancel)
    {
        if (await Seen(request.FileId, cancel) is not { } seen) return new Refusal("payouts.no-file");
        await using var change = await db.BeginAlone(seen.County, Turn.Payouts, cancel);
        var file = await db.PayoutFiles.SingleAsync(f => f.County == seen.County && f.Id == seen.Id, cancel);
        if (file.State == FileState.Released) return file;
        if (file.State == FileState.Withdrawn) return new Refusal("payouts.file-withdrawn", Place.None, file.Code);
        if (file.MadeByAccountId == db.Scope.AccountId) return new Refusal("payouts.same-person");
        (file.State, file.DecidedByAccountId, file.DecidedMs) = (FileState.Released, db.Scope.AccountId, clock.NowMs);
        await db.SaveChangesAsync(cancel);
        await change.CommitAsync(cancel);
        return file;
    }

    public async Task<Outcome<PayoutFile>> Handle(WithdrawPayoutFile request, CancellationToken cancel)
    {
        if (await Seen(request.FileId, cancel) is not { } seen) return new Refusal("payouts.no-file");
        await using var change = await db.BeginAlone(seen.County, Turn.Payouts, cancel);
        var file = await db.PayoutFiles.SingleAsync(f => f.County == seen.County && f.Id == seen.Id, cancel);
        if (file.State == FileState.Withdrawn) return file;
        if (file.State == FileState.Released) return new Refusal("payouts.file-released", Place.None, file.Code);
        (file.State, file.DecidedByAccountId, file.DecidedMs) = (FileState.Withdrawn, db.Scope.AccountId, clock.NowMs);
        var lines = await db.PayoutLines.AsNoTracking().Where(l => l.County == file.County && l.FileId == file.Id).Select(l => new { l.HouseholdCode, l.Amount }).ToListAsync(cancel);
        await Journal.Post(db, ids, clock, file.County, Cause.PayoutReturned, file.Code, clock.Today, [new Leg(MakePayoutFileHandler.Clearing, file.Code, -file.Total), .. lines.Select(l => new Leg("household", l.HouseholdCode, l.Amount))], cancel);
        await db.SaveChangesAsync(cancel);
        await change.CommitAsync(cancel);
        return file;
    }

    public async Task<Outcome<ExportedFile>> Handle(ExportPayoutFile request, CancellationToken cancel)
    {
        if (await Seen(request.FileId, cancel) is not { } file) return new Refusal("payouts.no-file");
        if (file.State != FileState.Released) return new Refusal("payouts.not-released", Place.None, file.Code);
        var lines = await db.PayoutLines.AsNoTracking().Where(l => l.County == file.County && l.FileId == file.Id).OrderBy(l => l.Number).ToListAsync(cancel);
        var rows = lines.Select(l => new BankRow(l.Number, l.HouseholdCode, l.Holder, l.Bank, secrets.Reveal(l.AccountHidden, PayoutLine.Binding(l.FileId, l.Number)), l.Amount)).ToList();
        var head = new BankListHead(file.Code, file.Day, file.Language, file.HeadNumber, file.HeadHash);
        // Rows that were changed behind the program's back must never reach the bank. The plain text proves them; how a workbook is packed may change with the runtime.
        if (BankList.Hash(BankList.Write(SheetFormat.Csv, head, rows)) != file.CsvHash) return new Refusal("payouts.file-changed", Place.None, file.Code);
        var content = BankList.Write(request.Format, head, rows);
        foreach (var household in lines.Select(l => l.HouseholdId).Distinct()) db.RecordLook(ids, clock, household, "bank-account", file.Code);
        await db.SaveChangesAsync(cancel);
        return new ExportedFile(file.Code + SheetWriter.Extension(request.Format), SheetWriter.ContentType(request.Format), content);
    }

    private Task<PayoutFile?> Seen(long id, CancellationToken cancel) => db.PayoutFiles.AsNoTracking().SingleOrDefaultAsync(f => f.Id == id, cancel);
}
