using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;
using Shanhuo.Market.Shop;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Buying;

/// <summary>What a zone costs, or fetching at a station (<see cref="FreightTable.AtStation"/>); see <see cref="FreightZone"/>.</summary>
internal sealed record FreightPrice(string Code, long First, long Next, int Days, long Cold, long ColdNext);

/// <summary>A figure of a county's freight that cannot be.</summary>
/// <param name="Code">Refusal that says what is asked for.</param>
/// <param name="Zone">Code of the zone, or <c>pack</c>.</param>
/// <param name="Field">Such as <c>First</c>.</param>
/// <param name="Path">Where it was typed.</param>
internal sealed record FreightFault(string Code, string Zone, string Field, string Path);

/// <summary>What a county sets of its freight.</summary>
/// <param name="Prices">Of each zone, and of stations.</param>
/// <param name="PackGrams">Packing of a parcel.</param>
/// <param name="Near">Provinces next to it, by two digits; those in no list are far.</param>
/// <param name="Remote">Provinces far off.</param>
/// <param name="None">Where nothing is sent.</param>
internal sealed record OwnFreight(IReadOnlyList<FreightPrice> Prices, long PackGrams, IReadOnlyList<string> Near, IReadOnlyList<string> Remote, IReadOnlyList<string> None)
{
    /// <summary>The most fen of one figure.</summary>
    public const long MostFen = 100_000;

    /// <summary>The most days.</summary>
    public const int MostDays = 60;

    /// <summary>The most grams of packing.</summary>
    public const long MostPack = 10_000;

    /// <summary>Everything that is wrong with it.</summary>
    /// <param name="county">Whose it is: its own province is in no list.</param>
    public IEnumerable<FreightFault> Wrong(AreaCode county)
    {
        if (!Prices.Select(p => p.Code).Order(StringComparer.Ordinal).SequenceEqual(FreightTable.Shipped.Of(county).Prices.Select(p => p.Code).Order(StringComparer.Ordinal))) yield return new FreightFault("freight.zones", "", "", "");
        for (var i = 0; i < Prices.Count; i++)
        {
            var price = Prices[i];
            foreach (var (field, fen) in new[] { (nameof(price.First), price.First), (nameof(price.Next), price.Next), (nameof(price.Cold), price.Cold), (nameof(price.ColdNext), price.ColdNext) })
                if (fen is < 0 or > MostFen) yield return new FreightFault("freight.money", price.Code, field, $"Prices[{i}].{field}");
            if (price.Days is < 1 or > MostDays) yield return new FreightFault("freight.days-wrong", price.Code, nameof(price.Days), $"Prices[{i}].Days");
            if (price is { Cold: 0, ColdNext: > 0 and <= MostFen }) yield return new FreightFault("freight.cold-first", price.Code, nameof(price.Cold), $"Prices[{i}].Cold");
        }
        if (PackGrams is < 0 or > MostPack) yield return new FreightFault("freight.pack-wrong", "pack", "", "PackGrams");
        var listed = Near.Concat(Remote).Concat(None).ToList();
        if (listed.Distinct().Count() != listed.Count || listed.Contains(county.ToString()[..2]) || listed.Except(Provinces.All.Select(p => p.Code)).Any()) yield return new FreightFault("freight.zones", "", "", "");
    }

    /// <summary>Names of what differs from another.</summary>
    public IEnumerable<string> Differs(OwnFreight other)
    {
        var before = other.Prices.ToDictionary(p => p.Code);
        foreach (var price in Prices)
            if (before.GetValueOrDefault(price.Code) is { } old && old != price) yield return price.Code;
        if (PackGrams != other.PackGrams) yield return "pack";
        if (!Near.ToHashSet().SetEquals(other.Near) || !Remote.ToHashSet().SetEquals(other.Remote) || !None.ToHashSet().SetEquals(other.None)) yield return "provinces";
    }
}

