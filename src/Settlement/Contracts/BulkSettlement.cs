using Shanhuo.Kernel;
using Shanhuo.Settlement.Bulk;

namespace Shanhuo.Settlement.Contracts;

/// <summary>What <c>shanhuo settle</c> is asked to do. Paths are as the user gave them; they stand so in messages.</summary>
/// <param name="Scheme">The scheme, JSON.</param>
/// <param name="Lots">LOTS.csv.</param>
/// <param name="Lines">LINES.csv; a regular file, since rows are looked up again.</param>
/// <param name="Refunds">REFUNDS.csv; null: none.</param>
/// <param name="Out">POSTINGS.csv; appears whole or not at all.</param>
/// <param name="SkipBad">Settle the good rows as if the bad ones were absent.</param>
/// <param name="ShowProgress">Is standard error a terminal?</param>
public sealed record BulkOptions(string Scheme, string Lots, string Lines, string? Refunds, string Out, bool SkipBad = false, bool ShowProgress = false);

/// <summary>Settles files in bulk by the same rules as the database, streaming.</summary>
public static class BulkSettlement
{
    /// <summary>All is settled and written.</summary>
    public const int Settled = 0;

    /// <summary>Something was refused; nothing is written.</summary>
    public const int Refused = 1;

    /// <summary>Wrong usage; nothing is written.</summary>
    public const int WrongUsage = 2;

    /// <summary>Bad rows were skipped, the good ones are written.</summary>
    public const int SettledWithoutBad = 3;

    /// <summary>Runs the command.</summary>
    /// <param name="options">The files.</param>
    /// <param name="output">Takes the summary.</param>
    /// <param name="error">Takes what is wrong, one line each: <c>FILE:ROW:COLUMN: why</c>.</param>
    /// <param name="language">Of all that is said.</param>
    /// <param name="cancel">Stops the run; nothing is written then.</param>
    /// <returns>The exit code.</returns>
    public static int Run(BulkOptions options, TextWriter output, TextWriter error, Language language, CancellationToken cancel)
    {
        var texts = new Texts([typeof(BulkSettlement).Assembly]);
        var bad = new BadRows(texts, language, error);
        foreach (var input in new[] { options.Scheme, options.Lots, options.Lines, options.Refunds })
            if (input is not null && Path.GetFullPath(input) == Path.GetFullPath(options.Out))
            {
                bad.Add(options.Out, null, "bulk.out-is-input");
                return WrongUsage;
            }
        var progress = new BulkProgress(options.ShowProgress ? error : null, TimeProvider.System, cancel);
        try
        {
            // Business days are those of China Standard Time.
            var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(8));
            var postings = new BulkRun(options, bad, progress).Run(today);
            progress.End();
            if (postings is null)
            {
                error.WriteLine(texts.Say(language, "bulk.nothing-written"));
                return Refused;
            }
            BulkSummary.Write(postings, texts, language, output);
            return bad.Count > 0 ? SettledWithoutBad : Settled;
        }
        catch (OperationCanceledException)
        {
            progress.End();
            error.WriteLine(texts.Say(language, "bulk.stopped"));
            return Refused;
        }
    }
}
