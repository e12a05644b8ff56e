using Shanhuo.Kernel;

namespace Shanhuo.Market.Intakes;

/// <summary>Which intakes somebody meets.</summary>
internal static class IntakeQueries
{
    extension(ShanhuoDb db)
    {
        /// <summary>A household: its own, at whatever station it handed in. A station: those of its own door. Others: those of their area.</summary>
        public IQueryable<Intake> IntakesForMe =>
            db.Scope switch
            {
                { HouseholdId: { } own, County: var county } => db.Unfiltered<Intake>("a household may hand in at a station outside its own village").Where(i => i.County == county && i.HouseholdId == own),
                { Role: Role.Station, OrganisationId: { } station } => db.IntakesOfCounty.Where(i => i.StationId == station),
                { Role: Role.Cooperative, OrganisationId: { } cooperative } => db.IntakesOfCounty.Where(i => i.CooperativeId == cooperative || i.BuyerOrganisationId == cooperative),
                _ => db.IntakesOfCounty,
            };

        // Named, where there is one: every index begins with it.
        private IQueryable<Intake> IntakesOfCounty => db.Scope is { Area.Level: >= AreaLevel.County, County: var county } ? db.Intakes.Where(i => i.County == county) : db.Intakes;
    }
}