/// <summary>What a county set one day; the newest holds. A row never changes, and orders carry the freight that was quoted to them.</summary>
internal sealed class FreightTariff : IInCounty
{
    public required AreaCode County { get; init; }
    public required long Id { get; init; }
    public required Guid RequestId { get; init; }

    /// <summary><see cref="OwnFreight"/> as JSON; null: as shipped again.</summary>
    public string? Document { get; init; }

    /// <summary>First day on which it was quoted.</summary>
    public required DateOnly From { get; init; }
    public required long ByAccountId { get; init; }
    public required long AtMs { get; init; }

    public OwnFreight? Own => Document is null ? null : JsonSerializer.Deserialize<OwnFreight>(Document, JsonSerializerOptions.Web);

    /// <summary>As it is kept.</summary>
    public static string Write(OwnFreight own) => JsonSerializer.Serialize(own, JsonSerializerOptions.Web);
}

internal sealed class FreightTariffTable : IEntityTypeConfiguration<FreightTariff>
{
    public void Configure(EntityTypeBuilder<FreightTariff> table)
    {
        table.ToTable("market_freight_tariffs");
        table.HasKey(t => new { t.County, t.Id });
        table.HasIndex(t => new { t.County, t.RequestId }).IsUnique();
        table.Ignore(t => t.Own);
    }
}

/// <summary>Which freight holds.</summary>
internal static class FreightQueries
{
    extension(ShanhuoDb db)
    {
        /// <summary>What a county last set; null: it never did.</summary>
        public Task<FreightTariff?> FreightTariffOf(AreaCode county, CancellationToken cancel) =>
            db.Unfiltered<FreightTariff>("what sending costs is told to whoever buys").AsNoTracking().Where(t => t.County == county).OrderByDescending(t => t.Id).FirstOrDefaultAsync(cancel);

        /// <summary>The freight that holds in a county now.</summary>
        public async Task<FreightTable> FreightOf(AreaCode county, CancellationToken cancel) =>
            (await db.FreightTariffOf(county, cancel))?.Own is { } own ? FreightTable.Shipped.With(county, own) : FreightTable.Shipped;
    }
}

/// <summary>A county sets its freight.</summary>
/// <param name="RequestId">Once.</param>
/// <param name="Own">All of it; null: as shipped again.</param>
internal sealed record WriteFreight(Guid RequestId, OwnFreight? Own);

internal sealed class WriteFreightHandler(ShanhuoDb db, Ids ids, TimeProvider clock)
{
    /// <summary>It holds for whatever is quoted from now on. The same request again is the same row.</summary>
    public async Task<Outcome<FreightTariff>> Handle(WriteFreight request, CancellationToken cancel)
    {
        var county = db.Scope.County;
        if (await Written(county, request.RequestId, cancel) is { } written) return written;
        if (request.Own?.Wrong(county).FirstOrDefault() is { } fault) return new Refusal(fault.Code, Place.Input(fault.Path), fault.Zone, fault.Field);
        var before = (await db.FreightOf(county, cancel)).Of(county);
        var tariff = new FreightTariff { County = county, Id = ids.Next(), RequestId = request.RequestId, Document = request.Own is { } own ? FreightTariff.Write(own) : null, From = clock.Today, ByAccountId = db.Scope.AccountId, AtMs = clock.NowMs };
        db.FreightTariffs.Add(tariff);
        db.Record(ids, clock, "change", "freight", 0, fields: string.Join(',', (request.Own ?? FreightTable.Shipped.Of(county)).Differs(before)));
        try
        {
            await db.SaveChangesAsync(cancel);
            return tariff;
        }
        catch (DbUpdateException)
        {
            db.ChangeTracker.Clear();
            if (await Written(county, request.RequestId, cancel) is { } first) return first;
            throw;
        }
    }

    private Task<FreightTariff?> Written(AreaCode county, Guid request, CancellationToken cancel) => db.FreightTariffs.SingleOrDefaultAsync(t => t.County == county && t.RequestId == request, cancel);
}
