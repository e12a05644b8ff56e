using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Shanhuo.Kernel;

namespace Shanhuo.Settlement.Schemes;

/// <summary>Between form and document, both ways. Numbers as people type them become what the document takes; what cannot be read goes in as it is, so that <see cref="SchemeReader"/> says what is wrong with it.</summary>
internal static class SchemeFormWriter
{
    private static readonly JsonSerializerOptions Form = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The document. Rows of shares in which nothing stands are taken out of the form first, so that places in the document are places in the form.</summary>
    public static string Write(SchemeForm form)
    {
        var steps = new JsonArray();
        foreach (var step in form.Steps)
        {
            step.Split.RemoveAll(share => share.IsBlank);
            step.Bearers.RemoveAll(share => share.IsBlank);
            steps.Add((JsonNode)Write(step));
        }
        var document = new JsonObject { ["name"] = FormLines.Read((form.Name ?? "").Trim()), ["steps"] = steps };
        if (Given(form.RefundBearer)) document["refunds"] = new JsonObject { ["bearer"] = form.RefundBearer };
        if (form.HasClose)
        {
            var close = new JsonObject();
            foreach (var (key, rate) in new[] { ("reserve", form.Reserve), ("patronage", form.Patronage), ("welfare", form.Welfare), ("labour", form.Labour) })
                if (Given(rate)) close[key] = Rate(rate);
            document["close"] = close;
        }
        return document.ToJsonString(Form);
    }

    /// <summary>The form of a document, of one with faults too. Null where it is no object at all.</summary>
    public static SchemeForm? Read(string document)
    {
        try
        {
            if (JsonNode.Parse(document) is not JsonObject root) return null;
            var close = root["close"] as JsonObject;
            return new SchemeForm
            {
                Name = FormLines.Write(Text(root["name"]) ?? ""),
                Steps = [.. (root["steps"] as JsonArray ?? []).OfType<JsonObject>().Select(ReadStep)],
                RefundBearer = Text(root["refunds"]?["bearer"]),
                HasClose = close is not null,
                Reserve = Percent(close?["reserve"]), Patronage = Percent(close?["patronage"]), Welfare = Percent(close?["welfare"]), Labour = Percent(close?["labour"]),
            };
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    private static JsonObject Write(StepForm step)
    {
        var written = new JsonObject();
        if (step.Kind != "split") written["to"] = step.To ?? "";
        if (Given(step.From)) written["from"] = step.From;
        switch (step.Kind)
        {
            case "rate" or "contained":
                written[step.Kind] = Rate(step.Rate);
                written["of"] = step.Of ?? "";
                break;
            case "fixed":
                written["fixed"] = Fen.TryParseYuan(step.Fixed, out var fen) && fen >= Fen.Zero ? fen.ToString() : step.Fixed ?? "";
                written["per"] = step.Per ?? "";
                break;
            case "price": written["price"] = step.Price ?? ""; break;
            case "actual": written["actual"] = step.Actual ?? ""; break;
            case "rest": written["rest"] = true; break;
            case "split": written["split"] = Write(step.Split); break;
        }
        var when = new JsonObject();
        foreach (var (key, lines) in new[] { ("channel", step.Channel), ("station", step.Station), ("campaign", step.Campaign), ("product", step.Product) })
            if (FormLines.Split(lines) is { Count: > 0 } values) when[key] = new JsonArray([.. values.Select(value => (JsonNode)value)]);
        if (step.Poor) when["poor"] = true;
        if (when.Count > 0) written["when"] = when;
        if (step.Bearers.Count > 0) written["ifShort"] = new JsonObject { ["bearers"] = Write(step.Bearers) };
        if (step.Sunk) written["sunk"] = true;
        return written;
    }

    private static JsonArray Write(List<ShareForm> shares)
    {
        var written = new JsonArray();
        foreach (var share in shares)
        {
            var entry = new JsonObject();
            if (Given(share.To)) entry["to"] = share.To;
            var weight = Numerals.Narrow(share.Weight ?? "");
            if (weight.Length > 0) entry["weight"] = long.TryParse(weight, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole : weight;
            written.Add((JsonNode)entry);
        }
        return written;
    }

    private static StepForm ReadStep(JsonObject step)
    {
        var kind = new[] { "rate", "contained", "fixed", "price", "actual", "rest", "split" }.FirstOrDefault(step.ContainsKey);
        var ifShort = step["ifShort"] as JsonObject;
        var when = step["when"] as JsonObject;
        return new StepForm
        {
            To = Text(step["to"]), Kind = kind, From = Text(step["from"]), Sunk = step["sunk"] is JsonValue sunk && sunk.GetValueKind() == JsonValueKind.True,
            Rate = Percent(step["rate"] ?? step["contained"]), Of = Text(step["of"]), Fixed = Text(step["fixed"]), Per = Text(step["per"]), Price = Text(step["price"]), Actual = Text(step["actual"]),
            Split = Shares(step["split"]),
            Bearers = ifShort?["bearer"] is { } one ? [new ShareForm { To = Text(one), Weight = "1" }] : Shares(ifShort?["bearers"]),
            Channel = Lines(when?["channel"]), Station = Lines(when?["station"]), Campaign = Lines(when?["campaign"]), Product = Lines(when?["product"]), Poor = when?["poor"] is not null,
        };
    }

    private static List<ShareForm> Shares(JsonNode? list) => [.. (list as JsonArray ?? []).OfType<JsonObject>().Select(share => new ShareForm { To = Text(share["to"]), Weight = Text(share["weight"]) })];

    private static string? Lines(JsonNode? list) => list is JsonArray values ? FormLines.Join(values.Select(value => Text(value) ?? "")) : null;

    private static string? Text(JsonNode? node) => node is null ? null : node.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : node.ToJsonString();

    // The percent sign stands behind the field, so it is taken with and without.
    private static string? Percent(JsonNode? node) => Text(node) is { } text ? text.EndsWith('%') ? text[..^1] : text : null;

    private static string Rate(string? typed) => Numerals.Narrow(typed ?? "").TrimEnd('%').TrimEnd() is { Length: > 0 } text ? text + "%" : "";

    private static bool Given(string? text) => !string.IsNullOrWhiteSpace(text);
}
