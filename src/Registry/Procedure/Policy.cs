using System.Text.Json.Serialization;
using Shanhuo.Kernel;

namespace Shanhuo.Registry.Procedure;

/// <summary>A sentence of the data in both languages.</summary>
internal sealed record Words(string Zh, string En)
{
    public string In(Language language) => language == Language.En ? En : Zh;
}

/// <summary>A role at the level at which it takes a step; level <c>household</c> is the household itself.</summary>
internal sealed record StepWho(string Role, string Level);

/// <summary>What a villagers' evaluation needs: shares such as <c>2/3</c>; the quorum of all, the majority of those who came.</summary>
internal sealed record BallotRule(string Quorum, string Majority, Words Source)
{
    /// <summary>At least the quorum of <paramref name="eligible"/> came.</summary>
    public bool HasQuorum(int present, int eligible) => present > 0 && ShareOf(Quorum) is var (of, parts) && (long)present * parts >= (long)eligible * of;

    /// <summary>More than the majority's share of those who came are for it.</summary>
    public bool IsCarried(int yes, int present) => ShareOf(Majority) is var (of, parts) && (long)yes * parts > (long)present * of;

    /// <summary>The two numbers of a share; null: it is none between 0 and 1.</summary>
    public static (int Of, int Parts)? ShareOf(string text) =>
        text?.Split('/') is [var a, var b] && int.TryParse(a, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var of)
        && int.TryParse(b, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var parts) && of > 0 && of <= parts ? (of, parts) : null;
}

/// <summary>One step of a kind of case.</summary>
internal sealed record StepRule
{
    /// <summary>Every thing that a step can need.</summary>
    public static IReadOnlyList<string> AllNeeds { get; } = ["statement", "ballot", "minutes", "checklist", "income", "agreement", "comparison", "incidence"];

    public required string Key { get; init; }
    public required string Zh { get; init; }
    public required string En { get; init; }

    /// <summary>Any of these may take it.</summary>
    public required IReadOnlyList<StepWho> Who { get; init; }

    /// <summary>Some of <see cref="AllNeeds"/>.</summary>
    public required IReadOnlyList<string> Needs { get; init; }

    /// <summary>Of a notice: full days that it stays up; the day on which it is put up does not count (Civil Code, article 201). Null: no notice.</summary>
    public int? OpenDays { get; init; }

    /// <summary>Days after the opening of the case by which it should be taken; null: none is set.</summary>
    public int? WithinDays { get; init; }
    public Words? Source { get; init; }

    public string NameIn(Language language) => language == Language.En ? En : Zh;
    public bool Wants(string need) => Needs.Contains(need);
}

/// <summary>What the last step writes.</summary>
/// <param name="Status">Status that begins; null: none.</param>
/// <param name="Ends">Statuses that end.</param>
/// <param name="AreaStatus">Of a village or county.</param>
internal sealed record CaseResult(string? Status = null, IReadOnlyList<string>? Ends = null, string? AreaStatus = null);

/// <summary>A kind of case of a policy period, such as an exit.</summary>
internal sealed record KindRule
{
    public required string Key { get; init; }
    public required string Zh { get; init; }
    public required string En { get; init; }

    /// <summary><c>household</c>, <c>village</c> or <c>county</c>.</summary>
    public required string Subject { get; init; }
    public DateOnly? From { get; init; }
    public DateOnly? Until { get; init; }
    public Words? Source { get; init; }

    /// <summary>Status that the household must have; null: any.</summary>
    public string? NeedsStatus { get; init; }

    /// <summary>Statuses that it must not have.</summary>
    public IReadOnlyList<string> NotStatus { get; init; } = [];

    /// <summary>Kinds of monitored household; empty: the case has none.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>Line above which the income of a head must be: <c>poverty</c> or <c>monitoring</c>; null: none.</summary>
    public string? IncomeLine { get; init; }

    /// <summary>Highest incidence with which an area leaves poverty, such as <c>3%</c>, itself included.</summary>
    public string? IncidenceAtMost { get; init; }
    public required CaseResult Result { get; init; }
    public required IReadOnlyList<StepRule> Steps { get; init; }

