using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Shanhuo.Market.Channels.Out;

/// <summary>A column that goes out.</summary>
/// <param name="Name">As the platform calls it.</param>
/// <param name="Fact">What stands in it, one of <see cref="FeedTemplate.GoodsFacts"/> or <see cref="FeedTemplate.ShipmentFacts"/>.</param>
internal sealed record FeedColumn(string Name, string Fact);

/// <summary>The sheets that go out to a platform (data/channels/*-feed.json).</summary>
/// <param name="Channel">Code of the channel.</param>
/// <param name="Verified">Were the names seen in the platform's own template?</param>
/// <param name="Goods">Columns of the goods on offer.</param>
/// <param name="Shipments">Columns of parcels.</param>
internal sealed record FeedTemplate(string Channel, bool Verified, IReadOnlyList<FeedColumn> Goods, IReadOnlyList<FeedColumn> Shipments)
{
    public static IReadOnlyList<string> GoodsFacts { get; } = ["code", "title", "titleEn", "price", "stock", "kilograms", "county", "grade", "seller"];
    public static IReadOnlyList<string> ShipmentFacts { get; } = ["number", "carrier", "waybill"];

    /// <summary>As shipped, by channel.</summary>
    public static IReadOnlyDictionary<string, FeedTemplate> Shipped { get; } = PlatformFiles.Read<FeedTemplate>("-feed.json").ToDictionary(t => t.Channel, StringComparer.Ordinal);
}

/// <summary>The files of data/channels that say how platforms name things beside their orders.</summary>
internal static class PlatformFiles
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    /// <summary>All of a kind, by name.</summary>
    public static IReadOnlyList<T> Read<T>(string ending)
    {
        var assembly = Assembly.GetExecutingAssembly();
        return [.. assembly.GetManifestResourceNames().Where(n => n.StartsWith("platforms/", StringComparison.Ordinal) && n.EndsWith(ending, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(n =>
        {
            using var file = assembly.GetManifestResourceStream(n)!;
            return JsonSerializer.Deserialize<T>(file, Json) ?? throw new FormatException($"{n} is empty.");
        })];
    }
}
