using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Channels;

/// <summary>Whose amount stands in a row.</summary>
internal enum AmountOf
{
    /// <summary>Of the row's goods.</summary>
    Line,

    /// <summary>Of the whole order, the same on each of its rows; it is divided over them.</summary>
    Order,
}

/// <summary>How a platform's file is read: which column gives which fact, and what its words for states mean. Data, edited as a form.</summary>
internal sealed record ChannelMapping
{
    /// <summary>The facts that a column can give, in the order of the form.</summary>
    public static IReadOnlyList<string> Facts { get; } = ["number", "line", "code", "quantity", "paid", "sellerReceives", "freight", "list", "merchantDiscount", "platformSubsidy", "commission", "state", "refundState", "refund", "placed", "shipped", "delivered", "received", "campaign", "parcels", "buyerUnit"];

    /// <summary>Facts without which a file cannot be read; of <c>paid</c> and <c>sellerReceives</c> one suffices.</summary>
    public static IReadOnlyList<string> Needed { get; } = ["number", "code", "quantity", "state"];

    /// <summary>Our words for the state of a row.</summary>
    public static IReadOnlyList<string> StateNames { get; } = ["unpaid", "placed", "shipped", "received", "cancelled"];

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    /// <summary>Code of the channel.</summary>
    public required string Channel { get; init; }

    /// <summary>Name of the platform.</summary>
    public required string Name { get; init; }

    /// <summary>In English.</summary>
    public required string NameEn { get; init; }

    /// <summary>For each fact the names of its column; the first that the file has is taken.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Columns { get; init; }

    /// <summary>Does what the buyer paid hold the freight?</summary>
    public bool PaidHasFreight { get; init; } = true;

    /// <summary>Whose are paid, discount, subsidy and commission?</summary>
    public AmountOf PaidIsOf { get; init; }

    /// <summary>Whose is the freight?</summary>
    public AmountOf FreightIsOf { get; init; }

    /// <summary>For each of our states the platform's words.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> States { get; init; }

    /// <summary>Words of the refund column that say that money was given back.</summary>
    public IReadOnlyList<string> Refunded { get; init; } = [];

    /// <summary>Days after delivery, after which an unconfirmed order is due.</summary>
    public int DueDays { get; init; } = 10;

    /// <summary>Reads a mapping as it was stored or shipped.</summary>
    public static ChannelMapping Parse(string json) => JsonSerializer.Deserialize<ChannelMapping>(json, Json) ?? throw new FormatException("An empty mapping.");

    /// <summary>As it is stored.</summary>
    public string Write() => JsonSerializer.Serialize(this, Json);

    /// <summary>The names of a fact's column.</summary>
    public IReadOnlyList<string> Names(string fact) => Columns.GetValueOrDefault(fact) ?? [];

    /// <summary>Our state for the platform's words, or null when none is given for them.</summary>
    public string? StateOf(string words) => States.FirstOrDefault(s => s.Value.Any(w => Same(w, words))).Key;

    /// <summary>Does the refund column say that money was given back?</summary>
    public bool IsRefunded(string words) => Refunded.Any(w => Same(w, words));

    /// <summary>What is missing or stands twice, or null.</summary>
    public Refusal? Fault()
    {
        foreach (var fact in Needed)
            if (Names(fact).Count == 0) return new Refusal("market.mapping-needed", Place.Input($"Columns[{fact}]"));
        if (Names("paid").Count == 0 && Names("sellerReceives").Count == 0) return new Refusal("market.mapping-needed", Place.Input("Columns[paid]"));
        foreach (var state in StateNames.Where(s => s is not "unpaid"))
            if ((States.GetValueOrDefault(state) ?? []).Count == 0) return new Refusal("market.mapping-state", Place.Input($"States[{state}]"));
        var twice = States.SelectMany(s => s.Value.DistinctBy(Fold)).GroupBy(Fold).FirstOrDefault(g => g.Count() > 1);
        if (twice is not null) return new Refusal("market.mapping-twice", Place.Input("States[placed]"), twice.First());
        return DueDays is < 1 or > 60 ? new Refusal("market.mapping-days", Place.Input("DueDays")) : null;
    }

    private static bool Same(string a, string b) => Fold(a) == Fold(b);

    // Platforms write the same state with full-width and ASCII commas and brackets.
    private static string Fold(string words) => string.Concat(Numerals.Narrow(words).Where(c => !char.IsWhiteSpace(c)));
}
