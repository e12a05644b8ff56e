using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Shanhuo.Settlement.Schemes;

/// <summary>A scheme as its JSON document, in one canonical form; <see cref="SchemeReader"/> reads it back to the same scheme.</summary>
internal static class SchemeWriter
{
    private static readonly JsonWriterOptions Form = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    /// <summary>The document, indented, without a final line break.</summary>
    public static string Write(Scheme scheme)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Form))
        {
            json.WriteStartObject();
            json.WriteString("name", scheme.Name);
            json.WriteStartArray("steps");
            foreach (var step in scheme.Steps) Write(json, step);
            json.WriteEndArray();
            json.WriteStartObject("refunds");
            json.WriteString("bearer", scheme.RefundBearer.Name());
            json.WriteEndObject();
            if (scheme.Close is { } close)
            {
                json.WriteStartObject("close");
                json.WriteString("reserve", close.Reserve.ToString());
                json.WriteString("patronage", close.Patronage.ToString());
                if (close.Welfare.PartsPerMillion > 0) json.WriteString("welfare", close.Welfare.ToString());
                if (close.Labour.PartsPerMillion > 0) json.WriteString("labour", close.Labour.ToString());
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Write(Utf8JsonWriter json, Step step)
    {
        json.WriteStartObject();
        if (step.Measure == Measure.Split) Write(json, "split", step.Shares);
        else json.WriteString("to", step.To.Name());
        if (step.From is { } from) json.WriteString("from", from.Name());
        WriteAmount(json, step);
        if (step.When is { } when) Write(json, when);
        if (step.Bearers is [{ Weight: 1 } bearer])
        {
            json.WriteStartObject("ifShort");
            json.WriteString("bearer", bearer.To.Name());
            json.WriteEndObject();
        }
        else if (step.Bearers.Length > 0)
        {
            json.WriteStartObject("ifShort");
            Write(json, "bearers", step.Bearers);
            json.WriteEndObject();
        }
        if (step.Sunk && step.Measure != Measure.Actual) json.WriteBoolean("sunk", true);
        json.WriteEndObject();
    }

    private static void WriteAmount(Utf8JsonWriter json, Step step)
    {
        switch (step.Measure)
        {
            case Measure.Rate:
            case Measure.Contained:
                json.WriteString(step.Measure.Word(), step.Rate.ToString());
                json.WriteString("of", step.Of.Word());
                break;
            case Measure.Fixed:
                json.WriteString("fixed", step.Fixed.ToString());
                json.WriteString("per", step.Per.Word());
                break;
            case Measure.Price: json.WriteString("price", step.Price.Word()); break;
            case Measure.Actual: json.WriteString("actual", step.Actual.Word()); break;
            case Measure.Rest: json.WriteBoolean("rest", true); break;
            case Measure.Split: break;
        }
    }

    private static void Write(Utf8JsonWriter json, string key, ImmutableArray<Share> shares)
    {
        json.WriteStartArray(key);
        foreach (var share in shares)
        {
            json.WriteStartObject();
            json.WriteString("to", share.To.Name());
            json.WriteNumber("weight", share.Weight);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, Condition when)
    {
        json.WriteStartObject("when");
        foreach (var (key, values) in new[] { ("channel", when.Channel), ("station", when.Station), ("campaign", when.Campaign), ("product", when.Product) })
        {
            if (values.Length == 0) continue;
            json.WriteStartArray(key);
            foreach (var value in values) json.WriteStringValue(value);
            json.WriteEndArray();
        }
        if (when.Poor) json.WriteBoolean("poor", true);
        json.WriteEndObject();
    }
}
