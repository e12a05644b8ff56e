using Shanhuo.Kernel;

namespace Shanhuo.Registry.Contracts;

/// <summary>Somebody looked at a household's private part.</summary>
public sealed record LookFact
{
    /// <summary>Row id; later looks have larger ones.</summary>
    public required long Id { get; init; }

    /// <summary>Name of the account that looked.</summary>
    public required string By { get; init; }

    /// <summary>Its role then.</summary>
    public required string Role { get; init; }

    /// <summary>Which part, such as <c>statement</c>; never the value.</summary>
    public required string What { get; init; }

    /// <summary>Why, where a reason was asked for.</summary>
    public string? Reason { get; init; }

    /// <summary>Milliseconds since 1970 UTC.</summary>
    public required long AtMs { get; init; }

    /// <summary>The same in China's local time.</summary>
    public DateTime At => Clock.ToChina(AtMs);
}

/// <summary>Who looked at whom.</summary>
public static class LookFacts
{
    extension(ShanhuoDb db)
    {
        /// <summary>Looks at one household by others; the reader's scope filters them.</summary>
        public IQueryable<LookFact> LooksAt(long householdId) =>
            from look in db.Trail
            where look.HouseholdId == householdId && (look.Kind == "look" || look.Kind == "reveal" || look.Kind == "export")
            join a in db.Accounts on look.AccountId equals a.Id into accounts
            from account in accounts.DefaultIfEmpty()
            select new LookFact { Id = look.Id, By = account.DisplayName ?? "", Role = look.Role, What = look.What, Reason = look.Reason, AtMs = look.AtMs };
    }
}
