using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Households;
using Shanhuo.Registry.Organisations;

namespace Shanhuo.Registry.Contracts;

/// <summary>A household in a cooperative's list of members.</summary>
public sealed record CooperativeMember
{
    /// <summary>The household.</summary>
    public required long HouseholdId { get; init; }

    /// <summary>Its public code.</summary>
    public required string Code { get; init; }

    /// <summary>Name of its head.</summary>
    public required string HeadName { get; init; }

    /// <summary>Village.</summary>
    public required AreaCode Village { get; init; }

    /// <summary>First day as a member.</summary>
    public required DateOnly Since { get; init; }

    /// <summary>Last day, or null.</summary>
    public DateOnly? Until { get; init; }
}

/// <summary>Somebody in a household.</summary>
public sealed record MemberFact
{
    /// <summary>Row id.</summary>
    public required long Id { get; init; }

    /// <summary>The household.</summary>
    public required long HouseholdId { get; init; }

    /// <summary>Name; show only to those who serve the household.</summary>
    public required string Name { get; init; }

    /// <summary>To the head: <c>head</c>, <c>spouse</c>, <c>child</c>, <c>parent</c>, <c>grandchild</c>, <c>other</c>.</summary>
    public required string Relation { get; init; }

    /// <summary>Last day as a member, or null.</summary>
    public DateOnly? Until { get; init; }
}

/// <summary>Members: of cooperatives and of households.</summary>
public static class CooperativeMembers
{
    extension(ShanhuoDb db)
    {
        /// <summary>Everybody who is or was a member of a cooperative, wherever they live: its books must hold all of them. The caller checks that the reader may see this cooperative.</summary>
        /// <param name="organisationId">The cooperative.</param>
        public IQueryable<CooperativeMember> MembersOf(long organisationId) =>
            from m in db.Unfiltered<Membership>("a cooperative's books hold all of its members, wherever they live")
            join h in db.Unfiltered<Household>("a cooperative's books hold all of its members, wherever they live") on m.HouseholdId equals h.Id
            where m.OrganisationId == organisationId
            select new CooperativeMember { HouseholdId = h.Id, Code = h.Code, HeadName = h.HeadName, Village = h.Area, Since = m.Since, Until = m.Until };

        /// <summary>Households by id, wherever they live: whoever owes them rent or wages must be able to name them. The caller checks that the reader may see the contract or the book in which they stand.</summary>
        public IQueryable<HouseholdFact> HouseholdsOwed(IReadOnlyCollection<long> ids) =>
            db.Unfiltered<Household>("whoever owes a household rent or wages must be able to name it").Where(h => ids.Contains(h.Id))
                .Select(h => new HouseholdFact { Id = h.Id, Code = h.Code, Area = h.Area, HeadName = h.HeadName, VillageGroup = h.VillageGroup, NameConsentSince = h.NameConsentSince });

        /// <summary>People of the households in scope.</summary>
        public IQueryable<MemberFact> MemberFacts =>
            from m in db.Members
            join h in db.Households on m.HouseholdId equals h.Id
            select new MemberFact { Id = m.Id, HouseholdId = m.HouseholdId, Name = m.Name, Relation = m.Relation, Until = m.Until };
    }
}
