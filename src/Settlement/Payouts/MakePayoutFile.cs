using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Sheets;
using Shanhuo.Settlement.Ledger;

namespace Shanhuo.Settlement.Payouts;

/// <summary>Makes a pay-out file of all payable balances.</summary>
/// <param name="Area">Only households of this area (a village or township), or null.</param>
/// <param name="Minimum">Only balances of at least this.</param>
internal sealed record MakePayoutFile(Guid RequestId, AreaCode County, AreaCode? Area, Fen Minimum, Language Language);

/// <summary>Sets payable money aside for the bank: each household's balance goes to the clearing account of exactly one file.</summary>
internal sealed class MakePayoutFileHandler(ShanhuoDb db, Ids ids, TimeProvider clock, Secrets secrets)
{
    /// <summary>Role of the clearing account of a file.</summary>
    public const string Clearing = "payout";

    // A bank takes lists of this size; the rest goes into the next file.
    private const int MostLines = 50_000;

    public async Task<Outcome<PayoutFile>> Handle(MakePayoutFile request, CancellationToken cancel)
    {
        if (!db.Scope.Area.Contains(request.County) && db.Scope.County != request.County) return new Refusal("payouts.no-county");
        if (request.Area is { } within && !request.County.Contains(within)) return new Refusal("payouts.area", Place.Input(nameof(request.Area)));
        if (request.Minimum < Fen.Zero) return new Refusal("payouts.minimum", Place.Input(nameof(request.Minimum)));
        await using var change = await db.BeginAlone(request.County, Turn.Payouts, cancel);
        if (await db.PayoutFiles.SingleOrDefaultAsync(f => f.County == request.County && f.RequestId == request.RequestId, cancel) is { } made) return made;

        var now = clock.NowMs;
        var rows = await (
            from payable in db.PayablesOf(request.County, request.Area, request.Minimum)
            join payee in db.PayeesAt(request.County, now) on payable.HouseholdId equals payee.HouseholdId
            orderby payable.Code
            select new { payable.HouseholdId, payable.Code, payable.Balance, payee.Id, payee.Holder, payee.Bank, payee.AccountHidden, payee.AccountMask }).Take(MostLines).ToListAsync(cancel);
        if (rows.Count == 0) return new Refusal("payouts.nothing");
        var number = 1 + (await db.PayoutFiles.Where(f => f.County == request.County).MaxAsync(f => (int?)f.Number, cancel) ?? 0);
        var head = await db.Seals.Where(s => s.County == request.County).OrderByDescending(s => s.Number).Select(s => new { s.Number, s.Hash }).FirstOrDefaultAsync(cancel);
        var (id, total) = (ids.Next(), new Fen(rows.Sum(r => r.Balance.Value)));
        var listHead = new BankListHead(FormattableString.Invariant($"P-{request.County}-{number:0000}"), clock.Today, request.Language, head?.Number ?? 0, head is null ? "" : Convert.ToHexStringLower(head.Hash));
        var list = rows.Select((r, i) => new BankRow(i + 1, r.Code, r.Holder, r.Bank, secrets.Reveal(r.AccountHidden, Payee.Binding(r.Id)), r.Balance)).ToList();
        var file = new PayoutFile
        {
            County = request.County, Id = id, Number = number, RequestId = request.RequestId, Day = listHead.Day, Language = request.Language, Minimum = request.Minimum, Area = request.Area, Lines = rows.Count, Total = total,
            HeadNumber = listHead.HeadNumber, HeadHash = listHead.HeadHash, CsvHash = BankList.Hash(BankList.Write(SheetFormat.Csv, listHead, list)), XlsxHash = BankList.Hash(BankList.Write(SheetFormat.Xlsx, listHead, list)), MadeByAccountId = db.Scope.AccountId, MadeMs = now,
        };
        db.PayoutFiles.Add(file);
        db.PayoutLines.AddRange(rows.Select((r, i) => new PayoutLine
        {
            County = file.County, FileId = id, Number = i + 1, HouseholdId = r.HouseholdId, HouseholdCode = r.Code, Amount = r.Balance, PayeeId = r.Id, Holder = r.Holder, Bank = r.Bank,
            AccountHidden = secrets.Hide(list[i].Account, PayoutLine.Binding(id, i + 1)), AccountMask = r.AccountMask,
        }));
        await Journal.Post(db, ids, clock, file.County, Cause.Payout, file.Code, file.Day, [.. rows.Select(r => new Leg("household", r.Code, -r.Balance)), new Leg(Clearing, file.Code, total)], cancel);
        // A set-off or correction may have come between reading and posting; then nothing is made, and the next click reads anew.
        if (await Journal.AnyBelowZero(db, file.County, "household", rows.Select(r => r.Code), cancel)) return new Refusal("payouts.changed");
        await db.SaveChangesAsync(cancel);
        await change.CommitAsync(cancel);
        return file;
    }
}
