using Shanhuo.Kernel;
using Shanhuo.Market.Products;

namespace Shanhuo.Market.Demo;

/// <summary>What the demo counties grow and make. Zhangjiachuan's kinds of goods are those of the survey paper (P2 4.4.1), Yongjing's those of the Linxia paper (P3 3.2); prices are invented.</summary>
/// <param name="Code">Code of the product.</param>
/// <param name="Name">Chinese.</param>
/// <param name="NameEn">English.</param>
/// <param name="ByPiece">Counted.</param>
/// <param name="Piece">Measure word and its English, for counted goods.</param>
/// <param name="ReturnDays">Return window.</param>
/// <param name="ShelfDays">Keeps so long.</param>
/// <param name="Drawing">In /goods/.</param>
/// <param name="Price">Of grade 1 at intake: fen per kilogram or piece.</param>
/// <param name="Typical">Of one delivery: grams or pieces.</param>
/// <param name="Category">Of data/market/goods.json.</param>
/// <param name="Cold">Needs the cold chain.</param>
/// <param name="PieceGrams">Weight of a piece on the way.</param>
/// <param name="SeasonFrom">First month of its season; 0: all year.</param>
/// <param name="SeasonUntil">Last month.</param>
internal sealed record DemoGood(string Code, string Name, string NameEn, bool ByPiece, (string Zh, string En)? Piece, int ReturnDays, int ShelfDays, string Drawing, long Price, long Typical, string Category, bool Cold = false, long PieceGrams = 1000, int SeasonFrom = 0, int SeasonUntil = 0)
{
    public static IReadOnlyList<DemoGood> Zhangjiachuan { get; } =
    [
        new("beef", "清真牛肉", "Halal beef", false, null, 0, 10, "beef", 6200, 24_000, "halal-meat", Cold: true),
        new("mutton", "清真羊肉", "Halal mutton", false, null, 0, 10, "mutton", 5800, 18_000, "halal-meat", Cold: true, SeasonFrom: 10, SeasonUntil: 2),
        new("sanzi", "油炸馓子", "Fried dough twists", false, null, 0, 60, "sanzi", 1800, 12_000, "halal-processed"),
        new("spice", "花椒调料", "Sichuan pepper spice", false, null, 7, 540, "spice", 7600, 6_000, "dry", SeasonFrom: 7, SeasonUntil: 9),
        new("almond", "杏仁", "Preserved almond", false, null, 7, 365, "almond", 2600, 30_000, "dry", SeasonFrom: 6, SeasonUntil: 8),
        new("blanket", "羊绒毯", "Cashmere bed blanket", true, ("条", "blanket"), 7, 3650, "blanket", 32_000, 3, "craft", PieceGrams: 2500),
        new("wicker", "柳编席", "Wickerwork mat", true, ("张", "mat"), 7, 3650, "wicker", 6_800, 6, "craft", PieceGrams: 1500),
        new("sheep", "滩羊（活）", "Live sheep", true, ("头", "head"), 0, 60, "sheep", 98_000, 2, "live", PieceGrams: 35000),
    ];

    public static IReadOnlyList<DemoGood> Yongjing { get; } =
    [
        new("apple", "冰糖心苹果", "Bingtangxin apple", false, null, 0, 120, "apple", 420, 190_000, "fruit", SeasonFrom: 9, SeasonUntil: 11),
        new("lily", "百合", "Lily bulb", false, null, 0, 60, "lily", 2400, 18_000, "vegetable", Cold: true, SeasonFrom: 10, SeasonUntil: 12),
    ];

    public Product ToProduct(long id, AreaCode county) => new()
    {
        Id = id, County = county, Code = Code, Name = Name, NameEn = NameEn, ByPiece = ByPiece, PieceName = Piece?.Zh, PieceNameEn = Piece?.En, ReturnDays = ReturnDays, ShelfDays = ShelfDays, Drawing = Drawing, Category = Category, Cold = Cold, PieceGrams = PieceGrams, SeasonFrom = SeasonFrom, SeasonUntil = SeasonUntil,
    };
}
