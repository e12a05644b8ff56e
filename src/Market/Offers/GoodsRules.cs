using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;

namespace Shanhuo.Market.Offers;

/// <summary>A document that an office or the seller itself issues.</summary>
internal sealed record DocumentKind(string Code, string Zh, string En);

/// <summary>A kind of goods.</summary>
/// <param name="Code">As products name it.</param>
/// <param name="Zh">Chinese.</param>
/// <param name="En">English.</param>
/// <param name="Fresh">Spoils or lives: not returned without a reason.</param>
/// <param name="Needs">Of each list one document must be there and in force.</param>
internal sealed record GoodsCategory(string Code, string Zh, string En, bool Fresh, IReadOnlyList<IReadOnlyList<string>> Needs);

/// <summary>Kinds of goods and the documents that open their offers (data/market/goods.json).</summary>
internal sealed record GoodsRules(IReadOnlyList<DocumentKind> Documents, IReadOnlyList<GoodsCategory> Categories)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow };

    /// <summary>As shipped.</summary>
    public static GoodsRules Shipped { get; } = Read<GoodsRules>("goods");

    private FrozenDictionary<string, GoodsCategory>? byCode;

    /// <summary>The category; an unknown one needs what dry goods need.</summary>
    public GoodsCategory Of(string code) => (byCode ??= Categories.ToFrozenDictionary(c => c.Code)).GetValueOrDefault(code) ?? byCode["dry"];

    /// <summary>The first document that is missing, as the first kind of the list that none of those in force meets; null: nothing is missing.</summary>
    public string? Missing(string category, IEnumerable<string> inForce)
    {
        var there = inForce.ToHashSet(StringComparer.Ordinal);
        return Of(category).Needs.FirstOrDefault(any => !any.Any(there.Contains))?[0];
    }

    /// <summary>A file of data/market.</summary>
    public static T Read<T>(string name)
    {
        using var file = Assembly.GetExecutingAssembly().GetManifestResourceStream($"market/{name}.json") ?? throw new FileNotFoundException($"market/{name}.json");
        return JsonSerializer.Deserialize<T>(file, Json) ?? throw new FormatException($"market/{name}.json is empty.");
    }
}
