using Shanhuo.Settlement.Splits;

namespace Shanhuo.Settlement.Schemes.Trials;

/// <summary>A few invented orders of one lot, for a county that has sold nothing yet and for drawings: 100 kg from three households in two villages, agreed at 30.00 yuan a kilogram.</summary>
internal static class InventedOrders
{
    /// <summary>60, 30 and 10 kg; a contract guarantees 32.00 yuan.</summary>
    public static TrialLot Lot { get; } = new(1, new LotTerms { Intake = new LotPrice(300_000_000, 100_000, false), Contract = new LotPrice(320_000_000, 100_000, false) }, false,
    [
        new TrialGrower("A", "1", 60_000, 180_000_000), new TrialGrower("B", "1", 30_000, 90_000_000), new TrialGrower("C", "2", 10_000, 30_000_000),
    ]);

    /// <summary>By the id of the lot.</summary>
    public static IReadOnlyDictionary<long, TrialLot> Lots { get; } = new Dictionary<long, TrialLot> { [1] = Lot };

    /// <summary>The one that drawings show: one kilogram for 58.00 yuan and 8.00 yuan of freight.</summary>
    public static TrialLine One { get; } = Line("1", "taobao", 1_000, 5_800, 800);

    /// <summary>A good sale, one of two lines, one in the shop, a bulk sale, and one at a price that has fallen below what was agreed.</summary>
    public static IReadOnlyList<IReadOnlyList<TrialLine>> All { get; } =
    [
        [One],
        [Line("2", "taobao", 2_000, 11_600, 1_000), Line("3", "taobao", 500, 3_100, 200)],
        [Line("4", "pavilion", 1_000, 6_200, 0)],
        [Line("5", "shop", 3_000, 15_000, 0)],
        [Line("6", "bulk", 40_000, 168_000, 12_000)],
        [Line("7", "pinduoduo", 5_000, 14_000, 1_500)],
    ];

    private static TrialLine Line(string id, string channel, long grams, long goods, long freight) => new(id, channel, "V-01", null, "apricot", 1,
        new LineAmounts { Grams = grams, Goods = goods, Freight = freight, Parcels = 1, Packaging = grams / 10, Processing = grams / 20, Commission = goods / 20, Promotion = goods / 50 });
}
