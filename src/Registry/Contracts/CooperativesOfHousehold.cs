using Shanhuo.Kernel;
using Shanhuo.Registry.Organisations;

namespace Shanhuo.Registry.Contracts;

/// <summary>Which cooperatives may sell a household's goods.</summary>
public static class CooperativesOfHousehold
{
    extension(ShanhuoDb db)
    {
        /// <summary>Ids of the cooperatives that the household is a member of on a day. The caller has made sure that the reader serves this household.</summary>
        public IQueryable<long> CooperativesOf(long householdId, DateOnly day) =>
            db.Unfiltered<Membership>("the station that takes in a household's goods must know which cooperative sells them")
                .Where(m => m.HouseholdId == householdId && m.Since <= day && (m.Until == null || m.Until >= day)).Select(m => m.OrganisationId);
    }
}
