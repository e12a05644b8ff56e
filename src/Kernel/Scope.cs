namespace Shanhuo.Kernel;

/// <summary>The roles a person can have. Their names stand in the grants table and in each endpoint's <see cref="AudienceAttribute"/>.</summary>
public static class Role
{
    /// <summary>A member of a household: sees the own household only.</summary>
    public const string Household = "household";

    /// <summary>Operator of a station or centre (站长): takes in goods, sells, pays cash.</summary>
    public const string Station = "station";

    /// <summary>Manager of a cooperative or of another selling organisation.</summary>
    public const string Cooperative = "cooperative";

    /// <summary>Village cadre (村干部): knows the households of the village, asks for changes, holds the villagers' evaluation, checks warnings on the spot.</summary>
    public const string VillageCadre = "village-cadre";

    /// <summary>Official of the township (乡镇干部): reviews what the villages propose.</summary>
    public const string TownshipOfficial = "township-official";

    /// <summary>Staff of the county centre: orders, files, settlement, pay-outs.</summary>
    public const string CountyStaff = "county-staff";

    /// <summary>Official of the county: sees, approves as the second person.</summary>
    public const string CountyOfficial = "county-official";

    /// <summary>Official of the province: sees totals of its counties.</summary>
    public const string ProvinceOfficial = "province-official";

    /// <summary>Auditor: reads everything in the area, writes nothing.</summary>
    public const string Auditor = "auditor";

    /// <summary>Operator of the installation: accounts, backups, health; no household data.</summary>
    public const string Operator = "operator";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Household, Station, Cooperative, VillageCadre, TownshipOfficial, CountyStaff, CountyOfficial, ProvinceOfficial, Auditor, Operator];
}

/// <summary>Who is asking, and which part of the country, which organisation and which household this person may see. Filters of <see cref="ShanhuoDb"/> read it; nothing else decides about areas.</summary>
public sealed class Scope
{
    /// <summary>The program itself: jobs, command line, tests. Sees everything.</summary>
    public static Scope Everything { get; } = new() { Area = AreaCode.Country };

    /// <summary>Nobody signed in: sees no row that belongs to an area; public pages name what they show.</summary>
    public static Scope Nobody { get; } = new() { Area = new AreaCode(-1) };

    /// <summary>The signed-in account; 0 for the program itself and for nobody.</summary>
    public long AccountId { get; init; }

    /// <summary>Name to show; empty when nobody is signed in.</summary>
    public string Name { get; init; } = "";

    /// <summary>One of <see cref="Role"/>; empty for nobody and for the program.</summary>
    public string Role { get; init; } = "";

    /// <summary>The area whose rows are seen: village to country.</summary>
    public required AreaCode Area { get; init; }

    /// <summary>Where set, only this organisation's rows are seen (stations, cooperatives, enterprises).</summary>
    public long? OrganisationId { get; init; }

    /// <summary>Where set, only this household's rows are seen.</summary>
    public long? HouseholdId { get; init; }

    /// <summary>First area code seen.</summary>
    public AreaCode FirstArea => Area;

    /// <summary>Last area code seen; below the first for nobody.</summary>
    public AreaCode LastArea => Area.Value < 0 ? new AreaCode(-2) : Area.Last;

    /// <summary>The county of the area.</summary>
    public AreaCode County => Area.County;

    /// <summary>First county whose county-keyed rows (ledger, orders) are seen.</summary>
    public AreaCode FirstCounty => Area.Value < 0 ? Area : Area.Level > AreaLevel.County ? Area.County : Area;
}

/// <summary>Holds the scope of the current request or job; set once, before the database is first used.</summary>
public sealed class CurrentScope
{
    /// <summary>Nobody until somebody is known.</summary>
    public Scope Scope { get; set; } = Scope.Nobody;
}

/// <summary>A row that lies in an area and is seen only by those whose area contains it.</summary>
public interface IInArea
{
    /// <summary>Usually the village or the seat of a station.</summary>
    AreaCode Area { get; }
}

/// <summary>A row of a high-volume table whose key begins with its county.</summary>
public interface IInCounty
{
    /// <summary>The county, with six zeros behind.</summary>
    AreaCode County { get; }
}

/// <summary>A row of one household, seen by that household and by those who serve its area.</summary>
public interface IOfHousehold
{
    /// <summary>The household.</summary>
    long HouseholdId { get; }
}

/// <summary>A row of one organisation, seen by its own people and by those above.</summary>
public interface IOfOrganisation
{
    /// <summary>The organisation.</summary>
    long OrganisationId { get; }
}
