using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Households;

namespace Shanhuo.Registry.Files;

/// <summary>Who is in the register already, in a form small enough for a whole county: by household code, household book, identity key, and name of the head in a village.</summary>
internal sealed class KnownPeople
{
    private const string Why = "a person is registered once in the country, in whatever area";
    private readonly Dictionary<string, long> byCode = new(StringComparer.Ordinal), byBook = new(StringComparer.Ordinal), heads = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (long Member, long Household)> byIdentity = new(StringComparer.Ordinal);
    private long lastNumber;

    /// <summary>Reads the households of a county, and of the identity numbers of a file those that are registered anywhere.</summary>
    public static async Task<KnownPeople> Of(ShanhuoDb db, AreaCode county, IEnumerable<string> identityKeys, CancellationToken cancel)
    {
        var known = new KnownPeople();
        var prefix = CodePrefix(county);
        await foreach (var home in db.Unfiltered<Household>("codes are given once").AsNoTracking().Where(h => h.Area >= county && h.Area <= county.Last).TagWith("whole: an import looks for all households of its county")
            .Select(h => new { h.Id, h.Code, h.BookNumber, h.HeadName, h.Area, h.Until }).AsAsyncEnumerable().WithCancellation(cancel))
        {
            if (home.Code.StartsWith(prefix, StringComparison.Ordinal) && long.TryParse(home.Code.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) known.lastNumber = Math.Max(known.lastNumber, number);
            if (home.Until is not null) continue;
            known.byCode[home.Code] = home.Id;
            if (home.BookNumber is { } book) known.byBook[book] = home.Id;
            // Two heads of one name in a village: neither is found by it.
            var key = HeadKey(home.Area, home.HeadName);
            known.heads[key] = known.heads.ContainsKey(key) ? 0 : home.Id;
        }
        foreach (var chunk in identityKeys.Chunk(1_000))
            foreach (var member in await db.Unfiltered<Member>(Why).AsNoTracking().Where(m => chunk.Contains(m.IdentityKey!) && m.Until == null).Select(m => new { m.Id, m.HouseholdId, m.IdentityKey }).ToListAsync(cancel))
                known.byIdentity[member.IdentityKey!] = (member.Id, member.HouseholdId);
        return known;
    }

    public static string CodePrefix(AreaCode county) => $"H-{county}-";

    public string NextCode(AreaCode county) => string.Create(CultureInfo.InvariantCulture, $"{CodePrefix(county)}{++lastNumber:00000}");

    public long? WithCode(string code) => byCode.TryGetValue(code, out var id) ? id : null;

    public long? WithBook(string book) => byBook.TryGetValue(book, out var id) ? id : null;

    /// <summary>The one household of a village whose head has this name; null when there is none or more than one.</summary>
    public long? WithHead(AreaCode village, string name) => heads.TryGetValue(HeadKey(village, name), out var id) && id != 0 ? id : null;

    public (long Member, long Household)? WithIdentity(string? key) => key is not null && byIdentity.TryGetValue(key, out var who) ? who : null;

    private static string HeadKey(AreaCode village, string name) => $"{village.Value} {name}";
}
