using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;
using Shanhuo.Registry.Households;

namespace Shanhuo.Registry.Procedure;

/// <summary>Between rows and the pure rule: reads a case, writes a step with all that follows from it. Saves nothing itself.</summary>
internal sealed class CaseBook(ShanhuoDb db, Ids ids, TimeProvider clock, Policies policies)
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Converters = { new FenNumber() },
    };

    /// <summary>A case as the rule sees it.</summary>
    public async Task<CaseView> View(Case row, CancellationToken cancel)
    {
        var steps = await db.CaseSteps.Where(s => s.CaseId == row.Id).OrderBy(s => s.Number).Select(s => new StepTaken(s.Step, s.ByAccountId, s.Day)).ToListAsync(cancel);
        var objections = await db.Objections.Where(o => o.CaseId == row.Id).OrderBy(o => o.Id).Select(o => new ObjectionView(o.Id, o.ByAccountId, o.End, o.DecidedBy)).ToListAsync(cancel);
        return new CaseView { Rule = policies.Of(row.Policy, row.Kind), Area = row.Area, HouseholdId = row.HouseholdId, Opened = row.OpenedDay, Steps = steps, Objections = objections, End = row.End };
    }

    /// <summary>The act of the one who asks, with the income line of today.</summary>
    public StepAct Act(CaseView view, string step, bool passes, Evidence evidence) =>
        new(step, passes, Actor.Of(db.Scope), clock.Today, evidence, view.Rule.Kind.IncomeLine is { } line ? policies.Line(line, clock.Today)?.Amount : null);

    /// <summary>Writes the step that the rule let pass: its row, the notice if it is one, the statuses if it is the last, the record in the trail.</summary>
    public async Task Write(Case row, CaseView before, CaseView after, StepAct act, Guid requestId, CancellationToken cancel)
    {
        var step = before.Next!;
        db.CaseSteps.Add(new CaseStep
        {
            Id = ids.Next(), RequestId = requestId, CaseId = row.Id, Area = row.Area, HouseholdId = row.HouseholdId, Number = after.Steps.Count, Step = step.Key, Passed = act.Passes,
            ByAccountId = act.By.AccountId, Role = act.By.Role, Day = act.Day, AtMs = clock.NowMs, Evidence = JsonSerializer.Serialize(act.Evidence, Json),
        });
        if (act.Passes && step.OpenDays is { } days) db.Notices.Add(await NoticeOf(row, step, act.Day, act.Day.AddDays(days), cancel));
        await Follow(row, after, act.Day, cancel);
        db.Record(ids, clock, "decision", act.Passes ? "case-step" : "case-refused", row.HouseholdId, fields: $"{row.Kind}.{step.Key}");
    }

    /// <summary>Brings the row of a case up to how it stands, with what its end brings.</summary>
    public async Task Follow(Case row, CaseView after, DateOnly day, CancellationToken cancel)
    {
        (row.StepsTaken, row.End, row.Revision) = (after.Steps.Count, after.End, row.Revision + 1);
        (row.NextStep, row.NextRoles) = (after.Next?.Key, after.Next is { } next ? $",{string.Join(',', next.Who.Select(w => w.Role).Distinct())}," : null);
        row.NextFrom = after.Next is null ? null : after.NextFrom;
        row.NextDue = after.Next?.WithinDays is { } within ? row.OpenedDay.AddDays(within) : null;
        if (after.End == CaseEnd.None) return;
        row.EndedDay = day;
        foreach (var notice in await db.Notices.Where(n => n.CaseId == row.Id && n.LastDay >= day).ToListAsync(cancel)) notice.LastDay = day.AddDays(-1);
        if (after.End == CaseEnd.Approved) await Result(row, after.Rule.Kind.Result, day, cancel);
    }

    private async Task Result(Case row, CaseResult result, DateOnly day, CancellationToken cancel)
    {
        if (result.AreaStatus is { } area) db.AreaStatuses.Add(new AreaStatus { Id = ids.Next(), Area = row.Area, Status = area, Since = day, CaseId = row.Id });
        if (row.HouseholdId == 0) return;
        var ends = result.Ends ?? [];
        foreach (var status in await db.HouseholdStatuses.Where(s => s.HouseholdId == row.HouseholdId && s.Until == null && ends.Contains(s.Status)).ToListAsync(cancel))
            status.Until = status.Since < day ? day.AddDays(-1) : status.Since;
        if (result.Status is { } begins) db.HouseholdStatuses.Add(new HouseholdStatus { Id = ids.Next(), HouseholdId = row.HouseholdId, Status = begins, Category = row.Category, Since = day });
    }

    private async Task<Notice> NoticeOf(Case row, StepRule step, DateOnly posted, DateOnly last, CancellationToken cancel)
    {
        (string Name, string? Group, int? BirthYear)? named = row.HouseholdId == 0 ? null : await Name(row.HouseholdId, cancel);
        return new Notice
        {
            Id = ids.Next(), Code = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(10)), CaseId = row.Id, Area = row.Area, Policy = row.Policy, Kind = row.Kind, Step = step.Key,
            Name = named?.Name, VillageGroup = named?.Group, BirthYear = named?.BirthYear, PostedDay = posted, LastDay = last,
        };
    }

    private async Task<(string Name, string? Group, int? BirthYear)> Name(long householdId, CancellationToken cancel)
    {
        var home = await db.Households.AsNoTracking().SingleAsync(h => h.Id == householdId, cancel);
        var born = await db.Members.Where(m => m.HouseholdId == householdId && m.Relation == "head" && m.Until == null).Select(m => m.BirthYear).FirstOrDefaultAsync(cancel);
        // A head who is a child is not named: the law protects children's data before it wants them published.
        var name = born > clock.Today.Year - 18 ? NoticeWords.Hidden(home.HeadName) : home.HeadName;
        var others = await db.Households.Where(h => h.Area == home.Area && h.Id != home.Id && h.HeadName == home.HeadName && h.Until == null).Select(h => h.VillageGroup).ToListAsync(cancel);
        var told = others.Count == 0 || (home.VillageGroup is { } group && others.All(g => g is not null && g != group));
        return (name, home.VillageGroup, told || name != home.HeadName ? null : born);
    }

    /// <summary>Money in evidence is whole fen.</summary>
    private sealed class FenNumber : System.Text.Json.Serialization.JsonConverter<Fen>
    {
        public override Fen Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetInt64());

        public override void Write(Utf8JsonWriter writer, Fen value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Value);
    }
}

/// <summary>How notices name people.</summary>
internal static class NoticeWords
{
    /// <summary>The family name only: 马某.</summary>
    public static string Hidden(string name) => name.Length == 0 ? "某" : name[..1] + "某";
}
