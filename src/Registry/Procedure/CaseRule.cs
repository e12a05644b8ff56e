using Shanhuo.Kernel;

namespace Shanhuo.Registry.Procedure;

/// <summary>How a case stands, or ended.</summary>
internal enum CaseEnd { None = 0, Approved = 1, Refused = 2, ObjectionUpheld = 3 }

/// <summary>What was decided on an objection.</summary>
internal enum ObjectionEnd { Open = 0, Dismissed = 1, Upheld = 2 }

/// <summary>Counts of a villagers' evaluation.</summary>
/// <param name="Eligible">Households of the village, or its representatives: all that could come.</param>
internal sealed record BallotCount(int Eligible, int Present, int For, int Against, int Abstain);

/// <summary>What is laid before a step. What is null was not laid before.</summary>
internal sealed record Evidence
{
    /// <summary>Food, clothing, compulsory schooling, medical care, housing, safe water.</summary>
    public static IReadOnlyList<string> ChecklistItems { get; } = ["food", "clothing", "schooling", "medical", "housing", "water"];

    /// <summary>Statement, minutes, or the reason of a no.</summary>
    public string? Text { get; init; }
    public BallotCount? Ballot { get; init; }

    /// <summary>By item of <see cref="ChecklistItems"/>; null or missing: unknown, which is not yes.</summary>
    public IReadOnlyDictionary<string, bool?>? Checklist { get; init; }

    /// <summary>Net income of a head and year.</summary>
    public Fen? IncomePerHead { get; init; }

    /// <summary><c>own-code</c> or <c>paper</c>.</summary>
    public string? Agreement { get; init; }

    /// <summary>Departments whose data were compared.</summary>
    public IReadOnlyList<string>? Departments { get; init; }

    /// <summary>What the comparison found.</summary>
    public string? Findings { get; init; }

    /// <summary>Poor people and registered population of an area.</summary>
    public int? Poor { get; init; }
    public int? Population { get; init; }
}

/// <summary>Who acts.</summary>
/// <param name="HouseholdId">The household to which the person belongs, if known.</param>
internal sealed record Actor(long AccountId, string Role, AreaCode Area, long? HouseholdId)
{
    public static Actor Of(Scope scope) => new(scope.AccountId, scope.Role, scope.Area, scope.HouseholdId);
}

/// <summary>A step that somebody wants to take.</summary>
/// <param name="Passes">No ends the case, with a reason.</param>
/// <param name="Line">The income line of the day, where the kind has one.</param>
internal sealed record StepAct(string Step, bool Passes, Actor By, DateOnly Day, Evidence Evidence, Fen? Line = null);

/// <summary>A step that was taken.</summary>
internal sealed record StepTaken(string Step, long AccountId, DateOnly Day);

/// <summary>An objection as the rule sees it; accounts are 0 where nobody signed in or decided.</summary>
internal sealed record ObjectionView(long Id, long ByAccountId, ObjectionEnd End, long DecidedBy);

/// <summary>A case as the rule sees it. Nothing here knows a database or a clock.</summary>
internal sealed record CaseView
{
    public required KindInForce Rule { get; init; }
    public required AreaCode Area { get; init; }

    /// <summary>0: the subject is the area.</summary>
    public required long HouseholdId { get; init; }
    public required DateOnly Opened { get; init; }
    public IReadOnlyList<StepTaken> Steps { get; init; } = [];
    public IReadOnlyList<ObjectionView> Objections { get; init; } = [];
    public CaseEnd End { get; init; }

    /// <summary>The step that comes; null: it ended.</summary>
    public StepRule? Next => End == CaseEnd.None && Steps.Count < Rule.Kind.Steps.Count ? Rule.Kind.Steps[Steps.Count] : null;

    /// <summary>Last day of the latest notice; null: none was put up.</summary>
    public DateOnly? NoticeUntil => Steps.Select((s, i) => Rule.Kind.Steps[i].OpenDays is { } days ? s.Day.AddDays(days) : (DateOnly?)null).LastOrDefault(d => d is not null);

    /// <summary>First day on which the next step may be taken.</summary>
    public DateOnly NextFrom => Steps.Count == 0 ? Opened : Rule.Kind.Steps[Steps.Count - 1].OpenDays is { } days ? Steps[^1].Day.AddDays(days + 1) : Steps[^1].Day;

