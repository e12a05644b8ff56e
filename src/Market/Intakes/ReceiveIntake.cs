using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Agreements;
using Shanhuo.Market.Products;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Intakes;

/// <summary>A slip as the station writes it. Fields are named as on the form, so that a refusal finds its place.</summary>
internal sealed record ReceiveIntake(Guid RequestId, long StationId, long HouseholdId, long ProductId, string Grade, IntakeManner Manner)
{
    /// <summary>For goods by weight.</summary>
    public IReadOnlyList<WeighedOnce> Weighings { get; init; } = [];

    /// <summary>For goods by the piece.</summary>
    public long Pieces { get; init; }

    /// <summary>Taken off as a weight, or…</summary>
    public Grams Deduction { get; init; }

    /// <summary>… as a percentage.</summary>
    public Rate? DeductionRate { get; init; }
    public string? DeductionReason { get; init; }

    /// <summary>Another price than that of the board or contract; null: theirs.</summary>
    public Fen? Price { get; init; }
    public string? PriceReason { get; init; }
    public long? AgreementId { get; init; }
    public long? CooperativeId { get; init; }
    public long? BuyerOrganisationId { get; init; }
    public Fen Advance { get; init; }
}

internal sealed class ReceiveIntakeHandler(ShanhuoDb db, Ids ids, TimeProvider clock)
{
    /// <summary>Writes the slip, unconfirmed. The same request again is the same slip.</summary>
    public async Task<Outcome<Intake>> Handle(ReceiveIntake request, CancellationToken cancel)
    {
        var station = await db.OrganisationFacts.SingleOrDefaultAsync(o => o.Id == request.StationId, cancel);
        if (station is null || !db.Scope.Area.Contains(station.Area) || (db.Scope.OrganisationId is { } own && own != station.Id)) return new Refusal("market.intake-station");
        var county = station.Area.County;
        if (await Received(county, request.RequestId, cancel) is { } received) return received;

        var household = await db.HouseholdFacts.SingleOrDefaultAsync(h => h.Id == request.HouseholdId, cancel);
        if (household is null) return new Refusal("market.intake-household", Place.Input("HouseholdId"));
        var product = await db.Products.SingleOrDefaultAsync(p => p.Id == request.ProductId && p.County == county, cancel);
        if (product is null) return new Refusal("market.intake-product", Place.Input("ProductId"));
        if (!await db.Grades.AnyAsync(g => g.ProductId == product.Id && g.Code == request.Grade, cancel)) return new Refusal("market.intake-grade", Place.Input("Grade"));

        if (!Quantity(request, product).Ok(out var quantity, out var no)) return no;
        var cooperatives = await db.CooperativesOf(household.Id, clock.Today).ToListAsync(cancel);
        if (request.CooperativeId is { } cooperative && !cooperatives.Contains(cooperative)) return new Refusal("market.intake-cooperative", Place.Input("CooperativeId"));
        var agreement = request.AgreementId is { } id ? await db.OpenAgreements(county, product.Id, household.Id, cooperatives, clock.Today).SingleOrDefaultAsync(a => a.Id == id, cancel) : null;
        if (request.AgreementId is not null && agreement is null) return new Refusal("market.intake-agreement", Place.Input("AgreementId"));
        if (!(await Price(request, county, agreement, cancel)).Ok(out var price, out no)) return no;
        var amount = IntakeFigures.Amount(product.ByPiece ? request.Pieces : quantity.Net.Value, price, product.ByPiece);
        if (await Terms(request, amount, cancel) is { } wrong) return wrong;

        var intake = new Intake
        {
            Id = ids.Next(), County = county, RequestId = request.RequestId, Area = station.Area, StationId = station.Id, HouseholdId = household.Id, ProductId = product.Id, Grade = request.Grade,
            Manner = request.Manner, BuyerOrganisationId = request.Manner == IntakeManner.Consigned ? null : request.BuyerOrganisationId, Advance = request.Manner == IntakeManner.Advanced ? request.Advance : Fen.Zero,
            CooperativeId = request.CooperativeId, Net = quantity.Net, Deduction = quantity.Deduction, DeductionPpm = request.DeductionRate?.PartsPerMillion, DeductionReason = quantity.Deduction > Grams.Zero ? request.DeductionReason : null,
            Pieces = product.ByPiece ? request.Pieces : 0, Price = price, PriceReason = request.Price is { } asked && asked == price ? Trimmed(request.PriceReason) : null, AgreementId = agreement?.Id,
            Day = clock.Today, ReceivedMs = clock.NowMs, OperatorId = db.Scope.AccountId,
        };
        db.Intakes.Add(intake);
        if (!product.ByPiece)
            db.Weighings.AddRange(request.Weighings.Select((w, i) => new Weighing { County = county, IntakeId = intake.Id, Number = i + 1, Gross = w.Gross, Tare = w.Tare }));
        try
        {
            await db.SaveChangesAsync(cancel);
            return intake;
        }
        catch (DbUpdateException)
        {
            // The same slip was sent twice at once: whoever came second gets the first one's answer.
            db.ChangeTracker.Clear();
            if (await Received(county, request.RequestId, cancel) is { } first) return first;
            throw;
        }
    }

