using System.Text.Json;
using Shanhuo.Voice.Contracts;

namespace Shanhuo.Voice.Ballots;

/// <summary>Where a figure of law stands, in both languages.</summary>
internal sealed record LegalSource(string Zh, string En);

/// <summary>A share of all members that must be reached: at least so many of so many, or more than so many.</summary>
/// <param name="Of">Numerator, at least 1.</param>
/// <param name="Parts">Denominator, at least 1.</param>
/// <param name="MoreThan">Exactly the share is not enough.</param>
internal readonly record struct NeededShare(int Of, int Parts, bool MoreThan)
{
    /// <summary>Do so many of all reach it? Exact, without division.</summary>
    public bool IsReachedBy(int count, int all)
    {
        var (has, needs) = ((long)count * Parts, (long)all * Of);
        return MoreThan ? has > needs : has >= needs;
    }

    /// <summary>The least count of all that reaches it.</summary>
    public int LeastOf(int all)
    {
        var exact = (long)all * Of;
        return (int)(MoreThan ? exact / Parts + 1 : (exact + Parts - 1) / Parts);
    }
}

/// <summary>What an assembly needs to decide, as the law of a day has it. The figures with their sources and days are data: data/law/cooperative-assembly.json.</summary>
internal sealed record AssemblyRule(int NoticeDays, LegalSource NoticeSource, NeededShare Quorum, LegalSource QuorumSource, NeededShare Majority, LegalSource MajoritySource)
{
    private static readonly Lazy<Row[]> Data = new(Read);

    /// <summary>The rule of a day.</summary>
    /// <exception cref="InvalidOperationException">The data have no figure for that day.</exception>
    public static AssemblyRule On(DateOnly day, BallotMatter matter)
    {
        var (notice, quorum, majority) = (Of(matter == BallotMatter.SurplusPlan ? "plan-open-days" : "notice-days"), Of("quorum"), Of(matter == BallotMatter.Charter ? "majority-charter" : "majority-ordinary"));
        return new AssemblyRule(notice.Days, Source(notice), Share(quorum), Source(quorum), Share(majority), Source(majority));

        // A day before the first law is judged by the first.
        Row Of(string rule) => Data.Value.Where(row => row.Rule == rule).OrderBy(row => row.From).LastOrDefault(row => row.From <= day && (row.Until is not { } until || day <= until))
            ?? Data.Value.Where(row => row.Rule == rule).MinBy(row => row.From) ?? throw new InvalidOperationException($"cooperative-assembly.json says nothing of {rule}.");

        static LegalSource Source(Row row) => new(row.SourceZh, row.SourceEn);
    }

    /// <summary>First day for which an assembly could be called on a day.</summary>
    public static DateOnly FirstDay(DateOnly today, BallotMatter matter) => today.AddDays(On(today, matter).NoticeDays);

    /// <summary>How a ballot ends. The majority is of all votes of the members, not of those who came.</summary>
    /// <param name="noticeDays">Days from notice to meeting.</param>
    /// <param name="members">All members on the day of the meeting.</param>
    /// <param name="present">Members who came, 0 to <paramref name="members"/>.</param>
    /// <param name="yes">Papers that say yes, 0 to <paramref name="present"/>.</param>
    public BallotResult Decide(int noticeDays, int members, int present, int yes)
    {
        if (noticeDays < NoticeDays) return BallotResult.ShortNotice;
        if (members == 0 || !Quorum.IsReachedBy(present, members)) return BallotResult.NoQuorum;
        return Majority.IsReachedBy(yes, members) ? BallotResult.Carried : BallotResult.NoMajority;
    }

    private static NeededShare Share(Row row)
    {
        var parts = row.Share!.Split('/');
        return new NeededShare(int.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture), int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture), row.Reached switch
        {
            "more-than" => true,
            "at-least" => false,
            _ => throw new FormatException($"cooperative-assembly.json: '{row.Reached}' is neither at-least nor more-than."),
        });
    }

    private static Row[] Read()
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "data", "law", "cooperative-assembly.json"));
        return JsonSerializer.Deserialize<Row[]>(file, JsonSerializerOptions.Web)!;
    }

    private sealed record Row(string Rule, DateOnly From, DateOnly? Until, int Days, string? Share, string? Reached, string SourceZh, string SourceEn);
}
