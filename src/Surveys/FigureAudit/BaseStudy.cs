using Shanhuo.Surveys.Contracts;

namespace Shanhuo.Surveys.FigureAudit;

/// <summary>A percentage with what its stated base says of it.</summary>
internal sealed record StudiedPercent(ReportedFigure Figure, PrintedPercent Percent, GrimFit AtStated);

/// <summary>All percentages that a report puts on one counted base, and which base would fit them.</summary>
internal sealed class BaseStudy
{
    /// <summary>Largest base that is tried, so that a table of any size is done in bounded time.</summary>
    public const int LargestTried = 2000;

    /// <summary>A better base is named only when chance would do it less than once in a thousand tables, all tried bases together (Bonferroni).</summary>
    public const double LogSurprise = -3;

    private BaseStudy(string? baseId, long stated, long atMost, IReadOnlyList<StudiedPercent> percents)
    {
        (BaseId, Stated, AtMost, Percents) = (baseId, stated, atMost, percents);
        Misfits = [.. percents.Where(p => p.AtStated == GrimFit.None)];
        (Ruling, LogChance) = Misfits.Count >= 3 ? Best() : (stated, 0);
        FitsRuling = percents.Where(p => !p.Percent.IsTrivial).Select(p => Grim.Fit(p.Percent, Ruling)).ToList();
    }

    /// <summary>Id of the base's own figure; null when it stands as a bare number.</summary>
    public string? BaseId { get; }

    /// <summary>The base as stated.</summary>
    public long Stated { get; }

    /// <summary>The most people who can have answered: the end of the chain of what the base is a subset of (valid of handed out).</summary>
    public long AtMost { get; }

    public IReadOnlyList<StudiedPercent> Percents { get; }

    /// <summary>Those that no whole number of the stated base gives, rounded or cut.</summary>
    public IReadOnlyList<StudiedPercent> Misfits { get; }

    /// <summary>The base that the figures speak for: the stated one, or one that fits so many that chance is out of the question.</summary>
    public long Ruling { get; }

    /// <summary>Base-10 logarithm of a bound on the chance of so many fits at <see cref="Ruling"/>, all tried bases counted; 0 when the stated base rules.</summary>
    public double LogChance { get; }

    public bool HasBetterBase => Ruling != Stated;

    /// <summary>How the percentages other than 0 and 100 fit <see cref="Ruling"/>.</summary>
    public IReadOnlyList<GrimFit> FitsRuling { get; }

    public IEnumerable<string> Ids(IEnumerable<StudiedPercent> percents) => (BaseId is null ? [] : new[] { BaseId }).Concat(percents.Select(p => p.Figure.Id));

    /// <summary>Studies the percentages of the table that have one exact base.</summary>
    public static IReadOnlyList<BaseStudy> Of(FigureBook book)
    {
        var all = new List<BaseStudy>();
        var asked = book.All.Where(f => f is { Kind: FigureKind.Percent, Printed: >= -1000 and <= 1000, Decimals: >= 0 and <= 6, Bound: FigureBound.None, Times: 1, Bases.Count: 1 });
        // A bare number is one base within a report only; a figure's id is one everywhere.
        foreach (var group in asked.GroupBy(f => (Base: f.Bases[0], Report: book.Find(f.Bases[0]) is null ? f.Source : "")))
        {
            book.Cancel.ThrowIfCancellationRequested();
            if (book.Value(group.Key.Base) is not { IsExact: true, Low: >= 1 and <= 1_000_000_000_000 } value || decimal.Truncate(value.Low) != value.Low) continue;
            var n = (long)value.Low;
            var own = book.Find(group.Key.Base);
            all.Add(new BaseStudy(own?.Id, n, Top(book, own, n), [.. group.Select(f => Study(f, n))]));
        }
        return all;
    }

    private static StudiedPercent Study(ReportedFigure figure, long n)
    {
        var percent = new PrintedPercent((long)(figure.Printed!.Value / FigureBook.Unit(figure.Decimals)), figure.Decimals);
        return new(figure, percent, Grim.Fit(percent, n));
    }

    private static long Top(FigureBook book, ReportedFigure? own, long n)
    {
        for (var step = 0; step < 8 && own?.SubsetOf is { } id; step++)
        {
            own = book.Find(id);
            if (book.Value(id) is { IsExact: true } whole && whole.Low > n && whole.Low <= 1_000_000_000_000) n = (long)whole.Low;
        }
        return n;
    }

    private (long Base, double LogChance) Best()
    {
        var told = Percents.Where(p => !p.Percent.IsTrivial).ToList();
        if (told.Count < 3) return (Stated, 0);
        var values = told.GroupBy(p => p.Percent).Select(g => (Percent: g.Key, Times: g.Count())).ToArray();
        var decimals = told.GroupBy(p => p.Percent.Decimals).Select(g => (Decimals: g.Key, Times: g.Count())).ToArray();
        var tried = Math.Min(2 * AtMost, LargestTried);
        var correction = Math.Log10(tried);
        (long Base, double LogChance) best = (Stated, Math.Min(LogSurprise - correction, Grim.LogChance(Fits(Stated, 0), told.Count, MeanChance(Stated))));
        for (long n = 1; n <= tried; n++)
        {
            var chance = MeanChance(n);
            // Larger bases fit more by chance: from here on not even a fit of all would surprise.
            if (told.Count * Math.Log10(chance) >= best.LogChance) break;
            if (n != Stated && Fits(n, Needed(chance, told.Count, best.LogChance)) is var fits && Grim.LogChance(fits, told.Count, chance) is var found && found < best.LogChance) best = (n, found);
        }
        return best.Base == Stated ? (Stated, 0) : (best.Base, best.LogChance + correction);

        double MeanChance(long n)
        {
            var sum = 0.0;
            foreach (var (places, times) in decimals) sum += times * Grim.ChanceToFit(places, n);
            return sum / told.Count;
        }

        // Gives up (0) as soon as the needed number cannot be reached.
        int Fits(long n, int needed)
        {
            var (fits, left) = (0, told.Count);
            foreach (var (percent, times) in values)
            {
                if (Grim.Rounds(percent, n)) fits += times;
                left -= times;
                if (fits + left < needed) return 0;
            }
            return fits;
        }
    }

    /// <summary>The fewest fits that chance would give less often than this.</summary>
    private static int Needed(double chance, int of, double logChance)
    {
        var (low, high) = ((int)(chance * of), of);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Grim.LogChance(middle, of, chance) < logChance) high = middle;
            else low = middle + 1;
        }
        return low;
    }
}
