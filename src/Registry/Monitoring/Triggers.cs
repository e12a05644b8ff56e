using Shanhuo.Kernel;
using Shanhuo.Registry.Procedure;

namespace Shanhuo.Registry.Monitoring;

/// <summary>One cause by which a household is warned of.</summary>
/// <param name="Cause">One of <see cref="TriggerSet.Causes"/>.</param>
/// <param name="AloneShare">Cost of one event, as a share of the year's income, that warns by itself whatever the income; null: none does.</param>
internal sealed record Trigger(string Cause, string? AloneShare);

/// <summary>By what and how early households are warned of, as the data of a time have it: <c>data/policies/triggers.json</c>.</summary>
internal sealed record TriggerSet
{
    /// <summary>All that the rule can tell apart: sales, other income, an income that is low without one cause, and the kinds of <see cref="HouseholdEvent"/>.</summary>
    public static IReadOnlyList<string> Causes { get; } = ["sales", "income", "low", .. HouseholdEvent.Kinds];

    public required DateOnly From { get; init; }
    public required DateOnly? Until { get; init; }

    /// <summary>So much above the monitoring line is near enough to warn, such as <c>5%</c>.</summary>
    public required string Margin { get; init; }

    /// <summary>Months looked ahead, 0 to 12.</summary>
    public required int AheadMonths { get; init; }

    /// <summary>A fall of three months against the year before that is smaller is taken for chance.</summary>
    public required string LeastFall { get; init; }

    /// <summary>Months after a warning in which the household is not warned of again.</summary>
    public required int QuietMonths { get; init; }

    /// <summary>Days in which a warning is checked on the spot.</summary>
    public required int CheckWithinDays { get; init; }
    public required Words Source { get; init; }
    public required Words CheckSource { get; init; }
    public required IReadOnlyList<Trigger> Triggers { get; init; }

    public int MarginParts => Parts(Margin);
    public int LeastFallParts => Parts(LeastFall);

    /// <summary>A rate as parts per million.</summary>
    public static int Parts(string rate) => Rate.TryParse(rate, out var read) ? read.PartsPerMillion : throw new FormatException($"'{rate}' is no rate.");

    /// <summary>Reads and checks the file of a folder.</summary>
    public static Outcome<IReadOnlyList<TriggerSet>> Read(string folder)
    {
        const string File = "triggers.json";
        if (!PolicyReader.Parse<List<TriggerSet>>(Path.Combine(folder, File)).Ok(out var all, out var no)) return no;
        for (var i = 0; i < all.Count; i++)
        {
            var set = all[i];
            foreach (var (key, rate) in set.Triggers.Select((t, n) => ($"triggers[{n}].aloneShare", t.AloneShare)).Prepend(("leastFall", set.LeastFall)).Prepend(("margin", set.Margin)))
                if (rate is not null && !Rate.TryParse(rate, out _)) return Fault($"[{i}].{key}", "procedure.data-share", rate);
            if (set.Triggers.FirstOrDefault(t => !Causes.Contains(t.Cause)) is { } wrong) return Fault($"[{i}].triggers", "procedure.data-cause", wrong.Cause, string.Join(", ", Causes));
            if (set.AheadMonths is < 0 or > 12 || set.QuietMonths is < 0 or > 36 || set.CheckWithinDays is < 1 or > 365) return Fault($"[{i}]", "procedure.data-open-days");
        }
        return all;

        static Refusal Fault(string at, string code, params object[] arguments) => new(code, new Place { File = File, Column = at }, arguments);
    }
}