    public int OpenObjections => Objections.Count(o => o.End == ObjectionEnd.Open);
}

/// <summary>What may happen to a case. Pure: the page, the demo and the tests call the same.</summary>
internal static class CaseRule
{
    private const int LeastMinutes = 10, LeastText = 4;

    /// <summary>Takes the next step, or says why not.</summary>
    public static Outcome<CaseView> Take(CaseView c, StepAct act)
    {
        if (c.Next is not { } step) return new Refusal("procedure.ended");
        if (act.Step != step.Key) return new Refusal("procedure.other-step");
        if (!MayAct(step.Who, act.By, c)) return new Refusal("procedure.not-yours");
        if (IsOwnOfOfficial(act.By, c)) return new Refusal("procedure.own-household");
        if (WearsTwoHats(c, act.By, step.Key)) return new Refusal("procedure.two-hats");
        if (act.Day < c.NextFrom) return new Refusal("procedure.window-open", Place.None, c.NextFrom.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        if (c.OpenObjections > 0) return new Refusal("procedure.objection-open", Place.None, c.OpenObjections);
        if (!act.Passes)
            return Length(act.Evidence.Text) < LeastText ? new Refusal("procedure.no-reason", Place.Input("Text"))
                : c with { Steps = [.. c.Steps, Taken()], End = CaseEnd.Refused };
        if (Lacking(step, c, act) is { } lacking) return lacking;
        return c with { Steps = [.. c.Steps, Taken()], End = c.Steps.Count + 1 == c.Rule.Kind.Steps.Count ? CaseEnd.Approved : CaseEnd.None };

        StepTaken Taken() => new(step.Key, act.By.AccountId, act.Day);
    }

    /// <summary>Takes in an objection: from the first notice until the end, by strangers only while a notice is up.</summary>
    public static Outcome<CaseView> Object(CaseView c, ObjectionView objection, bool isPublic, DateOnly day)
    {
        if (c.End != CaseEnd.None || c.NoticeUntil is not { } until) return new Refusal("procedure.no-objection-now");
        if (isPublic && day > until) return new Refusal("procedure.notice-over");
        return c with { Objections = [.. c.Objections, objection with { End = ObjectionEnd.Open, DecidedBy = 0 }] };
    }

    /// <summary>Decides on an objection. Upheld, it ends the case.</summary>
    public static Outcome<CaseView> Decide(CaseView c, long objectionId, bool upheld, Actor by, string? reason)
    {
        if (c.End != CaseEnd.None) return new Refusal("procedure.ended");
        if (c.Objections.FirstOrDefault(o => o.Id == objectionId) is not { End: ObjectionEnd.Open } objection) return new Refusal("procedure.objection-decided");
        if (!MayAct(c.Rule.Period.ObjectionsBy, by, c)) return new Refusal("procedure.not-yours");
        if (IsOwnOfOfficial(by, c)) return new Refusal("procedure.own-household");
        if (objection.ByAccountId != 0 && objection.ByAccountId == by.AccountId) return new Refusal("procedure.own-objection");
        if (WearsTwoHats(c, by, "objection")) return new Refusal("procedure.two-hats");
        if (Length(reason) < LeastText) return new Refusal("procedure.no-reason", Place.Input("Text"));
        var end = upheld ? ObjectionEnd.Upheld : ObjectionEnd.Dismissed;
        return c with { Objections = [.. c.Objections.Select(o => o.Id == objectionId ? o with { End = end, DecidedBy = by.AccountId } : o)], End = upheld ? CaseEnd.ObjectionUpheld : CaseEnd.None };
    }

    /// <summary>Is one of these roles, at its level, over the subject?</summary>
    public static bool MayAct(IEnumerable<StepWho> who, Actor by, CaseView c) => who.Any(w => w.Role == by.Role && (w.Level == "household"
        ? by.Role == Role.Household && c.HouseholdId != 0 && by.HouseholdId == c.HouseholdId
        : by.Role != Role.Household && by.Area.Level == LevelOf(w.Level) && by.Area.Contains(c.Area)));

    /// <summary>Did this person take a step, or decide on an objection, that does not go with <paramref name="step"/>?</summary>
    public static bool WearsTwoHats(CaseView c, Actor by, string step) =>
        c.Steps.Where(s => s.AccountId == by.AccountId).Select(s => s.Step).Concat(c.Objections.Where(o => o.DecidedBy == by.AccountId && o.End != ObjectionEnd.Open).Select(_ => "objection")).Any(done => c.Rule.Kind.Forbids(done, step));

    private static bool IsOwnOfOfficial(Actor by, CaseView c) => by.Role != Role.Household && c.HouseholdId != 0 && by.HouseholdId == c.HouseholdId;

    private static Refusal? Lacking(StepRule step, CaseView c, StepAct act)
    {
        var e = act.Evidence;
        if (step.Wants("statement") && Length(e.Text) < LeastText) return new Refusal("procedure.lacks-statement", Place.Input("Text"));
        if (step.Wants("minutes") && Length(e.Text) < LeastMinutes) return new Refusal("procedure.lacks-minutes", Place.Input("Text"), LeastMinutes);
        if (step.Wants("ballot") && Ballot(e.Ballot, c.Rule.Period.Ballot) is { } ballot) return ballot;
        if (step.Wants("checklist") && Checklist(e.Checklist) is { } list) return list;
        if (step.Wants("income"))
        {
            if (e.IncomePerHead is not { } income || income < Fen.Zero) return new Refusal("procedure.income-unknown", Place.Input("Income"));
            if (c.Rule.Kind.IncomeLine is not null && act.Line is not { } line) return new Refusal("procedure.line-unknown", Place.Input("Income"));
            if (act.Line is { } least && income <= least) return new Refusal("procedure.income-below", Place.Input("Income"), income.ToDisplay(), least.ToDisplay());
        }
        if (step.Wants("agreement") && e.Agreement != (act.By.Role == Role.Household ? "own-code" : "paper")) return new Refusal("procedure.lacks-agreement", Place.Input("Agreement"));
        if (step.Wants("comparison") && e.Departments is not { Count: > 0 }) return new Refusal("procedure.lacks-comparison", Place.Input("Departments"));
        return step.Wants("incidence") ? Incidence(e, c.Rule.Kind) : null;
    }

    private static Refusal? Ballot(BallotCount? count, BallotRule rule)
    {
        if (count is not { Eligible: > 0, Present: >= 0, For: >= 0, Against: >= 0, Abstain: >= 0 } b || b.Present > b.Eligible || (long)b.For + b.Against + b.Abstain > b.Present) return new Refusal("procedure.ballot-counts", Place.Input("Present"));
        if (!rule.HasQuorum(b.Present, b.Eligible)) return new Refusal("procedure.no-quorum", Place.Input("Present"), b.Present, b.Eligible, rule.Quorum);
        return rule.IsCarried(b.For, b.Present) ? null : new Refusal("procedure.not-carried", Place.Input("For"), b.For, b.Present);
    }

    private static Refusal? Checklist(IReadOnlyDictionary<string, bool?>? list)
    {
        foreach (var item in Evidence.ChecklistItems)
            if (list?.GetValueOrDefault(item) is not { } met) return new Refusal("procedure.checklist-unknown", Place.Input("Check_" + item));
            else if (!met) return new Refusal("procedure.checklist-fails", Place.Input("Check_" + item));
        return null;
    }

    private static Refusal? Incidence(Evidence e, KindRule kind)
    {
        if (e is not { Poor: >= 0 and var poor, Population: > 0 and var population } || poor > population) return new Refusal("procedure.lacks-incidence", Place.Input("Poor"));
        return Rate.TryParse(kind.IncidenceAtMost!, out var most) && (long)poor * 1_000_000 <= (long)most.PartsPerMillion * population ? null : new Refusal("procedure.incidence-high", Place.Input("Poor"), kind.IncidenceAtMost!);
    }

    private static AreaLevel LevelOf(string level) => level switch { "village" => AreaLevel.Village, "township" => AreaLevel.Township, "county" => AreaLevel.County, "prefecture" => AreaLevel.Prefecture, _ => AreaLevel.Province };

    private static int Length(string? text) => text?.Trim().Length ?? 0;
}
