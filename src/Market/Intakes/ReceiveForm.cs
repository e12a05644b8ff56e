using Shanhuo.Kernel;
using Shanhuo.Kernel.Pages;
using Shanhuo.Market.Products;

namespace Shanhuo.Market.Intakes;

/// <summary>A slip as it is typed; what cannot be read is refused at its field.</summary>
internal sealed class ReceiveForm
{
    /// <summary>Rows for weighings that the page offers.</summary>
    public const int Rows = 8;

    public Guid RequestId { get; set; } = Guid.CreateVersion7();
    public long HouseholdId { get; set; }
    public long ProductId { get; set; }

    /// <summary><c>jin</c> or <c>kg</c>: what the weights and the price below are in.</summary>
    public string Unit { get; set; } = "jin";
    public string? Grade { get; set; }
    public List<TypedWeighing> Weighings { get; set; } = [.. Enumerable.Range(0, Rows).Select(_ => new TypedWeighing())];
    public string? Pieces { get; set; }
    public string? Deduction { get; set; }
    public bool DeductionInPercent { get; set; }
    public string? DeductionReason { get; set; }
    public IntakeManner Manner { get; set; } = IntakeManner.Consigned;
    public long? BuyerOrganisationId { get; set; }
    public string? Advance { get; set; }
    public long? CooperativeId { get; set; }
    public long? AgreementId { get; set; }
    public string? Price { get; set; }
    public string? PriceReason { get; set; }

    private WeightUnit In => Unit == "kg" ? WeightUnit.Kilogram : WeightUnit.Jin;

    public Outcome<ReceiveIntake> ToRequest(long stationId, Product product)
    {
        var weighings = new List<WeighedOnce>();
        for (var i = 0; i < Weighings.Count && !product.ByPiece; i++)
        {
            var (gross, tare) = (Weighings[i].Gross, Weighings[i].Tare);
            if (string.IsNullOrWhiteSpace(gross) && string.IsNullOrWhiteSpace(tare)) continue;
            if (!WeightChoice.TryParse(gross, In, out var heavy)) return new Refusal("market.intake-weight", Place.Input($"Weighings[{i}].Gross"), gross ?? "");
            if (!WeightChoice.TryParse(string.IsNullOrWhiteSpace(tare) ? "0" : tare, In, out var light)) return new Refusal("market.intake-weight", Place.Input($"Weighings[{i}].Tare"), tare ?? "");
            weighings.Add(new WeighedOnce(heavy, light));
        }
        var (pieces, deduction) = (0L, Grams.Zero);
        var (rate, price, advance) = ((Rate?)null, (Fen?)null, Fen.Zero);
        if (product.ByPiece && !Numerals.TryParseFixed(Pieces, 0, out pieces)) return new Refusal("market.intake-number", Place.Input("Pieces"), Pieces ?? "");
        if (!product.ByPiece && !string.IsNullOrWhiteSpace(Deduction))
        {
            if (DeductionInPercent)
            {
                if (!Rate.TryParse(Numerals.Narrow(Deduction).TrimEnd('%') + "%", out var read)) return new Refusal("market.intake-number", Place.Input("Deduction"), Deduction);
                rate = read;
            }
            else if (!WeightChoice.TryParse(Deduction, In, out deduction)) return new Refusal("market.intake-weight", Place.Input("Deduction"), Deduction);
        }
        if (!string.IsNullOrWhiteSpace(Price))
        {
            if (!Fen.TryParseYuan(Price, out var typed)) return new Refusal("market.intake-number", Place.Input("Price"), Price);
            price = !product.ByPiece && In == WeightUnit.Jin ? typed + typed : typed;
        }
        if (!string.IsNullOrWhiteSpace(Advance) && !Fen.TryParseYuan(Advance, out advance)) return new Refusal("market.intake-number", Place.Input("Advance"), Advance);
        return new ReceiveIntake(RequestId, stationId, HouseholdId, ProductId, Grade ?? "", Manner)
        {
            Weighings = weighings, Pieces = pieces, Deduction = deduction, DeductionRate = rate, DeductionReason = DeductionReason, Price = price, PriceReason = PriceReason,
            AgreementId = AgreementId, CooperativeId = CooperativeId, BuyerOrganisationId = BuyerOrganisationId, Advance = advance,
        };
    }
}

internal sealed class TypedWeighing
{
    public string? Gross { get; set; }
    public string? Tare { get; set; }
}
