using System.Globalization;
using Shanhuo.Kernel;
using Shanhuo.Market.Products;

namespace Shanhuo.Market.Offers;

/// <summary>The form of an offer; amounts and times as people write them.</summary>
internal sealed record OfferForm
{
    public Guid RequestId { get; set; } = Guid.CreateVersion7();
    public long ProductId { get; set; }
    public OfferKind Kind { get; set; }
    public string? Grade { get; set; }
    public long SellerId { get; set; }
    public string? Title { get; set; }
    public string? TitleEn { get; set; }
    public string? Words { get; set; }
    public string? WordsEn { get; set; }
    public string? PerUnit { get; set; }
    public string? Price { get; set; }
    public bool ByWeight { get; set; }
    public string? Opens { get; set; }
    public string? Closes { get; set; }
    public string? Cap { get; set; }
    public string? MostPerOrder { get; set; }
    public string? Minimum { get; set; }
    public bool Harvest { get; set; }
    public string? DeliverFrom { get; set; }
    public string? DeliverUntil { get; set; }
    public string? Deposit { get; set; }
    public string? Commission { get; set; }
    public string? Campaign { get; set; }
    public string? Lot { get; set; }
    public long? PickupId { get; set; }
    public string? Guarantor { get; set; }
    public string? Guarantee { get; set; }

    /// <summary>The request, or the first field that cannot be read.</summary>
    public Outcome<WriteOffer> ToRequest(Product product)
    {
        long unit;
        if (product.ByPiece ? !Numerals.TryParseFixed(PerUnit, 0, out unit) : !Grams.TryParseJin(PerUnit, out var grams) | (unit = grams.Value) < 0) return Unread("PerUnit", PerUnit);
        if (!Fen.TryParseYuan(Price, out var price)) return Unread("Price", Price);
        if (!Time(Opens, out var opens)) return Unread("Opens", Opens);
        if (!Time(Closes, out var closes)) return Unread("Closes", Closes);
        if (!Count(Cap, out var cap)) return Unread("Cap", Cap);
        if (!Count(MostPerOrder, out var most)) return Unread("MostPerOrder", MostPerOrder);
        if (!Count(Minimum, out var minimum)) return Unread("Minimum", Minimum);
        if (!Day(DeliverFrom, out var from)) return Unread("DeliverFrom", DeliverFrom);
        if (!Day(DeliverUntil, out var until)) return Unread("DeliverUntil", DeliverUntil);
        if (!Percent(Deposit, out var deposit)) return Unread("Deposit", Deposit);
        if (!Percent(Commission, out var commission)) return Unread("Commission", Commission);
        return new WriteOffer(RequestId, ProductId, Grade is { Length: > 0 } ? Grade : null, SellerId, Kind, Title ?? "", TitleEn is { Length: > 0 } ? TitleEn : Title ?? "", unit, price)
        {
            Words = Words ?? "", WordsEn = WordsEn ?? "", ByWeight = ByWeight, OpensMs = opens, ClosesMs = closes, Cap = cap, MostPerOrder = (int)Math.Min(most ?? 99, 10_001), Minimum = minimum, Harvest = Harvest,
            DeliverFrom = from, DeliverUntil = until ?? from, DepositPpm = deposit, CommissionPpm = commission, Guarantor = Guarantor ?? "", Guarantee = Numerals.Narrow(Guarantee ?? ""), Campaign = Campaign?.Trim(), PickupId = Kind == OfferKind.Community ? PickupId : null, Lot = Numerals.Narrow(Lot ?? ""),
        };
    }

    private static bool Count(string? text, out long? value)
    {
        value = null;
        if (string.IsNullOrWhiteSpace(text)) return true;
        if (!Numerals.TryParseFixed(text, 0, out var number)) return false;
        value = number;
        return true;
    }

    private static bool Percent(string? text, out int? ppm)
    {
        ppm = null;
        if (string.IsNullOrWhiteSpace(text)) return true;
        if (!Rate.TryParse(Numerals.Narrow(text).TrimEnd('%') + "%", out var rate)) return false;
        ppm = rate.PartsPerMillion;
        return true;
    }

    private static bool Day(string? text, out DateOnly? day)
    {
        day = null;
        if (string.IsNullOrWhiteSpace(text)) return true;
        if (!DateOnly.TryParseExact(Numerals.Narrow(text), ["yyyy-MM-dd", "yyyy/M/d"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var read) || read.Year is < 1990 or > 2200) return false;
        day = read;
        return true;
    }

    // China Standard Time, as the browser's own field writes it.
    private static bool Time(string? text, out long? milliseconds)
    {
        milliseconds = null;
        if (string.IsNullOrWhiteSpace(text)) return true;
        if (!DateTime.TryParseExact(Numerals.Narrow(text), ["yyyy-MM-ddTHH:mm", "yyyy-MM-dd HH:mm", "yyyy-MM-ddTHH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var read) || read.Year is < 1990 or > 2200) return false;
        milliseconds = new DateTimeOffset(read, TimeSpan.FromHours(8)).ToUnixTimeMilliseconds();
        return true;
    }

    private static Refusal Unread(string field, string? text) => new("offers.unread", Place.Input(field), text ?? "");
}
