using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Organisations;

namespace Shanhuo.Registry.Contracts;

/// <summary>The station that a household turns to.</summary>
public sealed record HelpingStation
{
    /// <summary>Chinese name.</summary>
    public required string Name { get; init; }

    /// <summary>English name, or null.</summary>
    public string? NameEn { get; init; }

    /// <summary>Where it can be called; null where nobody wrote it down.</summary>
    public string? Phone { get; init; }

    /// <summary>Who runs it; null where nobody signs in for it yet.</summary>
    public string? Person { get; init; }
}

/// <summary>Whom a household asks: the station of its village, else that of its township, else the county's centre.</summary>
public sealed class HelpFor(ShanhuoDb db, CurrentScope current)
{
    /// <summary>The station of the household that is signed in; null for everybody else, and where the county has none.</summary>
    public async Task<HelpingStation?> Household(CancellationToken cancel)
    {
        if (current.Scope is not { HouseholdId: not null, Area: var home }) return null;
        var (township, county) = (home.At(AreaLevel.Township), home.County);
        var found = await db.Unfiltered<Organisation>("names and telephones of stations are public")
            .Where(o => (o.Area == home || o.Area == township || o.Area == county) && o.Until == null)
            .Where(o => (o.Kind == OrganisationKind.VillageStation && o.Area == home) || (o.Kind == OrganisationKind.TownshipStation && o.Area == township) || (o.Kind == OrganisationKind.Centre && o.Area == county))
            .OrderByDescending(o => o.Area).Select(o => new { o.Id, o.Name, o.NameEn, o.Phone }).FirstOrDefaultAsync(cancel);
        if (found is null) return null;
        var person = await db.Accounts.Where(a => a.OrganisationId == found.Id && a.Role == Role.Station).OrderBy(a => a.Id).Select(a => a.DisplayName).FirstOrDefaultAsync(cancel);
        return new HelpingStation { Name = found.Name, NameEn = found.NameEn, Phone = found.Phone, Person = person };
    }
}
