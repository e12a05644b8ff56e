using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Orders;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.AfterSales;

/// <summary>A claim in a list.</summary>
internal sealed record ClaimRow(BuyerClaim Claim, string Number, Fen Asked);

/// <summary>A claim with all that belongs to it.</summary>
/// <param name="Lines">With their names.</param>
/// <param name="Photos">Their numbers.</param>
internal sealed record ClaimView(BuyerClaim Claim, Order Order, IReadOnlyList<(ClaimLine Claimed, LineRow Line)> Lines, IReadOnlyList<ClaimStep> Steps, IReadOnlyList<int> Photos)
{
    public Fen Asked => new(Lines.Sum(l => l.Claimed.Asked.Value));
}

/// <summary>The claims of this person: of the own area, and of an organisation its own.</summary>
internal sealed class ClaimBook(ShanhuoDb db)
{
    /// <summary>Claims in one list.</summary>
    public const int Most = 100;

    /// <summary>Those of this person.</summary>
    public IQueryable<BuyerClaim> Mine
    {
        get
        {
            var (county, own) = (db.Scope.County, db.Scope.OrganisationId);
            return db.BuyerClaims.Where(c => c.County == county && (own == null || c.SellerId == own || c.StationId == own));
        }
    }

    /// <summary>Those in a state, the most urgent first.</summary>
    public async Task<List<ClaimRow>> List(ClaimState state, CancellationToken cancel)
    {
        var rows = await (from c in Mine.AsNoTracking() where c.State == state join o in db.Orders on new { c.County, Id = c.OrderId } equals new { o.County, o.Id } orderby c.DecideBy, c.Id select new { c, o.Number }).Take(Most).ToListAsync(cancel);
        var (county, ids) = (db.Scope.County, rows.Select(r => r.c.Id).ToList());
        var sums = ids.Count == 0 ? [] : await db.ClaimLines.Where(l => l.County == county && ids.Contains(l.ClaimId)).GroupBy(l => l.ClaimId).Select(g => new { g.Key, Sum = g.Sum(l => (long)l.Asked) }).ToDictionaryAsync(g => g.Key, g => g.Sum, cancel);
        return rows.ConvertAll(r => new ClaimRow(r.c, r.Number, new Fen(sums.GetValueOrDefault(r.c.Id))));
    }

    /// <summary>One of them; null: it is not this person's.</summary>
    public async Task<ClaimView?> One(long claimId, CancellationToken cancel)
    {
        if (await Mine.AsNoTracking().SingleOrDefaultAsync(c => c.Id == claimId, cancel) is not { } claim) return null;
        return await db.Orders.AsNoTracking().SingleOrDefaultAsync(o => o.County == claim.County && o.Id == claim.OrderId, cancel) is { } order ? await View(claim, order, cancel) : null;
    }

    /// <summary>All of an order, the newest first.</summary>
    public async Task<List<ClaimView>> Of(Order order, CancellationToken cancel)
    {
        var views = new List<ClaimView>();
        foreach (var claim in await db.BuyerClaims.AsNoTracking().Where(c => c.County == order.County && c.OrderId == order.Id).OrderByDescending(c => c.Id).ToListAsync(cancel)) views.Add(await View(claim, order, cancel));
        return views;
    }

    private async Task<ClaimView> View(BuyerClaim claim, Order order, CancellationToken cancel)
    {
        var claimed = await db.ClaimLines.AsNoTracking().Where(l => l.County == claim.County && l.ClaimId == claim.Id).ToListAsync(cancel);
        var lines = (await db.LinesOf(order, cancel)).ToDictionary(l => l.Line.Id);
        var steps = await db.ClaimSteps.AsNoTracking().Where(s => s.County == claim.County && s.ClaimId == claim.Id).OrderBy(s => s.Id).ToListAsync(cancel);
        var photos = await db.ClaimPhotos.Where(p => p.County == claim.County && p.ClaimId == claim.Id).OrderBy(p => p.Number).Select(p => p.Number).ToListAsync(cancel);
        return new ClaimView(claim, order, [.. claimed.OrderBy(l => lines[l.LineId].Line.Number).Select(l => (l, lines[l.LineId]))], steps, photos);
    }
}

/// <summary>Shows a buyer's photo to those who decide; each look is on record.</summary>
internal static class ClaimPhotos
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/market/claims/photo/{id:long}/{number:int}", Show).WithMetadata(new AudienceAttribute(Role.Station, Role.Cooperative, Role.CountyStaff, Role.CountyOfficial));

    private static async Task<IResult> Show(long id, int number, ClaimBook book, ShanhuoDb db, Ids ids, TimeProvider clock, Secrets secrets, HttpContext http, CancellationToken cancel)
    {
        if (!await book.Mine.AnyAsync(c => c.Id == id, cancel) || await db.ClaimPhotos.AsNoTracking().SingleOrDefaultAsync(p => p.County == db.Scope.County && p.ClaimId == id && p.Number == number, cancel) is not { } photo) return Results.NotFound();
        db.Record(ids, clock, "look", "claim-photo", 0, reason: id.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await db.SaveChangesAsync(cancel);
        return KeptFile.Show(http, secrets.RevealFile(photo.Hidden, ClaimPhoto.Binding(id, number)), photo.ContentType);
    }
}