    /// <summary>Pairs of steps that one person may not take both; <c>objection</c> stands for deciding on one.</summary>
    public required IReadOnlyList<IReadOnlyList<string>> Incompatible { get; init; }

    public string NameIn(Language language) => language == Language.En ? En : Zh;

    /// <summary>May whoever took <paramref name="done"/> not take <paramref name="next"/>?</summary>
    public bool Forbids(string done, string next) => Incompatible.Any(p => (p[0] == done && p[1] == next) || (p[1] == done && p[0] == next));
}

/// <summary>A time in which one policy holds, with its kinds of case.</summary>
internal sealed record PolicyPeriod
{
    public required string Key { get; init; }
    public required string Zh { get; init; }
    public required string En { get; init; }
    public required DateOnly From { get; init; }
    public required DateOnly? Until { get; init; }
    public required BallotRule Ballot { get; init; }

    /// <summary>Who may decide on an objection.</summary>
    public required IReadOnlyList<StepWho> ObjectionsBy { get; init; }
    public required Words IncompatibleSource { get; init; }
    public required IReadOnlyList<KindRule> Kinds { get; init; }

    /// <summary>Days of a kind: its own, within those of the period.</summary>
    public bool Holds(KindRule kind, DateOnly on) => on >= (kind.From is { } from && from > From ? from : From) && (LastDay(kind) is not { } last || on <= last);

    public DateOnly? LastDay(KindRule kind) => (kind.Until, Until) switch { (null, var u) => u, (var k, null) => k, var (k, u) => k < u ? k : u };
}

/// <summary>An income line of a time, yuan a head and year.</summary>
internal sealed record IncomeLine(string Line, DateOnly From, DateOnly? Until, [property: JsonPropertyName("yuan")] long Yuan, Words Source)
{
    public Fen Amount => new(Yuan * 100);
}

/// <summary>A kind of measure of assistance.</summary>
internal sealed record MeasureKind(string Key, string Zh, string En)
{
    public string NameIn(Language language) => language == Language.En ? En : Zh;
}

/// <summary>A kind of case with the period to which it belongs.</summary>
internal sealed record KindInForce(PolicyPeriod Period, KindRule Kind);

/// <summary>All policies of the installation: <c>data/policies</c>.</summary>
internal sealed class Policies(IReadOnlyList<PolicyPeriod> periods, IReadOnlyList<IncomeLine> lines, IReadOnlyList<MeasureKind> measures)
{
    public IReadOnlyList<MeasureKind> Measures { get; } = measures;
    public IReadOnlyList<PolicyPeriod> Periods { get; } = periods;

    /// <summary>The kinds of case that can be opened on a day.</summary>
    public IReadOnlyList<KindInForce> On(DateOnly day) => [.. Periods.SelectMany(p => p.Kinds.Where(k => p.Holds(k, day)).Select(k => new KindInForce(p, k)))];

    /// <summary>The kind on a day; refused with the days on which it could be opened.</summary>
    public Outcome<KindInForce> Open(string kind, DateOnly day)
    {
        if (On(day).FirstOrDefault(k => k.Kind.Key == kind) is { } found) return found;
        var past = Periods.SelectMany(p => p.Kinds.Where(k => k.Key == kind).Select(k => p.LastDay(k))).Max();
        return past is { } last ? new Refusal("procedure.not-in-force", Place.Input("Kind"), last.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)) : new Refusal("procedure.no-kind", Place.Input("Kind"));
    }

    /// <summary>The rule by which a case was opened; it stays the rule of that case.</summary>
    public KindInForce Of(string policy, string kind)
    {
        var period = Periods.Single(p => p.Key == policy);
        return new KindInForce(period, period.Kinds.Single(k => k.Key == kind));
    }

    /// <summary>The line of a day; the last known where a later one is not shipped.</summary>
    public IncomeLine? Line(string line, DateOnly day) => lines.Where(l => l.Line == line && l.From <= day && (l.Until is not { } until || day <= until)).MaxBy(l => l.From);
}
