using System.Text;

namespace Shanhuo.Settlement.Schemes;

/// <summary>Who can receive or put in money on a line. Members stand in ordinal order of their names in files, and so in the order of postings.</summary>
/// <remarks>No name is the beginning of another, so accounts (role, or role/owner) sort as their roles do. On one line a role has one account.</remarks>
internal enum SchemeRole : byte
{
    /// <summary>Who paid; no scheme can name it.</summary>
    Buyer,
    Carrier,
    Centre,
    Collective,
    Cooperative,
    Enterprise,
    Growers,
    Host,
    IntakeStation,
    Packaging,
    Platform,
    Processing,
    Programme,
    Promotion,
    RiskFund,
    Station,
    Tax,
    VillageFund,
    Workers,
}

/// <summary>Names and rights of the roles.</summary>
internal static class Roles
{
    /// <summary>How many roles there are, the buyer included; the length of every list with one entry per role.</summary>
    public const int Count = (int)SchemeRole.Workers + 1;

    private static readonly string[] Names =
    [
        "buyer", "carrier", "centre", "collective", "cooperative", "enterprise", "growers", "host", "intake-station", "packaging",
        "platform", "processing", "programme", "promotion", "risk-fund", "station", "tax", "village-fund", "workers",
    ];

    private static readonly byte[][] Utf8Names = Array.ConvertAll(Names, Encoding.UTF8.GetBytes);

    /// <summary>The name in schemes and files: <c>village-fund</c>.</summary>
    public static string Name(this SchemeRole role) => Names[(int)role];

    /// <summary>The same as UTF-8.</summary>
    public static ReadOnlySpan<byte> Utf8Name(this SchemeRole role) => Utf8Names[(int)role];

    /// <summary>The roles that a scheme may name, by name.</summary>
    public static IEnumerable<SchemeRole> All => Enum.GetValues<SchemeRole>().Where(role => role != SchemeRole.Buyer);

    /// <summary>Reads a role by its exact name; the buyer is none.</summary>
    public static bool TryParse(string? name, out SchemeRole role)
    {
        var at = Array.IndexOf(Names, name);
        role = at > 0 ? (SchemeRole)at : default;
        return at > 0;
    }

    /// <summary>Reads a role by its exact UTF-8 name; the buyer is none.</summary>
    public static bool TryParse(ReadOnlySpan<byte> name, out SchemeRole role)
    {
        for (role = SchemeRole.Carrier; (int)role < Count; role++)
            if (name.SequenceEqual(Utf8Names[(int)role])) return true;
        role = default;
        return false;
    }

    /// <summary>May it pay on top, top up what is short, or bear refunds?</summary>
    public static bool MayPay(this SchemeRole role) =>
        role is SchemeRole.Platform or SchemeRole.Cooperative or SchemeRole.Enterprise or SchemeRole.RiskFund or SchemeRole.Programme or SchemeRole.Collective;

    /// <summary>May a refund name it as the one at fault?</summary>
    public static bool MayBeAtFault(this SchemeRole role) => role.MayPay() || role is SchemeRole.Carrier or SchemeRole.Station or SchemeRole.IntakeStation or SchemeRole.Host;

    /// <summary>May it buy a lot at intake?</summary>
    public static bool MayBuyAtIntake(this SchemeRole role) => role is SchemeRole.Cooperative or SchemeRole.Enterprise or SchemeRole.Platform;

    /// <summary>The name of an account: the role with its owner, or just the role where there is none.</summary>
    public static string Account(this SchemeRole role, string? owner) => string.IsNullOrEmpty(owner) ? role.Name() : $"{role.Name()}/{owner}";
}
