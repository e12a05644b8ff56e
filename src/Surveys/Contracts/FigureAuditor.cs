using Shanhuo.Kernel;
using Shanhuo.Kernel.Sheets;
using Shanhuo.Surveys.FigureAudit;
using Shanhuo.Surveys.FigureAudit.Rules;

namespace Shanhuo.Surveys.Contracts;

/// <summary>Finds what cannot be true among reported figures. Pure: figures in, findings out; what is blank is unknown and never counts as zero.</summary>
public static class FigureAuditor
{
    private const int MostRefusals = 100;

    // In the order in which a reader wants them: what the whole table rests on first, then single figures.
    private static readonly FigureRule[] Rules =
    [
        new BestBaseRule(), new GrimRule(), new OddFigureRule(), new NoBaseRule(), new ExchangedDecimalsRule(), new TwoRoundingsRule(), new ClosedQuestionRule(), new SkipRule(),
        new SumRule(), new SubsetRule(), new CoverageRule(), new RateRule(), new BaseChangeRule(), new TwiceRule(), new ListRule(), new SampleRule(), new PlaceRule(), new RelationRule(),
    ];

    /// <summary>Ids of all rules, in the order of their findings.</summary>
    public static IReadOnlyList<string> RuleIds => [.. Rules.Select(r => r.Id)];

    /// <summary>Audits figures whose ids are unique. Time grows with the number of figures; no base above 2 000 is tried.</summary>
    /// <exception cref="ArgumentException">An id stands twice.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public static FigureReport Run(IReadOnlyList<ReportedFigure> figures, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(figures);
        var book = new FigureBook(figures, Gazetteer.Shipped, cancel);
        var findings = new List<FigureFinding>();
        foreach (var rule in Rules)
            foreach (var finding in rule.Judge(book))
            {
                cancel.ThrowIfCancellationRequested();
                findings.Add(finding);
            }
        return new FigureReport(findings, figures.Count, figures.Count(f => f.Printed is null && f.Kind is not (FigureKind.Text or FigureKind.Claim)));
    }

    /// <summary>Reads a table of figures, CSV or XLSX; see README for its columns.</summary>
    /// <returns>The figures and no refusals, or what is wrong with each row.</returns>
    public static async Task<(IReadOnlyList<ReportedFigure> Figures, IReadOnlyList<Refusal> Refused)> Read(Stream stream, string file, CancellationToken cancel)
    {
        if (!(await SheetReader.Open(stream, file, cancel)).Ok(out var sheet, out var no)) return ([], [no]);
        var table = FigureTable.Read(sheet, Path.GetFileName(file), cancel);
        return table.Refused.Count > 0 ? ([], table.Refused) : (table.Figures, []);
    }

    /// <summary>Runs <c>shanhuo audit figures</c>.</summary>
    /// <param name="path">The table, as the user gave it.</param>
    /// <param name="output">Takes <c>rule,figures,reason,mend</c> as CSV, only when the whole table was read.</param>
    /// <param name="error">Takes refusals, one line each, and the summary.</param>
    /// <param name="language">Of all that is said.</param>
    /// <param name="cancel">Stops; nothing is written then.</param>
    /// <returns>0: audited, whether or not something was found; 1: refused.</returns>
    public static async Task<int> Run(string path, Stream output, TextWriter error, Language language, CancellationToken cancel)
    {
        var texts = new Texts([typeof(FigureAuditor).Assembly, typeof(Texts).Assembly]);
        try
        {
            if (!File.Exists(path)) return Refuse([new Refusal("figures.no-file", Place.None, path)]);
            await using var stream = File.OpenRead(path);
            var (figures, refused) = await Read(stream, path, cancel);
            if (refused.Count > 0) return Refuse(refused);
            var report = Run(figures, cancel);
            using (var sheet = SheetWriter.BeginPlain(output, new SheetColumn("rule"), new SheetColumn("figures"), new SheetColumn("reason"), new SheetColumn("mend")))
                foreach (var finding in report.Findings)
                    sheet.Row(finding.Rule, string.Join(' ', finding.Figures), finding.Why(texts, language), finding.HowToMend(texts, language));
            await error.WriteLineAsync(texts.Say(language, "figures.summary", report.Figures, report.Findings.Count, report.Blank));
            return 0;
        }
        catch (OperationCanceledException)
        {
            return Refuse([new Refusal("figures.stopped")]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Refuse([new Refusal("figures.unreadable", Place.None, path)]);
        }

        int Refuse(IReadOnlyList<Refusal> refused)
        {
            foreach (var no in refused.Take(MostRefusals)) error.WriteLine(texts.Say(language, no));
            if (refused.Count > MostRefusals) error.WriteLine(texts.Say(language, "figures.more", refused.Count - MostRefusals));
            return 1;
        }
    }
}
