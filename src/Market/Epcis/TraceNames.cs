using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Lots;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Epcis;

/// <summary>How a county's things are named for machines: by GS1 numbers where there is a licence, else by addresses under its own.</summary>
internal sealed class TraceNames
{
    private readonly Dictionary<(long Product, long Organisation), string> gtins;
    private readonly Dictionary<long, string> places;
    private readonly Secrets secrets;

    private TraceNames(string address, Dictionary<(long, long), string> gtins, Dictionary<long, string> places, Secrets secrets) => (Address, this.gtins, this.places, this.secrets) = (address, gtins, places, secrets);

    /// <summary>Without a slash at the end.</summary>
    public string Address { get; }

    /// <summary>The names of a county; null while nobody has said under which address.</summary>
    public static async Task<TraceNames?> Of(ShanhuoDb db, Secrets secrets, AreaCode county, CancellationToken cancel)
    {
        const string why = "names on packs are public";
        if (await db.Unfiltered<TraceAddress>(why).Where(a => a.County == county).Select(a => a.Base).SingleOrDefaultAsync(cancel) is not { } address) return null;
        var gtins = await db.Unfiltered<ProductGtin>(why).Where(g => g.County == county).ToDictionaryAsync(g => (g.ProductId, g.OrganisationId), g => g.Gtin, cancel);
        var glns = await db.Unfiltered<Gs1Party>(why).Where(p => p.County == county && p.Gln != null).ToDictionaryAsync(p => p.OrganisationId, p => p.Gln!, cancel);
        var last = county.Last;
        var codes = await db.OrganisationFacts.Where(o => o.Area >= county && o.Area <= last).Select(o => new { o.Id, o.Code }).ToListAsync(cancel);
        return new TraceNames(address, gtins, codes.ToDictionary(o => o.Id, o => glns.TryGetValue(o.Id, out var gln) ? $"{DigitalLink.CanonicalBase}/414/{gln}" : $"{address}/trace/place/{Uri.EscapeDataString(o.Code)}"), secrets);
    }

    /// <summary>The GTIN of a lot's seller for its product; null: none.</summary>
    public string? Gtin(Lot lot) => (lot.CooperativeId ?? lot.EnterpriseId) is { } seller ? gtins.GetValueOrDefault((lot.ProductId, seller)) : null;

    /// <summary>A lot as a class of goods in events: canonical with a GTIN, else the address on its packs.</summary>
    public string Class(Lot lot) => Link(lot)?.Canonical ?? $"{Address}/trace/{lot.Code}";

    /// <summary>What stands in the code on a pack: always under the own address, so that it opens here.</summary>
    public string Pack(Lot lot) => Link(lot)?.Under(Address) ?? $"{Address}/trace/{lot.Code}";

    /// <summary>A station or organisation.</summary>
    public string Place(long organisationId) => places.GetValueOrDefault(organisationId, $"{Address}/trace/place/{organisationId}");

    /// <summary>A household as the source of one lot. Another lot gives it another name, so that nobody follows it from lot to lot; only who holds the installation's key can tell.</summary>
    public string Farm(long lotId, long householdId) => $"{Address}/trace/farm/{secrets.LookUp($"{lotId}:{householdId}", "epcis-farm")[..24].ToLowerInvariant()}";

    /// <summary>An order.</summary>
    public string Order(string channel, string number) => $"{Address}/trace/order/{Uri.EscapeDataString(channel)}/{Uri.EscapeDataString(number)}";

    /// <summary>The namespace of the one field that we add to events: which record an event tells of.</summary>
    public string Terms => $"{Address}/trace/terms/";

    /// <summary>The code of a lot that a name may stand for; null: none of ours.</summary>
    public string? LotCode(string name)
    {
        if (name.StartsWith(Address + "/trace/", StringComparison.Ordinal) && name[(Address.Length + 7)..] is var code && !code.Contains('/', StringComparison.Ordinal)) return code;
        var link = DigitalLink.Parse(name) ?? DigitalLink.Parse(EpcUri.ToLink(name));
        return link is { Key: "01" } && gtins.ContainsValue(link.Value) ? link["10"] : null;
    }

    private DigitalLink? Link(Lot lot) => Gtin(lot) is { } gtin ? DigitalLink.OfLot(gtin, lot.Code) : null;
}
