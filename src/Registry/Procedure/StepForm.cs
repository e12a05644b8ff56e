using System.Globalization;
using Shanhuo.Kernel;

namespace Shanhuo.Registry.Procedure;

/// <summary>What people fill in for a step; a step shows only the fields that it needs.</summary>
internal sealed class StepForm
{
    /// <summary>Offices whose data are compared; texts <c>procedure.office.X</c>.</summary>
    public static IReadOnlyList<string> Offices { get; } = ["vehicles", "housing", "business", "public-pay", "medical", "civil"];

    public Guid RequestId { get; set; } = Guid.CreateVersion7();
    public string? Step { get; set; }

    /// <summary><c>yes</c> or <c>no</c>.</summary>
    public string? Verdict { get; set; }
    public string? Text { get; set; }
    public string? Eligible { get; set; }
    public string? Present { get; set; }
    public string? For { get; set; }
    public string? Against { get; set; }
    public string? Abstain { get; set; }
    public string? Income { get; set; }
    public Dictionary<string, string?> Checks { get; set; } = [];
    public List<string> Departments { get; set; } = [];
    public string? Findings { get; set; }
    public string? Poor { get; set; }
    public string? Population { get; set; }
    public bool Paper { get; set; }
    public string? Code { get; set; }

    public bool Passes => Verdict != "no";

    /// <summary>As the rule takes it; refused at the field that is no number.</summary>
    public Outcome<Evidence> ToEvidence(StepRule step)
    {
        foreach (var (name, typed) in new[] { (nameof(Eligible), Eligible), (nameof(Present), Present), (nameof(For), For), (nameof(Against), Against), (nameof(Abstain), Abstain), (nameof(Poor), Poor), (nameof(Population), Population) })
            if (typed is { Length: > 0 } && Whole(typed) is null) return new Refusal("procedure.number", Place.Input(name), typed);
        Fen? income = null;
        if (step.Wants("income") && Income is { Length: > 0 })
        {
            if (!Fen.TryParseYuan(Income, out var read)) return new Refusal("procedure.amount", Place.Input(nameof(Income)), Income);
            income = read;
        }
        if (Text?.Length > 2000 || Findings?.Length > 1000) return new Refusal("procedure.too-long", Place.Input(nameof(Text)));
        return new Evidence
        {
            Text = Text?.Trim() is { Length: > 0 } text ? text : null,
            Ballot = step.Wants("ballot") && Whole(Eligible) is { } all && Whole(Present) is { } came ? new BallotCount(all, came, Whole(For) ?? 0, Whole(Against) ?? 0, Whole(Abstain) ?? 0) : null,
            Checklist = step.Wants("checklist") ? Evidence.ChecklistItems.ToDictionary(i => i, i => Checks.GetValueOrDefault(i) switch { "yes" => true, "no" => (bool?)false, _ => null }) : null,
            IncomePerHead = income,
            Agreement = step.Wants("agreement") && Paper ? "paper" : null,
            Departments = step.Wants("comparison") ? [.. Departments.Intersect(Offices)] : null,
            Findings = step.Wants("comparison") && Findings?.Trim() is { Length: > 0 } found ? found : null,
            Poor = step.Wants("incidence") ? Whole(Poor) : null,
            Population = step.Wants("incidence") ? Whole(Population) : null,
        };
    }

    private static int? Whole(string? typed) => int.TryParse(Numerals.Narrow(typed ?? "").Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <summary>A step with the form for it.</summary>
/// <param name="MayRefuse">A first step cannot say no.</param>
internal sealed record StepAndForm(StepRule Step, StepForm Form, bool MayRefuse, BallotRule Ballot, IncomeLine? Line, bool IsHousehold);
