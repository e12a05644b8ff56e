using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Settlement.Schemes;

internal sealed class IndexPage(ShanhuoDb db, Say say) : PageModel
{
    public List<Row> Rows { get; private set; } = [];
    public bool MayBegin => db.Scope.Role is Role.CountyStaff or Role.Cooperative;

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var schemes = await SchemeAccess.Readable(db).AsNoTracking().OrderBy(s => s.CooperativeId != null).ThenBy(s => s.Code).Take(200).ToListAsync(cancel);
        var ids = schemes.Select(s => s.Id).ToList();
        var versions = await db.SchemeVersions.AsNoTracking().Where(v => ids.Contains(v.SchemeId) && v.State != SchemeState.Refused).ToListAsync(cancel);
        var names = await SchemeNames.Cooperatives(db, schemes.Select(s => s.CooperativeId), say, cancel);
        Rows = [.. schemes.Select(s => new Row(s, SchemeNames.Whom(s, names, say), SchemeNames.Channel(s, say),
            versions.Where(v => v.SchemeId == s.Id && v.State == SchemeState.Adopted).MaxBy(v => v.Number),
            versions.Where(v => v.SchemeId == s.Id && v.State != SchemeState.Adopted).OrderByDescending(v => v.State).ThenByDescending(v => v.Number).FirstOrDefault()))];
    }

    internal sealed record Row(SchemeRecord Scheme, string Whom, string Channel, SchemeVersion? Version, SchemeVersion? Open);
}

/// <summary>For whom and which channel a scheme is meant, in words.</summary>
internal static class SchemeNames
{
    public static async Task<Dictionary<long, string>> Cooperatives(ShanhuoDb db, IEnumerable<long?> ids, Say say, CancellationToken cancel)
    {
        var wanted = ids.Where(id => id is not null).Select(id => id!.Value).Distinct().ToList();
        return await db.OrganisationFacts.Where(o => wanted.Contains(o.Id)).ToDictionaryAsync(o => o.Id, o => o.NameIn(say.Language), cancel);
    }

    public static string Whom(SchemeRecord scheme, IReadOnlyDictionary<long, string> cooperatives, Say say) =>
        scheme.CooperativeId is { } id ? cooperatives.GetValueOrDefault(id, "") : say["scheme.for-county"];

    public static string Channel(SchemeRecord scheme, Say say) => scheme.Channel is { } channel ? say["scheme.for-channel", Sentences.Channel(channel, say)] : say["scheme.for-all-channels"];
}
