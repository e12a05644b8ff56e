using System.Text.Json;
using System.Text.Json.Serialization;
using Shanhuo.Kernel;

namespace Shanhuo.Registry.Procedure;

/// <summary>Reads and checks <c>data/policies</c>: each fault with its file, the path in it and what to do.</summary>
internal static class PolicyReader
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };
    private static readonly string[] Levels = ["household", "village", "township", "county", "prefecture", "province"];
    private static readonly string[] Statuses = ["registered", "exited", "monitored"];

    /// <summary>The folder beside the program.</summary>
    public static string Folder => Path.Combine(AppContext.BaseDirectory, "data", "policies");

    /// <summary>Reads <c>period-*.json</c>, <c>lines.json</c> and <c>measures.json</c>.</summary>
    public static Outcome<Policies> Read(string folder)
    {
        var periods = new List<PolicyPeriod>();
        foreach (var file in Directory.EnumerateFiles(folder, "period-*.json").Order(StringComparer.Ordinal))
        {
            if (!Parse<PolicyPeriod>(file).Ok(out var period, out var no)) return no;
            if (Check(Path.GetFileName(file), period) is { } fault) return fault;
            periods.Add(period);
        }
        if (periods.Count == 0) return new Refusal("procedure.data-none", new Place { File = folder });
        if (periods.GroupBy(p => p.Key).FirstOrDefault(g => g.Count() > 1) is { } twice) return new Refusal("procedure.data-twice", new Place { File = folder, Column = "key" }, twice.Key);
        foreach (var day in periods.Select(p => p.From).Concat(periods.SelectMany(p => p.Kinds.Select(k => k.From ?? p.From))))
            if (periods.SelectMany(p => p.Kinds.Where(k => p.Holds(k, day))).GroupBy(k => k.Key).FirstOrDefault(g => g.Count() > 1) is { } both)
                return new Refusal("procedure.data-overlap", new Place { File = folder, Column = "kinds" }, both.Key, day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        if (!Parse<List<IncomeLine>>(Path.Combine(folder, "lines.json")).Ok(out var lines, out var noLines)) return noLines;
        for (var i = 0; i < lines.Count; i++)
            if (lines[i].Line is not ("poverty" or "monitoring") || lines[i].Yuan <= 0) return Fault("lines.json", $"[{i}]", "procedure.data-line", lines[i].Line);
        if (!Parse<List<MeasureKind>>(Path.Combine(folder, "measures.json")).Ok(out var measures, out var noMeasures)) return noMeasures;
        return new Policies(periods, lines, measures);
    }

    /// <summary>A file of the folder as it stands; a fault of its form is refused with its path.</summary>
    public static Outcome<T> Parse<T>(string file) where T : class
    {
        var name = Path.GetFileName(file);
        try
        {
            using var content = File.OpenRead(file);
            return JsonSerializer.Deserialize<T>(content, Options) is { } read ? read : new Refusal("procedure.data-form", new Place { File = name }, "null");
        }
        catch (FileNotFoundException) { return new Refusal("procedure.data-missing", new Place { File = name }); }
        catch (JsonException wrong) { return new Refusal("procedure.data-form", new Place { File = name, Row = (int?)wrong.LineNumber + 1, Column = wrong.Path }, wrong.Message); }
    }

    private static Refusal? Check(string file, PolicyPeriod period)
    {
        if (period.Until < period.From) return Fault(file, "until", "procedure.data-days", period.From, period.Until!);
        if (BallotRule.ShareOf(period.Ballot.Quorum) is null) return Fault(file, "ballot.quorum", "procedure.data-share", period.Ballot.Quorum);
        if (BallotRule.ShareOf(period.Ballot.Majority) is null) return Fault(file, "ballot.majority", "procedure.data-share", period.Ballot.Majority);
        if (Who(period.ObjectionsBy) is { } wrongWho) return Fault(file, "objectionsBy", "procedure.data-who", wrongWho);
        for (var k = 0; k < period.Kinds.Count; k++)
            if (Check(file, $"kinds[{k}]", period.Kinds[k]) is { } fault) return fault;
        return null;
    }

    private static Refusal? Check(string file, string at, KindRule kind)
    {
        if (kind.Subject is not ("household" or "village" or "county")) return Fault(file, at + ".subject", "procedure.data-subject", kind.Subject);
        if (kind.Steps.Count < 2) return Fault(file, at + ".steps", "procedure.data-steps");
        if (kind.IncomeLine is not (null or "poverty" or "monitoring")) return Fault(file, at + ".incomeLine", "procedure.data-line", kind.IncomeLine);
        if (kind.IncidenceAtMost is { } most && !Rate.TryParse(most, out _)) return Fault(file, at + ".incidenceAtMost", "procedure.data-share", most);
        foreach (var status in kind.NotStatus.Append(kind.NeedsStatus).Append(kind.Result.Status).Concat(kind.Result.Ends ?? []).OfType<string>())
            if (!Statuses.Contains(status)) return Fault(file, at + ".result", "procedure.data-status", status, string.Join(", ", Statuses));
        for (var s = 0; s < kind.Steps.Count; s++)
        {
            var (step, place) = (kind.Steps[s], $"{at}.steps[{s}]");
            if (kind.Steps.Count(other => other.Key == step.Key) > 1 || step.Key == "objection") return Fault(file, place + ".key", "procedure.data-twice", step.Key);
            if (step.Who.Count == 0 || Who(step.Who) is not null) return Fault(file, place + ".who", "procedure.data-who", Who(step.Who) ?? "");
            if (step.Needs.FirstOrDefault(n => !StepRule.AllNeeds.Contains(n)) is { } need) return Fault(file, place + ".needs", "procedure.data-need", need, string.Join(", ", StepRule.AllNeeds));
            if (step.OpenDays is < 1 or > 365 || step.WithinDays is < 1 or > 3650) return Fault(file, place, "procedure.data-open-days");
            // The step after a notice is the first that its window holds back: there must be one.
            if (step.OpenDays is not null && s == kind.Steps.Count - 1) return Fault(file, place + ".openDays", "procedure.data-last-notice");
            if (step.Wants("incidence") && kind.IncidenceAtMost is null) return Fault(file, place + ".needs", "procedure.data-incidence");
        }
        var keys = kind.Steps.Select(s => s.Key).Append("objection").ToList();
        for (var i = 0; i < kind.Incompatible.Count; i++)
            if (kind.Incompatible[i].Count != 2 || kind.Incompatible[i].Any(key => !keys.Contains(key)) || kind.Incompatible[i][0] == kind.Incompatible[i][1])
                return Fault(file, $"{at}.incompatible[{i}]", "procedure.data-pair", string.Join(", ", kind.Incompatible[i]), string.Join(", ", keys));
        return null;
    }

    private static string? Who(IEnumerable<StepWho> all) => all.FirstOrDefault(w => !Role.All.Contains(w.Role) || !Levels.Contains(w.Level)) is { } wrong ? $"{wrong.Role}, {wrong.Level}" : null;

    private static Refusal Fault(string file, string path, string code, params object[] arguments) => new(code, new Place { File = file, Column = path }, arguments);
}
