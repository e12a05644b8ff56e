using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Shanhuo.Kernel;

namespace Shanhuo.Registry.Targeting.Rules;

/// <summary>Reads rule documents: the only way to make one.</summary>
internal static class RuleReader
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The rule, or all that is wrong, each with its path.</summary>
    public static bool TryRead(string json, out RuleDocument rule, out IReadOnlyList<Refusal> faults)
    {
        (rule, var node) = (null!, new RuleNode());
        faults = node.Faults;
        using var document = RuleNode.Parse(json, node);
        if (document is null) return false;
        var root = document.RootElement;
        node.Only(root, "", "name", "source", "among", "pick", "score", "pick-at-least", "pick-below");
        var (name, source) = (node.Text(root, "name", ""), node.Text(root, "source", ""));
        var among = root.TryGetProperty("among", out var a) ? node.Condition(a, "among") : null;
        var pick = root.TryGetProperty("pick", out var p) ? node.Condition(p, "pick") : null;
        var score = root.TryGetProperty("score", out var s) ? node.Score(s, "score") : null;
        var least = root.TryGetProperty("pick-at-least", out var l) ? node.Points(l, "pick-at-least") : null;
        var below = root.TryGetProperty("pick-below", out var b) ? node.Points(b, "pick-below") : null;
        if (least is not null && below is not null) node.Fault("targeting.one-cut", "pick-below");
        if ((least ?? below) is not null && !root.TryGetProperty("score", out _)) node.Fault("targeting.cut-without-score", "score");
        if (!root.TryGetProperty("pick", out _) && (least ?? below) is null && faults.Count == 0) node.Fault("targeting.picks-nothing", "pick");
        if (faults.Count > 0) return false;
        var (canonical, hash) = Canonical(json);
        rule = new RuleDocument(name, source, among, pick, score, least, below, canonical, hash);
        return true;
    }

    /// <summary>The canonical form, keys in the order of the document, and its SHA-256 in hex.</summary>
    public static (string Json, string Hash) Canonical(string json)
    {
        var canonical = JsonNode.Parse(json)!.ToJsonString(Indented);
        return (canonical, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical))));
    }

    /// <summary>A document that was read before it was saved.</summary>
    /// <exception cref="FormatException">It cannot be read any more.</exception>
    public static RuleDocument Read(string json) => TryRead(json, out var rule, out var faults) ? rule : throw new FormatException(string.Join("; ", faults));
}
