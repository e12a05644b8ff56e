using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Shanhuo.Market.Epcis;

/// <summary>What is wrong with a document, and where.</summary>
/// <param name="At">JSON pointer (RFC 6901); empty: the whole.</param>
/// <param name="Why">The keyword of the schema that it breaks, and what that asks.</param>
internal sealed record SchemaFault(string At, string Why);

/// <summary>Holds documents against a JSON schema, draft 7: the keywords that the EPCIS schema uses. A schema with another keyword is refused when it is read, so that nothing is silently not checked.</summary>
internal sealed partial class JsonSchema
{
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "$id", "$schema", "$ref", "type", "properties", "required", "allOf", "anyOf", "oneOf", "if", "then", "not", "enum", "items", "minItems", "uniqueItems", "pattern", "format", "propertyNames", "additionalProperties", "definitions",
    };

    private readonly JsonElement root;
    private readonly ConcurrentDictionary<string, Regex> patterns = new(StringComparer.Ordinal);

    private JsonSchema(JsonElement root) => this.root = root;

    /// <summary>Reads a schema.</summary>
    /// <exception cref="NotSupportedException">It has a keyword or format that is not checked here.</exception>
    public static JsonSchema Read(Stream json)
    {
        using var document = JsonDocument.Parse(json);
        var schema = new JsonSchema(document.RootElement.Clone());
        Look(schema.root);
        return schema;
    }

    /// <summary>Everything that is wrong; empty when the document keeps the schema.</summary>
    public IReadOnlyList<SchemaFault> Faults(JsonElement document)
    {
        var faults = new List<SchemaFault>();
        Check(root, document, "", faults);
        return faults;
    }

    private bool Keeps(JsonElement schema, JsonElement value, string at) => !Check(schema, value, at, null);

    // Returns whether something is wrong; without a list it may stop at the first fault.
    private bool Check(JsonElement schema, JsonElement value, string at, List<SchemaFault>? faults)
    {
        if (schema.ValueKind == JsonValueKind.True) return false;
        if (schema.ValueKind == JsonValueKind.False) return Fault(faults, at, "nothing may stand here");
        if (schema.TryGetProperty("$ref", out var reference)) return Check(Resolve(reference.GetString()!), value, at, faults);
        var wrong = false;
        foreach (var keyword in schema.EnumerateObject())
        {
            wrong |= Check(keyword, schema, value, at, faults);
            if (wrong && faults is null) return true;
        }
        return wrong;
    }

    private bool Check(JsonProperty keyword, JsonElement schema, JsonElement value, string at, List<SchemaFault>? faults)
    {
        var asked = keyword.Value;
        switch (keyword.Name)
        {
            case "type": return !IsType(asked.GetString()!, value) && Fault(faults, at, $"type: {asked}");
            case "enum": return !asked.EnumerateArray().Any(e => JsonElement.DeepEquals(e, value)) && Fault(faults, at, $"enum: {Short(asked)}");
            case "allOf": return Any(asked.EnumerateArray(), faults is null, s => Check(s, value, at, faults));
            case "anyOf": return !asked.EnumerateArray().Any(s => Keeps(s, value, at)) && Fault(faults, at, "anyOf: none of the allowed forms");
            case "oneOf": return asked.EnumerateArray().Count(s => Keeps(s, value, at)) != 1 && Fault(faults, at, "oneOf: not exactly one of the allowed forms");
            case "not": return Keeps(asked, value, at) && Fault(faults, at, "not: a form that is not allowed");
            case "if": return schema.TryGetProperty("then", out var then) && Keeps(asked, value, at) && Check(then, value, at, faults);
        }
        return value.ValueKind switch
        {
            JsonValueKind.Object => CheckObject(keyword, schema, value, at, faults),
            JsonValueKind.Array => CheckArray(keyword, value, at, faults),
            JsonValueKind.String => CheckText(keyword, value.GetString()!, at, faults),
            _ => false,
        };
    }

    private bool CheckObject(JsonProperty keyword, JsonElement schema, JsonElement value, string at, List<SchemaFault>? faults) => keyword.Name switch
    {
        "required" => Any(keyword.Value.EnumerateArray(), faults is null, name => !value.TryGetProperty(name.GetString()!, out _) && Fault(faults, at, $"required: {name}")),
        "properties" => Any(keyword.Value.EnumerateObject(), faults is null, p => value.TryGetProperty(p.Name, out var inner) && Check(p.Value, inner, Under(at, p.Name), faults)),
        "propertyNames" => Any(value.EnumerateObject(), faults is null, p => Check(keyword.Value, JsonSerializer.SerializeToElement(p.Name), Under(at, p.Name), faults)),
        "additionalProperties" => Any(value.EnumerateObject(), faults is null, p => !(schema.TryGetProperty("properties", out var named) && named.TryGetProperty(p.Name, out _)) && Check(keyword.Value, p.Value, Under(at, p.Name), faults)),
        _ => false,
    };

    private bool CheckArray(JsonProperty keyword, JsonElement value, string at, List<SchemaFault>? faults) => keyword.Name switch
    {
        "items" => Any(value.EnumerateArray().Select((item, i) => (item, i)), faults is null, e => Check(keyword.Value, e.item, $"{at}/{e.i}", faults)),
        "minItems" => value.GetArrayLength() < keyword.Value.GetInt32() && Fault(faults, at, $"minItems: {keyword.Value}"),
        "uniqueItems" => keyword.Value.GetBoolean() && Twice(value) && Fault(faults, at, "uniqueItems: something stands there twice"),
        _ => false,
    };

    private bool CheckText(JsonProperty keyword, string text, string at, List<SchemaFault>? faults) => keyword.Name switch
    {
        "pattern" => !patterns.GetOrAdd(keyword.Value.GetString()!, static p => new Regex(p, RegexOptions.ECMAScript, TimeSpan.FromSeconds(1))).IsMatch(text) && Fault(faults, at, $"pattern: {keyword.Value}"),
        "format" => !IsFormat(keyword.Value.GetString()!, text) && Fault(faults, at, $"format: {keyword.Value}"),
        _ => false,
    };

    private static bool Any<T>(IEnumerable<T> all, bool stop, Func<T, bool> wrong)
    {
        var any = false;
        foreach (var one in all)
        {
            any |= wrong(one);
            if (any && stop) return true;
        }
        return any;
    }

    private static bool Fault(List<SchemaFault>? faults, string at, string why)
    {
        if (faults is { Count: < 50 }) faults.Add(new SchemaFault(at, why));
        return true;
    }

    private JsonElement Resolve(string reference)
    {
        var at = root;
        foreach (var step in reference.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries)) at = at.GetProperty(step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal));
        return at;
    }

    private static bool IsType(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) && number == decimal.Truncate(number),
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        _ => value.ValueKind == JsonValueKind.Null,
    };

    private static bool IsFormat(string format, string text) => format == "uri" ? Address().IsMatch(text) : Instant().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static bool Twice(JsonElement list)
    {
        var seen = new HashSet<JsonElement>(Alike.Instance);
        return list.EnumerateArray().Any(one => !seen.Add(one));
    }

    /// <summary>Equal as JSON: 1.0 is 1, and the order of an object's fields says nothing.</summary>
    private sealed class Alike : IEqualityComparer<JsonElement>
    {
        public static readonly Alike Instance = new();

        public bool Equals(JsonElement one, JsonElement other) => JsonElement.DeepEquals(one, other);

        public int GetHashCode(JsonElement value)
        {
            var hash = new HashCode();
            hash.Add(value.ValueKind);
            if (value.ValueKind == JsonValueKind.String) hash.Add(value.GetString(), StringComparer.Ordinal);
            else if (value.ValueKind == JsonValueKind.Number) hash.Add(value.GetDouble());
            else if (value.ValueKind == JsonValueKind.Array)
                foreach (var one in value.EnumerateArray()) hash.Add(GetHashCode(one));
            else if (value.ValueKind == JsonValueKind.Object) hash.Add(value.EnumerateObject().Aggregate(0, (sum, field) => unchecked(sum + HashCode.Combine(field.Name, GetHashCode(field.Value)))));
            return hash.ToHashCode();
        }
    }

    private static string Under(string at, string name) => $"{at}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";

    private static string Short(JsonElement asked) => asked.GetRawText() is { Length: > 80 } text ? text[..80] + "…" : asked.GetRawText();

    private static void Look(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object) return;
        foreach (var keyword in schema.EnumerateObject())
        {
            if (!Known.Contains(keyword.Name)) throw new NotSupportedException($"The schema has the keyword {keyword.Name}, which is not checked here.");
            if (keyword.Name == "format" && keyword.Value.GetString() is not ("uri" or "date-time")) throw new NotSupportedException($"The schema has the format {keyword.Value}, which is not checked here.");
            if (keyword.Name is "properties" or "definitions") foreach (var inner in keyword.Value.EnumerateObject()) Look(inner.Value);
            else if (keyword.Name is "allOf" or "anyOf" or "oneOf") foreach (var inner in keyword.Value.EnumerateArray()) Look(inner);
            else if (keyword.Name is "items" or "not" or "if" or "then" or "propertyNames" or "additionalProperties") Look(keyword.Value);
        }
    }

    // RFC 3986: a scheme, and then only characters that an address may have.
    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9+.\-]*:(?:[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+$")] private static partial Regex Address();
    [GeneratedRegex(@"^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$")] private static partial Regex Instant();
}
