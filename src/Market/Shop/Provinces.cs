using Shanhuo.Market.Offers;

namespace Shanhuo.Market.Shop;

/// <summary>A province by the first two digits of its codes.</summary>
internal sealed record Province(string Code, string Zh, string En);

/// <summary>The provinces to which goods can be sent (data/market/provinces.json).</summary>
internal static class Provinces
{
    private sealed record Document(IReadOnlyList<Province> All);

    /// <summary>All of them, by code.</summary>
    public static IReadOnlyList<Province> All { get; } = GoodsRules.Read<Document>("provinces").All;
}
