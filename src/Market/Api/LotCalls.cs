using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Lots;

namespace Shanhuo.Market.Api;

/// <summary>The story of a lot, and the totals of the asker's own lots. Both hold what the trace page shows to anybody; no household, no line.</summary>
internal static class LotCalls
{
    public static async Task<IResult> Trace(string code, HttpContext http, ITellOfLots lots, Say say, CancellationToken cancel) =>
        await lots.Story(code, say.Language, cancel) is { } story ? ApiJson.Ok(story) : ApiProblem.Refuse(http, new Refusal("api.unknown"));

    public static async Task<IResult> Statement(string? cursor, string? limit, HttpContext http, ShanhuoDb db, ITellOfLots lots, CancellationToken cancel)
    {
        if (!ApiPage.Read(cursor, limit).Ok(out var page, out var no)) return ApiProblem.Refuse(http, no);
        var (county, own) = (db.Scope.County, db.Scope.OrganisationId);
        var ids = await db.Unfiltered<Lot>("own lots lie at whatever station keeps them").Where(l => l.County == county && (l.CooperativeId == own || l.EnterpriseId == own || (l.CooperativeId == null && l.EnterpriseId == null && l.PlaceId == own)) && l.Id < page.Before)
            .OrderByDescending(l => l.Id).Select(l => l.Id).Take(page.Limit + 1).ToListAsync(cancel);
        var next = page.Cut(ids, id => id);
        return ApiJson.Ok(new StatementAnswer(ids.Count == 0 ? [] : await lots.Totals(county, ids, cancel), next));
    }
}
