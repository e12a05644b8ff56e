using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Epcis;

/// <summary>Sets the address and the GS1 numbers of a county's organisations; an empty number takes it away. Setting the same again changes nothing.</summary>
internal sealed class SetNumbersHandler(ShanhuoDb db)
{
    /// <summary>Refused unless it is an https address of a host, without query. Kept as machines write it: a Chinese name in its ASCII form (IDNA), so that it can stand in the identifiers of things.</summary>
    public async Task<Outcome<Done>> Address(AreaCode county, string? address, CancellationToken cancel)
    {
        if (!Uri.TryCreate(address?.Trim() ?? "", UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttps || uri.HostNameType is not (UriHostNameType.Dns or UriHostNameType.IPv4) || uri.Query.Length > 0 || uri.Fragment.Length > 0 || uri.UserInfo.Length > 0) return new Refusal("epcis.address-form", Place.Input("Address"));
        var trimmed = $"https://{uri.IdnHost}{(uri.IsDefaultPort ? "" : string.Create(CultureInfo.InvariantCulture, $":{uri.Port}"))}{uri.AbsolutePath.TrimEnd('/')}";
        if (trimmed.Length > 100 || trimmed.Any(c => c is < '!' or > '~')) return new Refusal("epcis.address-form", Place.Input("Address"));
        if (await db.TraceAddresses.SingleOrDefaultAsync(a => a.County == county, cancel) is { } there) there.Base = trimmed;
        else db.TraceAddresses.Add(new TraceAddress { County = county, Base = trimmed });
        await db.SaveChangesAsync(cancel);
        return new Done();
    }

    /// <summary>Refused unless the prefix is 4 to 12 digits and the place number has 13, is right, and begins with it.</summary>
    public async Task<Outcome<Done>> Party(AreaCode county, long organisationId, string? prefix, string? gln, CancellationToken cancel)
    {
        var (company, place) = (Numerals.Narrow(prefix ?? "").Trim(), Numerals.Narrow(gln ?? "").Trim());
        if (!await Here(county, organisationId, cancel)) return new Refusal("epcis.organisation-unknown", Place.Input("OrganisationId"));
        var there = await db.Gs1Parties.SingleOrDefaultAsync(p => p.County == county && p.OrganisationId == organisationId, cancel);
        if (company.Length == 0)
        {
            if (await db.ProductGtins.AnyAsync(g => g.County == county && g.OrganisationId == organisationId, cancel)) return new Refusal("epcis.prefix-used", Place.Input("Prefix"));
            if (there is not null) db.Gs1Parties.Remove(there);
        }
        else if (!Gs1Key.IsPrefix(company)) return new Refusal("epcis.prefix-form", Place.Input("Prefix"));
        else if (place.Length > 0 && !(Gs1Key.IsRight(place, 13) && place.StartsWith(company, StringComparison.Ordinal))) return new Refusal("epcis.gln-form", Place.Input("Gln"));
        else if (there is null) db.Gs1Parties.Add(new Gs1Party { County = county, OrganisationId = organisationId, Prefix = company, Gln = place.Length == 0 ? null : place });
        else (there.Prefix, there.Gln) = (company, place.Length == 0 ? null : place);
        await db.SaveChangesAsync(cancel);
        return new Done();
    }

    /// <summary>Refused unless its check digit is right, it begins with the organisation's prefix, and no other product has it.</summary>
    public async Task<Outcome<Done>> Gtin(AreaCode county, long productId, long organisationId, string? gtin, CancellationToken cancel)
    {
        var number = Numerals.Narrow(gtin ?? "").Trim();
        if (!await db.Products.AnyAsync(p => p.County == county && p.Id == productId, cancel)) return new Refusal("epcis.product-unknown", Place.Input("ProductId"));
        var there = await db.ProductGtins.SingleOrDefaultAsync(g => g.County == county && g.ProductId == productId && g.OrganisationId == organisationId, cancel);
        if (number.Length == 0)
        {
            if (there is not null) db.ProductGtins.Remove(there);
            await db.SaveChangesAsync(cancel);
            return new Done();
        }
        if (Gs1Key.Gtin14(number) is not { } whole) return new Refusal("epcis.gtin-form", Place.Input("Gtin"), number);
        var prefix = await db.Gs1Parties.Where(p => p.County == county && p.OrganisationId == organisationId).Select(p => p.Prefix).SingleOrDefaultAsync(cancel);
        if (prefix is null || !Gs1Key.IsOf(whole, prefix)) return new Refusal("epcis.gtin-not-of", Place.Input("Gtin"), number);
        if (await db.Unfiltered<ProductGtin>("a number is given once in the world").AnyAsync(g => g.Gtin == whole && !(g.County == county && g.ProductId == productId && g.OrganisationId == organisationId), cancel)) return new Refusal("epcis.gtin-taken", Place.Input("Gtin"), number);
        if (there is null) db.ProductGtins.Add(new ProductGtin { County = county, ProductId = productId, OrganisationId = organisationId, Gtin = whole });
        else there.Gtin = whole;
        await db.SaveChangesAsync(cancel);
        return new Done();
    }

    private async Task<bool> Here(AreaCode county, long organisationId, CancellationToken cancel)
    {
        var last = county.Last;
        return await db.OrganisationFacts.AnyAsync(o => o.Id == organisationId && o.Area >= county && o.Area <= last, cancel);
    }
}
