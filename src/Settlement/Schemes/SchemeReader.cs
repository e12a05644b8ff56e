using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Unicode;
using Shanhuo.Kernel;

namespace Shanhuo.Settlement.Schemes;

/// <summary>Reads and checks a scheme document. What it gives back keeps every rule of a scheme; what it refuses it refuses with all faults at once.</summary>
internal static class SchemeReader
{
    /// <summary>Bytes of a document, at most.</summary>
    public const int LargestDocument = 1 << 20;

    /// <summary>Reads a document.</summary>
    /// <param name="json">UTF-8, a byte-order mark is taken; no comments, no trailing commas, no unknown or double key.</param>
    /// <param name="on">The day whose legal floors bind.</param>
    /// <param name="scheme">The scheme, when there is no fault.</param>
    /// <param name="faults">Else every fault; <see cref="Place.Column"/> is its path, such as <c>steps[3].rate</c> (steps count from 0).</param>
    public static bool TryRead(ReadOnlySpan<byte> json, DateOnly on, [NotNullWhen(true)] out Scheme? scheme, out IReadOnlyList<Refusal> faults)
    {
        scheme = null;
        var log = new FaultLog();
        faults = log.Faults;
        if (json.StartsWith("\uFEFF"u8)) json = json[3..];
        if (json.Length > LargestDocument)
        {
            log.Add("", "scheme.too-long", json.Length, LargestDocument);
            return false;
        }
        if (!Utf8.IsValid(json))
        {
            log.Add("", "scheme.not-utf8");
            return false;
        }
        try
        {
            using var document = JsonDocument.Parse(json.ToArray());
            var read = Read(new Node(document.RootElement, "", log), on);
            if (log.Faults.Count == 0) scheme = read;
        }
        catch (JsonException fault)
        {
            log.Add("", "scheme.not-json", (fault.LineNumber ?? 0) + 1, (fault.BytePositionInLine ?? 0) + 1);
        }
        return scheme is not null;
    }

    private static Scheme? Read(Node root, DateOnly on)
    {
        if (!root.IsObject("name", "steps", "refunds", "close")) return null;
        var name = root.Required("name")?.Text();
        var steps = ImmutableArray.CreateBuilder<Step>();
        if (root.Required("steps")?.List() is { } list)
        {
            if (list.Count > Scheme.MostSteps) root.Fault("steps", "scheme.too-many-steps", list.Count, Scheme.MostSteps);
            for (var i = 0; i < list.Count; i++)
                if (StepReader.Read(list[i], isLast: i == list.Count - 1) is { } step) steps.Add(step);
        }
        var bearer = SchemeRole.RiskFund;
        if (root.Find("refunds") is { } refunds && refunds.IsObject("bearer") && refunds.Find("bearer")?.Payer() is { } named) bearer = named;
        var close = root.Find("close") is { } terms ? ReadClose(terms, on) : null;
        return root.Log.Faults.Count > 0 ? null : new Scheme(name!, steps.ToImmutable(), bearer, close);
    }

    private static CloseTerms? ReadClose(Node close, DateOnly on)
    {
        if (!close.IsObject("reserve", "patronage", "welfare", "labour")) return null;
        var reserve = close.Find("reserve")?.Rate() ?? default;
        var patronage = close.Required("patronage")?.Rate();
        var welfare = close.Find("welfare")?.Rate() ?? default;
        var labour = close.Find("labour")?.Rate() ?? default;
        if (patronage is not { } back) return null;
        if (LegalFloor.Of("close.patronage", on) is { } floor && back.PartsPerMillion < floor.Rate.PartsPerMillion)
            close.Fault("patronage", "scheme.under-floor", back.ToString(), floor.Rate.ToString(), floor.SourceZh, floor.SourceEn);
        var other = Rate.Whole - back.PartsPerMillion;
        var asked = welfare.PartsPerMillion + labour.PartsPerMillion;
        if (asked > other)
            close.Fault("welfare", "scheme.close-too-much", new Rate(welfare.PartsPerMillion).ToString(), new Rate(labour.PartsPerMillion).ToString(), new Rate(other).ToString());
        return new CloseTerms(reserve, back, welfare, labour);
    }
}

/// <summary>The faults of one document, in the order in which they stand.</summary>
internal sealed class FaultLog
{
    public List<Refusal> Faults { get; } = [];

    public void Add(string path, string code, params object[] arguments) =>
        Faults.Add(new Refusal(code, path.Length == 0 ? Place.None : Place.Input(path), arguments));
}
