using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Shanhuo.Market.Epcis;

/// <summary>The id that an event has from its own content, so that whoever writes it down gets the same: the EPCIS Event Hash ID of the Core Business Vocabulary 2.0, section 8.9.2.</summary>
internal static partial class EventHash
{
    private static readonly string[] Order =
    [
        "eventTime", "eventTimeZoneOffset", "epcList", "parentID", "inputEPCList", "childEPCs", "quantityList", "childQuantityList", "inputQuantityList", "outputEPCList", "outputQuantityList",
        "action", "transformationID", "bizStep", "disposition", "persistentDisposition", "readPoint", "bizLocation", "bizTransactionList", "sourceList", "destinationList", "sensorElementList", "ilmd",
    ];

    private static readonly string[] Metadata = ["time", "startTime", "endTime", "deviceID", "deviceMetadata", "rawData", "dataProcessingMethod", "bizRules"];

    private static readonly string[] Report =
    [
        "type", "exception", "deviceID", "deviceMetadata", "rawData", "dataProcessingMethod", "time", "microorganism", "chemicalSubstance", "value", "component", "stringValue", "booleanValue", "hexBinaryValue", "uriValue",
        "minValue", "maxValue", "meanValue", "sDev", "percRank", "percValue", "uom", "coordinateReferenceSystem",
    ];

    // What says when and by whom an event was written down or withdrawn is not part of what happened.
    private static readonly HashSet<string> Outside = new(StringComparer.Ordinal) { "type", "eventID", "recordTime", "errorDeclaration", "certificationInfo" };

    /// <summary>The id.</summary>
    /// <param name="happening">An event in JSON.</param>
    /// <param name="context">The namespaces of its document and its own, by prefix.</param>
    public static string Id(JsonElement happening, IReadOnlyDictionary<string, string> context) => $"ni:///sha-256;{Digest(happening, context)}?ver=CBV2.0";

