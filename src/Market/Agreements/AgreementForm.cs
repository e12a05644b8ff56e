using System.Globalization;
using Microsoft.AspNetCore.Http;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Pages;
using Shanhuo.Market.Intakes;
using Shanhuo.Market.Products;

namespace Shanhuo.Market.Agreements;

/// <summary>A contract as it is typed.</summary>
internal sealed class AgreementForm
{
    public const int PlanRows = 8;

    public Guid RequestId { get; set; } = Guid.CreateVersion7();
    public AgreementKind Kind { get; set; }
    public long? ProductId { get; set; }
    public string? Number { get; set; }
    public long FirstOrganisationId { get; set; }
    public long? SecondOrganisationId { get; set; }
    public string? Households { get; set; }
    public string? From { get; set; }
    public string? Until { get; set; }
    public string? Quantity { get; set; }
    public List<TypedGradePrice> Prices { get; set; } = [];
    public List<TypedDelivery> Plan { get; set; } = [];
    public string ShortfallBearer { get; set; } = "buyer";
    public string? Deductions { get; set; }
    public string? LandMu { get; set; }
    public string? RentPerMu { get; set; }
    public string? Commission { get; set; }
    public IFormFile? Paper { get; set; }

    public Outcome<MakeAgreement> ToRequest(AreaCode county, Product? product, WeightUnit unit, Upload? paper)
    {
        if (!Day(From, out var from)) return new Refusal("market.agreement-day", Place.Input("From"), From ?? "");
        if (!Day(Until, out var until)) return new Refusal("market.agreement-day", Place.Input("Until"), Until ?? "");
        var (quantity, land) = (0L, 0L);
        var (rent, commission) = (Fen.Zero, (Rate?)null);
        var prices = new List<(string, Fen)>();
        var plan = new List<(DateOnly, long)>();
        if (product is not null)
        {
            if (!WeightChoice.TryParse(Quantity, product, unit, out quantity)) return new Refusal("market.intake-number", Place.Input("Quantity"), Quantity ?? "");
            for (var i = 0; i < Prices.Count; i++)
            {
                if (string.IsNullOrWhiteSpace(Prices[i].Yuan)) continue;
                if (!Fen.TryParseYuan(Prices[i].Yuan, out var price)) return new Refusal("market.intake-number", Place.Input($"Prices[{i}].Yuan"), Prices[i].Yuan!);
                prices.Add((Prices[i].Grade ?? "", price));
            }
            for (var i = 0; i < Plan.Count; i++)
            {
                if (string.IsNullOrWhiteSpace(Plan[i].Day) && string.IsNullOrWhiteSpace(Plan[i].Quantity)) continue;
                if (!Day(Plan[i].Day, out var day)) return new Refusal("market.agreement-day", Place.Input($"Plan[{i}].Day"), Plan[i].Day ?? "");
                if (!WeightChoice.TryParse(Plan[i].Quantity, product, unit, out var due)) return new Refusal("market.intake-number", Place.Input($"Plan[{i}].Quantity"), Plan[i].Quantity ?? "");
                plan.Add((day, due));
            }
        }
        if (Kind == AgreementKind.LandLease && (!Numerals.TryParseFixed(LandMu, 2, out land) || !Fen.TryParseYuan(RentPerMu, out rent))) return new Refusal("market.agreement-land", Place.Input("LandMu"));
        if (Kind == AgreementKind.StationPartner) commission = Rate.TryParse(Numerals.Narrow(Commission ?? "").TrimEnd('%') + "%", out var rate) ? rate : null;
        return new MakeAgreement(RequestId, county, Number ?? "", Kind, FirstOrganisationId, from, until, ShortfallBearer)
        {
            SecondOrganisationId = SecondOrganisationId, ProductId = product?.Id, Quantity = quantity, Prices = prices, Plan = plan, LandMuHundredths = land, RentPerMu = rent, Commission = commission,
            Households = [.. (Households ?? "").Split(['\n', '\r', ',', '，', ' ', '、'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Numerals.Narrow)],
            Deductions = string.IsNullOrWhiteSpace(Deductions) ? null : Deductions.Trim(), Paper = paper,
        };
    }

    private static bool Day(string? text, out DateOnly day) => DateOnly.TryParseExact(Numerals.Narrow(text ?? ""), ["yyyy-MM-dd", "yyyy/M/d", "yyyy-M-d"], CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
}

internal sealed class TypedGradePrice
{
    public string? Grade { get; set; }
    public string? Yuan { get; set; }
}

internal sealed class TypedDelivery
{
    public string? Day { get; set; }
    public string? Quantity { get; set; }
}
