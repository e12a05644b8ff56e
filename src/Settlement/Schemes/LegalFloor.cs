using System.Text.Json;
using System.Text.Json.Serialization;
using Shanhuo.Kernel;

namespace Shanhuo.Settlement.Schemes;

/// <summary>A percentage that a law forbids to fall below, from a day on. The data with their sources stand in legal-floors.json beside this file.</summary>
/// <param name="Key">Path in a scheme, such as <c>close.patronage</c>.</param>
/// <param name="From">First day on which it binds.</param>
/// <param name="Least">For example <c>60%</c>.</param>
/// <param name="SourceZh">Law and article in Chinese.</param>
/// <param name="SourceEn">The same in English.</param>
internal sealed record LegalFloor(string Key, DateOnly From, string Least, string SourceZh, string SourceEn)
{
    private static readonly Lazy<LegalFloor[]> Data = new(Read);

    /// <summary>The floor as a rate.</summary>
    [JsonIgnore]
    public Rate Rate => Rate.TryParse(Least, out var rate) ? rate : throw new FormatException($"legal-floors.json: '{Least}' is no rate.");

    /// <summary>The floor that binds a key on a day; null where no law says anything.</summary>
    public static LegalFloor? Of(string key, DateOnly on) =>
        Data.Value.Where(floor => floor.Key == key && floor.From <= on).MaxBy(floor => floor.From);

    private static LegalFloor[] Read()
    {
        using var stream = typeof(LegalFloor).Assembly.GetManifestResourceStream("Schemes/legal-floors.json")!;
        return JsonSerializer.Deserialize<LegalFloor[]>(stream, JsonSerializerOptions.Web)!;
    }
}