    /// <summary>SHA-256 of the canonical text, lower-case hexadecimal.</summary>
    public static string Digest(JsonElement happening, IReadOnlyDictionary<string, string> context) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text(happening, context))));

    /// <summary>The canonical text that is hashed.</summary>
    public static string Text(JsonElement happening, IReadOnlyDictionary<string, string> context)
    {
        var text = new StringBuilder("eventType=").Append(happening.GetProperty("type").GetString());
        foreach (var name in Order)
            if (happening.TryGetProperty(name, out var value)) text.Append(Field(name, value, context));
        return text.AppendJoin("", Extensions(happening, context, [.. Order, .. Outside], ["readPoint", "bizLocation", "sensorElementList"])).ToString();
    }

    /// <summary>The namespaces that a document or event declares beside the standard's own context.</summary>
    public static Dictionary<string, string> Context(params ReadOnlySpan<JsonElement> holders)
    {
        // The prefix that the standard's own context gives for master data in ILMD.
        var context = new Dictionary<string, string>(StringComparer.Ordinal) { ["cbvmda"] = "urn:epcglobal:cbv:mda" };
        foreach (var holder in holders)
        {
            if (!holder.TryGetProperty("@context", out var found)) continue;
            foreach (var part in found.ValueKind == JsonValueKind.Array ? found.EnumerateArray().ToArray() : [found])
                if (part.ValueKind == JsonValueKind.Object)
                    foreach (var prefix in part.EnumerateObject())
                        if (prefix.Value.ValueKind == JsonValueKind.String) context[prefix.Name] = prefix.Value.GetString()!;
        }
        return context;
    }

    private static string Field(string name, JsonElement value, IReadOnlyDictionary<string, string> context) => name switch
    {
        "epcList" or "inputEPCList" or "childEPCs" or "outputEPCList" => List(name, value, e => "epc=" + Value("epc", e)),
        "quantityList" or "childQuantityList" or "inputQuantityList" or "outputQuantityList" => List(name, value, e => "quantityElement" + Fields(e, "epcClass", "quantity", "uom")),
        "bizTransactionList" => List(name, value, e => Typed(e, "bizTransaction", "BTT-")),
        "sourceList" => List(name, value, e => Typed(e, "source", "SDT-")),
        "destinationList" => List(name, value, e => Typed(e, "destination", "SDT-")),
        "readPoint" or "bizLocation" => name + Fields(value, "id"),
        "persistentDisposition" => name + Sorted(value, "set") + Sorted(value, "unset"),
        "sensorElementList" => List("", value, e => "sensorElement" + Sensor(e)),
        "ilmd" => name + string.Concat(Extensions(value, context, [], [])),
        _ => $"{name}={Value(name, value)}",
    };

    private static string Sensor(JsonElement element)
    {
        var metadata = element.TryGetProperty("sensorMetadata", out var m) ? "sensorMetadata" + Fields(m, Metadata) : "";
        return metadata + (element.TryGetProperty("sensorReport", out var reports) ? List("", reports, r => "sensorReport" + Fields(r, Report)) : "");
    }

    private static string List(string name, JsonElement list, Func<JsonElement, string> one) => list.ValueKind != JsonValueKind.Array || list.GetArrayLength() == 0 ? "" : name + string.Concat(list.EnumerateArray().Select(one).Order(StringComparer.Ordinal));

    private static string Sorted(JsonElement holder, string name) => holder.TryGetProperty(name, out var list) ? string.Concat(list.EnumerateArray().Select(e => $"{name}={Value("disposition", e)}").Order(StringComparer.Ordinal)) : "";

    private static string Typed(JsonElement element, string name, string vocabulary) =>
        (element.TryGetProperty("type", out var type) ? "type=" + Vocabulary.Expand(type.GetString()!, vocabulary) : "") + Fields(element, name);

    private static string Fields(JsonElement holder, params ReadOnlySpan<string> names)
    {
        var text = new StringBuilder();
        foreach (var name in names)
            if (holder.TryGetProperty(name, out var value)) text.Append(name).Append('=').Append(Value(name, value));
        return text.ToString();
    }

    // Whatever the standard does not name, with its namespace; what others added within the standard's own fields stands under their names.
    private static IEnumerable<string> Extensions(JsonElement holder, IReadOnlyDictionary<string, string> context, IReadOnlyCollection<string> known, string[] within)
    {
        var found = new List<string>();
        foreach (var field in holder.EnumerateObject())
        {
            if (within.Contains(field.Name)) found.AddRange(Within(field.Name, field.Value, context));
            else if (!known.Contains(field.Name) && !field.Name.StartsWith('@')) found.AddRange(Extension(Named(field.Name, context), field.Value, context));
        }
        return found.Order(StringComparer.Ordinal);
    }

    private static IEnumerable<string> Within(string name, JsonElement value, IReadOnlyDictionary<string, string> context)
    {
        var (shown, known, deeper) = name switch
        {
            "sensorElementList" => ("sensorElement", Array.Empty<string>(), new[] { "sensorMetadata", "sensorReport" }),
            "sensorMetadata" => (name, Metadata, []),
            "sensorReport" => (name, Report, []),
            _ => (name, ["id"], Array.Empty<string>()),
        };
        foreach (var one in value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().ToArray() : [value])
            if (one.ValueKind == JsonValueKind.Object && string.Concat(Extensions(one, context, known, deeper)) is { Length: > 0 } inner) yield return shown + inner;
    }

    private static IEnumerable<string> Extension(string name, JsonElement value, IReadOnlyDictionary<string, string> context) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray().SelectMany(one => Extension(name, one, context)),
        JsonValueKind.Object => [name + string.Concat(Extensions(value, context, [], []))],
        _ => [$"{name}={Value("", value)}"],
    };

    private static string Named(string key, IReadOnlyDictionary<string, string> context)
    {
        var at = key.Contains("://", StringComparison.Ordinal) ? key.LastIndexOfAny(['/', '#']) + 1 : key.IndexOf(':', StringComparison.Ordinal) + 1;
        if (at == 0) return key;
        return context.TryGetValue(key[..(at - 1)], out var space) ? $"{{{space}}}{key[at..]}" : $"{{{key[..at]}}}{key[at..]}";
    }

    private static string Value(string name, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number) return value.TryGetDecimal(out var number) ? number.ToString("0.############################", CultureInfo.InvariantCulture) : value.GetRawText();
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False) return value.ValueKind == JsonValueKind.True ? "true" : "false";
        if (value.ValueKind != JsonValueKind.String) return value.GetRawText();
        var text = value.GetString()!.Trim();
        if (Timestamp().IsMatch(text)) return Instant(text);
        if (Fraction().IsMatch(text)) return text.TrimEnd('0').TrimEnd('.');
        return Vocabulary.Expand(text, name switch { "bizStep" => "BizStep-", "disposition" => "Disp-", "component" => "Comp-", "type" or "exception" => "voc", _ => null });
    }

    // To whole milliseconds, half up; what would leave the last year that can be written stays in its last millisecond.
    private static string Instant(string text)
    {
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)) return text;
        var utc = at.UtcDateTime;
        var ticks = Math.Min(utc.Ticks + TimeSpan.TicksPerMillisecond / 2, DateTime.MaxValue.Ticks) / TimeSpan.TicksPerMillisecond * TimeSpan.TicksPerMillisecond;
        return new DateTime(ticks, DateTimeKind.Utc).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$")] private static partial Regex Timestamp();
    [GeneratedRegex(@"^-?\d+\.\d+$")] private static partial Regex Fraction();
}
