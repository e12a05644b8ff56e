using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Settlement.Close;

/// <summary>Whom a line of the cash book pays: a household that is owed it, a worker from elsewhere, or nobody by name.</summary>
/// <param name="Code">The household's public code, where there is one.</param>
internal sealed record CashPayee(long? HouseholdId, string? Code, string? Worker)
{
    public static CashPayee Nobody { get; } = new(null, null, null);
}

/// <summary>Finds whom wages and rent go to.</summary>
internal sealed class CashPayees(ShanhuoDb db, TimeProvider clock)
{
    private const int LongestName = 40;

    /// <summary>A member, a household of the neighbourhood, or a worker from elsewhere: exactly one of them.</summary>
    public async Task<Outcome<CashPayee>> OfWages(OrganisationFact cooperative, BookCash request, CancellationToken cancel)
    {
        var (neighbour, worker) = (Typed(request.Neighbour), Typed(request.Worker));
        var named = (request.HouseholdId is null ? 0 : 1) + (neighbour.Length == 0 ? 0 : 1) + (worker.Length == 0 ? 0 : 1);
        if (named != 1) return new Refusal(named == 0 ? "close.worker-none" : "close.worker-one", Place.Input("Household"));
        if (worker.Length > LongestName) return new Refusal("close.worker-name", Place.Input("Worker"), LongestName);
        if (worker.Length > 0) return new CashPayee(null, null, worker);
        if (request.HouseholdId is { } member)
            return await db.MembersOf(cooperative.Id).Where(m => m.HouseholdId == member).Select(m => m.Code).FirstOrDefaultAsync(cancel) is { } code ? new CashPayee(member, code, null) : new Refusal("close.no-member", Place.Input("Household"));
        var narrow = Numerals.Narrow(neighbour);
        var found = await db.HouseholdFacts.Where(h => h.Code == narrow || h.HeadName == neighbour).OrderBy(h => h.Code).Select(h => new { h.Id, h.Code }).Take(2).ToListAsync(cancel);
        return found.Count switch
        {
            0 => new Refusal("close.neighbour-none", Place.Input("Neighbour"), neighbour),
            1 => new CashPayee(found[0].Id, found[0].Code, null),
            _ => new Refusal("close.neighbour-many", Place.Input("Neighbour"), neighbour),
        };
    }

    /// <summary>A household of the lease, or nobody by name where an organisation leases the land out; refused where more would be booked than is due for that year.</summary>
    public async Task<Outcome<CashPayee>> OfRent(OrganisationFact cooperative, BookCash request, CancellationToken cancel)
    {
        if (request.AgreementId is not { } lease) return new Refusal("close.rent-choose", Place.Input("Rent"));
        var rents = await LandRent.Of(db, cooperative, clock.Today, lease, cancel);
        if (rents.Find(r => r.Year.Number == request.RentYear) is not { } rent) return new Refusal("close.rent-none", Place.Input("Rent"));
        if (request.Amount > rent.Left)
            return new Refusal("close.rent-over", Place.Input(nameof(request.Amount)), request.Amount.ToDisplay(), rent.Lease.Number, Iso(rent.Year.From), Iso(rent.Year.Until), rent.Year.Due.ToDisplay(), rent.Left.ToDisplay());
        if (rent.Parties.Count == 0) return CashPayee.Nobody;
        var party = request.HouseholdId is null && rent.Parties.Count == 1 ? rent.Parties[0] : rent.Parties.SingleOrDefault(p => p.Id == request.HouseholdId);
        return party is null ? new Refusal("close.rent-party", Place.Input("Rent"), rent.Lease.Number) : new CashPayee(party.Id, party.Code, null);
    }

    private static string Typed(string? text) => text?.Trim() ?? "";

    private static string Iso(DateOnly day) => day.ToString("o", CultureInfo.InvariantCulture);
}
