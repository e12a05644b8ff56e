using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Targeting.Rules;
using Shanhuo.Registry.Targeting.Ways;

namespace Shanhuo.Registry.Targeting.Runs;

/// <summary>Begins a rule from a document, such as a shipped one.</summary>
internal sealed record BeginRule(Guid RequestId, RuleKind Kind, string Document);

/// <summary>Keeps a draft as it is typed, faults and all.</summary>
internal sealed record SaveRule(long VersionId, int Revision, string Document);

/// <summary>Writes rules: begins, saves, copies into a new draft. By staff and officials of the county.</summary>
internal sealed class WriteRuleHandler(ShanhuoDb db, Ids ids)
{
    /// <summary>Longest document, characters.</summary>
    public const int Longest = 100_000;

    public async Task<Outcome<TargetingVersion>> Handle(BeginRule request, CancellationToken cancel)
    {
        var county = db.Scope.County;
        if (!RuleAccess.MayWrite(db.Scope)) return new Refusal("targeting.not-yours");
        if (await db.TargetingRules.SingleOrDefaultAsync(r => r.County == county && r.RequestId == request.RequestId, cancel) is { } known) return await db.TargetingVersions.SingleAsync(v => v.RuleId == known.Id && v.Number == 1, cancel);
        if (!RuleText.TryRead(request.Kind, request.Document, out var text, out var faults)) return faults[0];
        var rule = new TargetingRule { Id = ids.Next(), County = county, RequestId = request.RequestId, Kind = request.Kind, Name = text.Name.Zh, NameEn = text.Name.En };
        db.TargetingRules.Add(rule);
        var version = Draft(rule, 1, text.Json, text.Hash);
        await db.SaveChangesAsync(cancel);
        return version;
    }

    public async Task<Outcome<TargetingVersion>> Handle(SaveRule request, CancellationToken cancel)
    {
        if (await db.TargetingVersions.SingleOrDefaultAsync(v => v.Id == request.VersionId, cancel) is not { } version || !RuleAccess.MayWrite(db.Scope)) return new Refusal("targeting.gone");
        if (version.State != RuleState.Draft) return new Refusal("targeting.not-a-draft");
        if (request.Document.Length > Longest) return new Refusal("targeting.too-long", Place.Input(nameof(request.Document)), Longest);
        if (version.Revision != request.Revision) return new Refusal("targeting.raced");
        var rule = await db.TargetingRules.SingleAsync(r => r.Id == version.RuleId, cancel);
        version.Document = request.Document;
        version.Hash = null;
        if (RuleText.TryRead(rule.Kind, request.Document, out var text, out _)) (version.Document, version.Hash, rule.Name, rule.NameEn) = (text.Json, text.Hash, text.Name.Zh, text.Name.En);
        (version.WrittenByAccountId, version.Revision) = (db.Scope.AccountId, version.Revision + 1);
        return (await RuleAccess.Save(db, cancel)).Refused is { } no ? no : version;
    }

    /// <summary>A new draft with the document of an earlier version; the open one where there is one already.</summary>
    public async Task<Outcome<TargetingVersion>> Copy(long versionId, CancellationToken cancel)
    {
        if (await db.TargetingVersions.SingleOrDefaultAsync(v => v.Id == versionId, cancel) is not { } from || !RuleAccess.MayWrite(db.Scope)) return new Refusal("targeting.gone");
        if (await db.TargetingVersions.SingleOrDefaultAsync(v => v.RuleId == from.RuleId && (v.State == RuleState.Draft || v.State == RuleState.Proposed), cancel) is { } open) return open;
        var rule = await db.TargetingRules.SingleAsync(r => r.Id == from.RuleId, cancel);
        var last = await db.TargetingVersions.Where(v => v.RuleId == from.RuleId).MaxAsync(v => v.Number, cancel);
        var version = Draft(rule, last + 1, from.Document, from.Hash);
        return (await RuleAccess.Save(db, cancel)).Refused is { } no ? no : version;
    }

    private TargetingVersion Draft(TargetingRule rule, int number, string document, string? hash)
    {
        var version = new TargetingVersion { Id = ids.Next(), County = rule.County, RuleId = rule.Id, Number = number, Document = document, Hash = hash, ByAccountId = db.Scope.AccountId, WrittenByAccountId = db.Scope.AccountId };
        db.TargetingVersions.Add(version);
        return version;
    }
}

/// <summary>Who does what with rules.</summary>
internal static class RuleAccess
{
    public static bool MayWrite(Scope scope) => scope.Role is Role.CountyStaff or Role.CountyOfficial;

    public static bool MayDecide(Scope scope) => scope.Role is Role.CountyOfficial;

    /// <summary>Saves a step; of two who take it at once, the second is told to look again.</summary>
    public static async Task<Outcome<Done>> Save(ShanhuoDb db, CancellationToken cancel)
    {
        try
        {
            await db.SaveChangesAsync(cancel);
            return new Done();
        }
        catch (DbUpdateException)
        {
            db.ChangeTracker.Clear();
            return new Refusal("targeting.raced");
        }
    }
}

/// <summary>What the two kinds of documents have in common.</summary>
internal sealed record RuleText(Both Name, Both Source, string Json, string Hash)
{
    public static bool TryRead(RuleKind kind, string json, out RuleText text, out IReadOnlyList<Refusal> faults)
    {
        text = null!;
        if (kind == RuleKind.Picks)
        {
            if (!RuleReader.TryRead(json, out var rule, out faults)) return false;
            text = new(rule.Name, rule.Source, rule.Json, rule.Hash);
            return true;
        }
        if (!WaysDocument.TryRead(json, out var ways, out faults)) return false;
        text = new(ways.Name, ways.Source, ways.Json, ways.Hash);
        return true;
    }
}
