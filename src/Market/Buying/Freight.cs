using Shanhuo.Kernel;
using Shanhuo.Market.Offers;

namespace Shanhuo.Market.Buying;

/// <summary>What it costs to send goods so far.</summary>
/// <param name="Code">Such as <c>province</c>.</param>
/// <param name="Zh">Chinese.</param>
/// <param name="En">English.</param>
/// <param name="First">Fen for the first kilogram.</param>
/// <param name="Next">Fen for each kilogram begun after it.</param>
/// <param name="Days">Until it is there.</param>
/// <param name="Cold">Surcharge for the first kilogram in the cold chain, in fen; 0: cold goods are not sent there.</param>
/// <param name="ColdNext">And for each after it.</param>
internal sealed record FreightZone(string Code, string Zh, string En, long First, long Next, int Days, long Cold, long ColdNext);

/// <summary>Fetched at a station: goods of many orders travel together, chilled ones in one cold box, which costs too.</summary>
internal sealed record PickupFreight(long First, long Next, int Days, long Cold, long ColdNext);

/// <summary>What a buyer is told before paying.</summary>
/// <param name="Zone">Code of the zone.</param>
/// <param name="Amount">For the whole order.</param>
/// <param name="PromisedDay">There by the end of this day.</param>
internal sealed record FreightQuote(string Zone, Fen Amount, DateOnly PromisedDay);

/// <summary>Freight by zone, weight and cold chain, and how long goods are kept for whom (data/market/freight.json).</summary>
/// <param name="PayMinutes">For the payment of an order.</param>
/// <param name="FlashPayMinutes">In a flash sale.</param>
/// <param name="CashHours">For cash at a station.</param>
/// <param name="MostUnpaid">Orders of one phone that wait for their money; who has so many pays or gives up one first, so that nobody keeps all goods from others without paying.</param>
internal sealed record FreightTable(int PayMinutes, int FlashPayMinutes, int CashHours, int MostUnpaid, IReadOnlyList<FreightZone> Zones, IReadOnlyDictionary<string, IReadOnlyList<string>> Near, IReadOnlyList<string> Remote, IReadOnlyList<string> None, PickupFreight Pickup, long PackGrams)
{
    /// <summary>Code of what is fetched at a station.</summary>
    public const string AtStation = "pickup";

    /// <summary>As shipped.</summary>
    public static FreightTable Shipped { get; } = GoodsRules.Read<FreightTable>("freight");

    /// <summary>The freight of an order.</summary>
    /// <param name="county">From where.</param>
    /// <param name="to">Two digits of the province, or six of the county where it is known; empty when fetched at a station.</param>
    /// <param name="grams">Of all goods, without packing.</param>
    /// <param name="cold">Does any of it need the cold chain?</param>
    /// <param name="from">First day on which it can leave.</param>
    /// <returns><c>market.freight-none</c>: nothing is sent there; <c>market.freight-cold</c>: nothing cold is.</returns>
    public Outcome<FreightQuote> Quote(AreaCode county, string to, long grams, bool cold, DateOnly from)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(grams);
        var kilograms = (grams + PackGrams + 999) / 1000;
        if (to.Length == 0)
        {
            if (cold && Pickup.Cold == 0) return new Refusal("market.freight-cold", Place.Input("PickupId"));
            return new FreightQuote(AtStation, Of(Pickup.First, Pickup.Next, Pickup.Cold, Pickup.ColdNext), from.AddDays(Pickup.Days));
        }
        var home = county.ToString()[..2];
        var province = to[..2];
        if (None.Contains(province)) return new Refusal("market.freight-none", Place.Input("Province"));
        var code = to.Length >= 6 && to[..6] == county.ToString()[..6] ? "county"
            : province == home ? "province"
            : Remote.Contains(province) ? "remote"
            : Near.GetValueOrDefault(home)?.Contains(province) == true ? "near" : "far";
        var zone = Zones.First(z => z.Code == code);
        if (cold && zone.Cold == 0) return new Refusal("market.freight-cold", Place.Input("Province"));
        return new FreightQuote(code, Of(zone.First, zone.Next, zone.Cold, zone.ColdNext), from.AddDays(zone.Days));

        Fen Of(long first, long next, long coldFirst, long coldNext) => new(first + (kilograms - 1) * next + (cold ? coldFirst + (kilograms - 1) * coldNext : 0));
    }

    /// <summary>What a county can change of it, as it stands here.</summary>
    public OwnFreight Of(AreaCode county) => new(
        [.. Zones.Select(z => new FreightPrice(z.Code, z.First, z.Next, z.Days, z.Cold, z.ColdNext)), new FreightPrice(AtStation, Pickup.First, Pickup.Next, Pickup.Days, Pickup.Cold, Pickup.ColdNext)],
        PackGrams, Near.GetValueOrDefault(county.ToString()[..2]) is { } near ? [.. near.Except(Remote)] : [], Remote, None);

    /// <summary>This table with a county's own figures in it.</summary>
    public FreightTable With(AreaCode county, OwnFreight own)
    {
        var prices = own.Prices.ToDictionary(p => p.Code);
        var pickup = prices[AtStation];
        return this with
        {
            Zones = [.. Zones.Select(z => prices[z.Code] is var p ? z with { First = p.First, Next = p.Next, Days = p.Days, Cold = p.Cold, ColdNext = p.ColdNext } : z)],
            Pickup = new PickupFreight(pickup.First, pickup.Next, pickup.Days, pickup.Cold, pickup.ColdNext), PackGrams = own.PackGrams,
            Near = new Dictionary<string, IReadOnlyList<string>> { [county.ToString()[..2]] = own.Near }, Remote = own.Remote, None = own.None,
        };
    }
}
