using System.Text.Json;

namespace Shanhuo.Market.Epcis;

/// <summary>The schema of EPCIS 2.0 (data/epcis): every document that comes in or goes out keeps it.</summary>
internal static class EpcisSchema
{
    private static readonly Lazy<JsonSchema> Schema = new(() =>
    {
        using var file = typeof(EpcisSchema).Assembly.GetManifestResourceStream("epcis/EPCIS-JSON-Schema.json") ?? throw new InvalidOperationException("The schema of EPCIS is not in the program.");
        return JsonSchema.Read(file);
    });

    /// <summary>What breaks the schema; empty: valid.</summary>
    public static IReadOnlyList<SchemaFault> Faults(JsonElement document) => Schema.Value.Faults(document);
}
