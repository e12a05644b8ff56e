using Shanhuo.Kernel;

namespace Shanhuo.Market.Lots;

/// <summary>Which lots somebody meets.</summary>
internal static class LotQueries
{
    extension(ShanhuoDb db)
    {
        /// <summary>A station: what it keeps. A cooperative: what it sells. Others: those of their area.</summary>
        public IQueryable<Lot> MyLots => db.Scope switch
        {
            { HouseholdId: not null } => db.Lots.Where(l => false),
            { Role: Role.Station, OrganisationId: { } station } => db.Lots.Where(l => l.PlaceId == station),
            { Role: Role.Cooperative, OrganisationId: { } cooperative } => db.Lots.Where(l => l.CooperativeId == cooperative),
            _ => db.Lots,
        };
    }
}