    private Task<Intake?> Received(AreaCode county, Guid requestId, CancellationToken cancel) => db.Intakes.SingleOrDefaultAsync(i => i.County == county && i.RequestId == requestId, cancel);

    private static Outcome<(Grams Net, Grams Deduction)> Quantity(ReceiveIntake request, Product product)
    {
        if (product.ByPiece)
            return request.Pieces is < 1 or > IntakeFigures.MostPieces ? new Refusal("market.intake-pieces", Place.Input("Pieces"), IntakeFigures.MostPieces) : (Grams.Zero, Grams.Zero);
        if (request.Weighings.Count is 0 or > IntakeFigures.MostWeighings) return new Refusal("market.intake-weighings", Place.Input("Weighings[0].Gross"), IntakeFigures.MostWeighings);
        for (var i = 0; i < request.Weighings.Count; i++)
        {
            var (gross, tare) = request.Weighings[i];
            if (gross <= Grams.Zero || tare < Grams.Zero || gross <= tare) return new Refusal("market.intake-tare", Place.Input($"Weighings[{i}].Gross"), gross.ToJin(), tare.ToJin());
        }
        var weighed = IntakeFigures.Weighed(request.Weighings);
        var deduction = request.DeductionRate is { } rate ? IntakeFigures.Share(weighed, rate) : request.Deduction;
        if (deduction < Grams.Zero || deduction >= weighed) return new Refusal("market.intake-deduction", Place.Input("Deduction"), deduction.ToJin(), weighed.ToJin());
        if (deduction > Grams.Zero && !IntakeFigures.DeductionReasons.Contains(request.DeductionReason)) return new Refusal("market.intake-deduction-reason", Place.Input("DeductionReason"), deduction.ToJin());
        return weighed - deduction > IntakeFigures.Heaviest ? new Refusal("market.intake-heavy", Place.Input("Weighings[0].Gross"), weighed.ToJin(), IntakeFigures.Heaviest.ToJin()) : (weighed - deduction, deduction);
    }

    private async Task<Outcome<Fen>> Price(ReceiveIntake request, AreaCode county, Agreement? agreement, CancellationToken cancel)
    {
        var agreed = agreement is null ? null : await db.AgreementPrices.Where(p => p.County == county && p.AgreementId == agreement.Id && p.Grade == request.Grade).Select(p => (Fen?)p.Price).SingleOrDefaultAsync(cancel);
        var standing = agreed ?? await db.PriceOnBoard(county, request.ProductId, request.Grade, clock.Today, cancel);
        if (standing is not { } board) return new Refusal("market.intake-no-price", Place.Input("Grade"), request.Grade);
        if (request.Price is not { } asked || asked == board) return board;
        if (asked <= Fen.Zero || !IntakeFigures.IsNear(asked, board)) return new Refusal("market.intake-price", Place.Input("Price"), asked.ToDisplay(), board.ToDisplay(), IntakeFigures.PriceLeeway);
        return Trimmed(request.PriceReason) is { Length: <= 200 } ? asked : new Refusal("market.intake-price-reason", Place.Input("PriceReason"), asked.ToDisplay(), board.ToDisplay());
    }

    private async Task<Refusal?> Terms(ReceiveIntake request, Fen amount, CancellationToken cancel)
    {
        if (request.Manner == IntakeManner.Consigned) return null;
        var payer = request.BuyerOrganisationId is { } id ? await db.OrganisationFacts.SingleOrDefaultAsync(o => o.Id == id, cancel) : null;
        if (payer is not { Kind: OrganisationKind.Cooperative or OrganisationKind.Enterprise or OrganisationKind.Platform }) return new Refusal("market.intake-buyer", Place.Input("BuyerOrganisationId"));
        if (request.Manner == IntakeManner.Advanced && (request.Advance <= Fen.Zero || request.Advance > amount)) return new Refusal("market.intake-advance", Place.Input("Advance"), request.Advance.ToDisplay(), amount.ToDisplay());
        return null;
    }

    private static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
