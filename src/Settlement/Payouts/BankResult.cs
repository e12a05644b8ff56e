using System.Globalization;
using System.Text;
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

        static Place RowOf(LineResult result) => result.Row == 0 ? Place.None : Place.Cell("", result.Row, "");
    }

    private static string Cut(string text) => text.Length <= 200 ? text : text[..200];
}

/// <summary>Reads the bank's answer: a CSV with the line's number, its result, and a reason.</summary>
internal static class BankResultFile
{
    /// <summary>Largest file taken, in bytes.</summary>
    public const int MostBytes = 8_000_000;

    private static readonly string[] NumberHeads = ["序号", "No.", "number"], ResultHeads = ["结果", "状态", "Result", "Status"], WhyHeads = ["原因", "失败原因", "Reason"];
    private static readonly string[] PaidWords = ["成功", "已付", "paid", "success", "ok"], ReturnedWords = ["失败", "退回", "退票", "failed", "returned"];

    /// <summary>Reads all rows or names the first that cannot be understood. UTF-8, comma, quotes as RFC 4180.</summary>
    public static Outcome<IReadOnlyList<LineResult>> Read(string name, byte[] content)
    {
        if (content.Length > MostBytes) return new Refusal("payouts.result-size", Place.Cell(name, 1, ""), MostBytes / 1_000_000);
        string text;
        try { text = new UTF8Encoding(false, true).GetString(content).TrimStart('\uFEFF'); }
        catch (DecoderFallbackException) { return new Refusal("payouts.result-utf8", Place.Cell(name, 1, "")); }
        var rows = Csv.Rows(text).ToList();
        if (rows.Count == 0) return new Refusal("payouts.result-heads", Place.Cell(name, 1, ""));
        var (number, result, why) = (Find(NumberHeads), Find(ResultHeads), Find(WhyHeads));
        if (number < 0 || result < 0) return new Refusal("payouts.result-heads", Place.Cell(name, 1, ""));
        var (results, seen) = (new List<LineResult>(rows.Count), new HashSet<int>());
        for (var i = 1; i < rows.Count; i++)
        {
            if (rows[i].All(string.IsNullOrWhiteSpace)) continue;
            if (!int.TryParse(Numerals.Narrow(Cell(i, number)), NumberStyles.None, CultureInfo.InvariantCulture, out var line) || !seen.Add(line)) return new Refusal("payouts.result-number", Place.Cell(name, i + 1, rows[0][number]), Cell(i, number));
            var word = Numerals.Narrow(Cell(i, result));
            var paid = PaidWords.Contains(word, StringComparer.OrdinalIgnoreCase);
            if (!paid && !ReturnedWords.Contains(word, StringComparer.OrdinalIgnoreCase)) return new Refusal("payouts.result-word", Place.Cell(name, i + 1, rows[0][result]), word);
            results.Add(new LineResult(line, paid, why < 0 || Cell(i, why).Length == 0 ? word : Cell(i, why), i + 1));
        }
        return results;

        int Find(string[] names) => rows[0].FindIndex(h => names.Contains(Numerals.Narrow(h), StringComparer.OrdinalIgnoreCase));
        string Cell(int row, int column) => column < rows[row].Count ? rows[row][column].Trim() : "";
    }
}
