using Shanhuo.Kernel;
using Shanhuo.Registry.Households;

namespace Shanhuo.Registry.Contracts;

/// <summary>The public code of a household and nothing else of it.</summary>
public sealed record HouseholdCode
{
    /// <summary>Row id.</summary>
    public required long Id { get; init; }

    /// <summary>Owner of the ledger account <c>household/CODE</c>.</summary>
    public required string Code { get; init; }
}

/// <summary>From when to when a household was registered as poor or monitored.</summary>
public sealed record PoorSpell
{
    /// <summary>The household.</summary>
    public required long HouseholdId { get; init; }

    /// <summary>First day.</summary>
    public required DateOnly Since { get; init; }

    /// <summary>Last day, or null.</summary>
    public DateOnly? Until { get; init; }
}

/// <summary>What settlement must know of every household of a lot, whoever asked for the sale to be settled.</summary>
public static class PublicCodes
{
    extension(ShanhuoDb db)
    {
        /// <summary>The public codes of all households.</summary>
        public IQueryable<HouseholdCode> HouseholdCodes => db.Unfiltered<Household>("a pool pays all its growers; codes name nobody").Select(h => new HouseholdCode { Id = h.Id, Code = h.Code });

        /// <summary>When households were registered as poor or monitored. For the rule of a scheme only, never to be shown.</summary>
        public IQueryable<PoorSpell> PoorSpells => db.Unfiltered<HouseholdStatus>("whether a step with poor applies to a lot does not depend on who asks")
            .Where(s => s.Status == "registered" || s.Status == "monitored").Select(s => new PoorSpell { HouseholdId = s.HouseholdId, Since = s.Since, Until = s.Until });
    }
}
