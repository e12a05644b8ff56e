using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Settlement.Ledger;

namespace Shanhuo.Settlement.Payouts;

/// <summary>What the bank says of a line.</summary>
/// <param name="Why">Its reason, where it came back.</param>
/// <param name="Row">Row of its file, for refusals; 0 when entered by hand.</param>
internal sealed record LineResult(int Number, bool Paid, string Why, int Row = 0);

/// <summary>Books what the bank has done with lines of a file.</summary>
/// <param name="Results">Each line once. A line already so is left as it is; a paid line may still come back, a returned one is never paid again by this file.</param>
internal sealed record BookResults(long FileId, IReadOnlyList<LineResult> Results);

/// <summary>Books all lines without a word as paid.</summary>
internal sealed record BookRestPaid(long FileId);

/// <summary>What changed.</summary>
internal sealed record ResultsBooked(int Paid, int Returned);

/// <summary>Takes in the bank's answer: paid lines leave clearing for the bank, failed ones are payable again, each once.</summary>
internal sealed class BankResults(ShanhuoDb db, Ids ids, TimeProvider clock)
{
    /// <summary>The account that mirrors the bank from which files are paid.</summary>
    public static readonly (string Role, string Owner) Bank = ("bank", "main");

    public async Task<Outcome<ResultsBooked>> Handle(BookRestPaid request, CancellationToken cancel)
    {
        var open = await db.PayoutLines.AsNoTracking().Where(l => l.FileId == request.FileId && l.State == LineState.Open).Select(l => l.Number).ToListAsync(cancel);
        return await Handle(new BookResults(request.FileId, [.. open.Select(n => new LineResult(n, true, ""))]), cancel);
    }

    public async Task<Outcome<ResultsBooked>> Handle(BookResults request, CancellationToken cancel)
    {
        if (await db.PayoutFiles.AsNoTracking().SingleOrDefaultAsync(f => f.Id == request.FileId, cancel) is not { } seen) return new Refusal("payouts.no-file");
        await using var change = await db.BeginAlone(seen.County, Turn.Payouts, cancel);
        var file = await db.PayoutFiles.AsNoTracking().SingleAsync(f => f.County == seen.County && f.Id == seen.Id, cancel);
        if (file.State != FileState.Released) return new Refusal("payouts.not-released", Place.None, file.Code);
        var lines = await db.PayoutLines.Where(l => l.County == file.County && l.FileId == file.Id).ToDictionaryAsync(l => l.Number, cancel);
        var legs = new List<Leg>();
        var (paid, returned, day) = (new List<PayoutLine>(), 0, clock.Today);
        foreach (var result in request.Results)
        {
            if (!lines.TryGetValue(result.Number, out var line)) return new Refusal("payouts.result-line", RowOf(result), result.Number, file.Lines);
            if (result.Paid)
            {
                if (line.State == LineState.Returned) return new Refusal("payouts.result-returned", RowOf(result), result.Number);
                if (line.State == LineState.Paid) continue;
                paid.Add(line);
            }
            else
            {
                if (line.State == LineState.Returned) continue;
                if (string.IsNullOrWhiteSpace(result.Why)) return new Refusal("payouts.result-why", result.Row == 0 ? Place.Input("Why") : RowOf(result), result.Number);
                // A line that the bank first called paid comes back from the bank, any other from clearing.
                var from = line.State == LineState.Paid ? new Leg(Bank.Role, Bank.Owner, -line.Amount) : new Leg(MakePayoutFileHandler.Clearing, file.Code, -line.Amount);
                await Journal.Post(db, ids, clock, file.County, Cause.PayoutReturned, string.Create(CultureInfo.InvariantCulture, $"{file.Code}/{line.Number}"), day, [from, new Leg("household", line.HouseholdCode, line.Amount)], cancel);
                (line.State, line.Why, line.StateDay) = (LineState.Returned, Cut(result.Why.Trim()), day);
                returned++;
            }
        }
        if (paid.Count > 0)
        {
            var total = new Fen(paid.Sum(l => l.Amount.Value));
            // The first of these lines names the entry: a line is paid once, so no two entries have the same name.
            await Journal.Post(db, ids, clock, file.County, Cause.Payout, string.Create(CultureInfo.InvariantCulture, $"{file.Code}/paid/{paid.Min(l => l.Number)}"), day, [new Leg(MakePayoutFileHandler.Clearing, file.Code, -total), new Leg(Bank.Role, Bank.Owner, total)], cancel);
            foreach (var line in paid) (line.State, line.StateDay) = (LineState.Paid, day);
        }
        await db.SaveChangesAsync(cancel);
        await change.CommitAsync(cancel);
        return new ResultsBooked(paid.Count, returned);

        static Place RowOf(LineResult result) => result.Row == 0 ? Place.None : new Place { Row = result.Row };
    }

    private static string Cut(string text) => text.Length <= 200 ? text : text[..200];
}
