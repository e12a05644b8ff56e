using Shanhuo.Kernel;
using Shanhuo.Market.Agreements;

namespace Shanhuo.Market.Contracts;

/// <summary>A land lease (土地流转) as whoever pays its rent sees it.</summary>
public sealed record LandLeaseFact
{
    /// <summary>County.</summary>
    public required AreaCode County { get; init; }

    /// <summary>Row id of the agreement.</summary>
    public required long Id { get; init; }

    /// <summary>Number on the paper.</summary>
    public required string Number { get; init; }

    /// <summary>The organisation that leases the land and owes the rent.</summary>
    public required long LesseeId { get; init; }

    /// <summary>Leased land in hundredths of a mu, above zero.</summary>
    public required long LandMuHundredths { get; init; }

    /// <summary>Rent per mu and year, above zero.</summary>
    public required Fen RentPerMu { get; init; }

    /// <summary>First day.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Last day of the term.</summary>
    public required DateOnly Until { get; init; }

    /// <summary>Day on which it ended before its term, or null.</summary>
    public DateOnly? EndedDay { get; init; }
}

/// <summary>A household whose land is leased.</summary>
public sealed record LeasePartyFact
{
    /// <summary>The agreement.</summary>
    public required long AgreementId { get; init; }

    /// <summary>The household.</summary>
    public required long HouseholdId { get; init; }
}

/// <summary>The land leases, to be read by those who pay rent.</summary>
public static class LandLeases
{
    extension(ShanhuoDb db)
    {
        /// <summary>Land leases in scope. The caller asks for those of a lessee whose books the reader may see.</summary>
        public IQueryable<LandLeaseFact> LandLeaseFacts => db.Agreements.Where(a => a.Kind == AgreementKind.LandLease)
            .Select(a => new LandLeaseFact { County = a.County, Id = a.Id, Number = a.Number, LesseeId = a.FirstOrganisationId, LandMuHundredths = a.LandMuHundredths, RentPerMu = a.RentPerMu, From = a.From, Until = a.Until, EndedDay = a.EndedDay });

        /// <summary>Households whose land is leased; a lease from an organisation alone has none.</summary>
        public IQueryable<LeasePartyFact> LeasePartyFacts => db.AgreementHouseholds.Select(h => new LeasePartyFact { AgreementId = h.AgreementId, HouseholdId = h.HouseholdId });
    }
}
