using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Intakes;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Agreements;

/// <summary>A new agreement, as the form gives it.</summary>
internal sealed record MakeAgreement(Guid RequestId, AreaCode County, string Number, AgreementKind Kind, long FirstOrganisationId, DateOnly From, DateOnly Until, string ShortfallBearer)
{
    public long? SecondOrganisationId { get; init; }

    /// <summary>Public codes of households.</summary>
    public IReadOnlyList<string> Households { get; init; } = [];
    public long? ProductId { get; init; }
    public long Quantity { get; init; }
    public IReadOnlyList<(string Grade, Fen Price)> Prices { get; init; } = [];
    public IReadOnlyList<(DateOnly Day, long Quantity)> Plan { get; init; } = [];
    public long LandMuHundredths { get; init; }
    public Fen RentPerMu { get; init; }
    public Rate? Commission { get; init; }
    public string? Deductions { get; init; }
    public Upload? Paper { get; init; }
}

internal sealed class MakeAgreementHandler(ShanhuoDb db, Ids ids, TimeProvider clock)
{
    public static readonly string[] Bearers = ["buyer", "seller", "collective", "risk-fund"];

    public async Task<Outcome<Agreement>> Handle(MakeAgreement request, CancellationToken cancel)
    {
        if (await Made(request, cancel) is { } made) return made;
        if (string.IsNullOrWhiteSpace(request.Number) || request.Number.Length > 40) return new Refusal("market.agreement-number", Place.Input("Number"));
        var number = request.Number.Trim();
        if (await db.Agreements.AsNoTracking().SingleOrDefaultAsync(a => a.County == request.County && a.Number == number, cancel) is { } taken)
            return taken.RequestId == request.RequestId ? taken : new Refusal("market.agreement-number-taken", Place.Input("Number"), number);
        if (request.Until < request.From || request.Until > request.From.AddYears(30)) return new Refusal("market.agreement-term", Place.Input("Until"), request.From.ToString("O"), request.Until.ToString("O"));
        if (!Bearers.Contains(request.ShortfallBearer)) return new Refusal("market.agreement-bearer", Place.Input("ShortfallBearer"));
        if (await Parties(request, cancel) is { } noParty) return noParty;
        var codes = request.Households.Distinct(StringComparer.Ordinal).ToList();
        var households = await db.HouseholdFacts.Where(h => codes.Contains(h.Code)).Select(h => new { h.Id, h.Code }).ToListAsync(cancel);
        if (codes.Find(c => households.All(h => h.Code != c)) is { } unknown) return new Refusal("market.agreement-household", Place.Input("Households"), unknown);
        if (households.Count == 0 && request.SecondOrganisationId is null) return new Refusal("market.agreement-side", Place.Input("Households"));
        if (await Content(request, cancel) is { } wrong) return wrong;

        var paper = request.Paper is { } file ? new Evidence { Id = ids.Next(), County = request.County, ContentType = file.ContentType, Content = file.Content, AtMs = clock.NowMs } : null;
        if (paper is not null) db.Evidences.Add(paper);
        var agreement = new Agreement
        {
            Id = ids.Next(), County = request.County, RequestId = request.RequestId, Number = number, Kind = request.Kind, FirstOrganisationId = request.FirstOrganisationId, SecondOrganisationId = request.SecondOrganisationId,
            ProductId = HasGoods(request.Kind) ? request.ProductId : null, Quantity = request.Quantity, LandMuHundredths = request.LandMuHundredths, RentPerMu = request.RentPerMu, CommissionPpm = request.Commission?.PartsPerMillion ?? 0,
            From = request.From, Until = request.Until, Deductions = request.Deductions, ShortfallBearer = request.ShortfallBearer, FileId = paper?.Id, ByAccountId = db.Scope.AccountId,
        };
        db.Agreements.Add(agreement);
        db.AgreementHouseholds.AddRange(households.Select(h => new AgreementHousehold { County = request.County, AgreementId = agreement.Id, HouseholdId = h.Id }));
        db.AgreementPrices.AddRange(request.Prices.Select(p => new AgreementPrice { County = request.County, AgreementId = agreement.Id, Grade = p.Grade, Price = p.Price }));
        db.AgreementDeliveries.AddRange(request.Plan.Select(p => new AgreementDelivery { County = request.County, AgreementId = agreement.Id, Day = p.Day, Quantity = p.Quantity }));
        try
        {
            await db.SaveChangesAsync(cancel);
            return agreement;
        }
        catch (DbUpdateException)
        {
            db.ChangeTracker.Clear();
            if (await Made(request, cancel) is { } first) return first;
            return new Refusal("market.agreement-number-taken", Place.Input("Number"), number);
        }
    }

    public static bool HasGoods(AgreementKind kind) => kind is AgreementKind.Production or AgreementKind.PurchaseAndSale;

    private Task<Agreement?> Made(MakeAgreement request, CancellationToken cancel) => db.Agreements.SingleOrDefaultAsync(a => a.County == request.County && a.RequestId == request.RequestId, cancel);

    private async Task<Refusal?> Parties(MakeAgreement request, CancellationToken cancel)
    {
        var first = await db.OrganisationFacts.SingleOrDefaultAsync(o => o.Id == request.FirstOrganisationId, cancel);
        if (first is null) return new Refusal("market.agreement-first", Place.Input("FirstOrganisationId"));
        var second = request.SecondOrganisationId is { } id ? await db.OrganisationFacts.SingleOrDefaultAsync(o => o.Id == id, cancel) : null;
        if (request.SecondOrganisationId is not null && (second is null || second.Id == first.Id)) return new Refusal("market.agreement-second", Place.Input("SecondOrganisationId"));
        // Somebody who acts for one organisation writes down only what that one has signed.
        if (db.Scope is { Role: Role.Cooperative, OrganisationId: { } own } && first.Id != own && second?.Id != own) return new Refusal("market.agreement-not-party", Place.Input("FirstOrganisationId"));
        if (request.Kind == AgreementKind.StationPartner && second is not { Kind: OrganisationKind.VillageStation or OrganisationKind.TownshipStation }) return new Refusal("market.agreement-station", Place.Input("SecondOrganisationId"));
        return null;
    }

    private async Task<Refusal?> Content(MakeAgreement request, CancellationToken cancel)
    {
        if (request.Kind == AgreementKind.LandLease) return request.LandMuHundredths > 0 && request.RentPerMu > Fen.Zero ? null : new Refusal("market.agreement-land", Place.Input("LandMu"));
        if (request.Kind == AgreementKind.StationPartner) return request.Commission is { PartsPerMillion: > 0 } ? null : new Refusal("market.agreement-commission", Place.Input("Commission"));
        if (!await db.Products.AnyAsync(p => p.County == request.County && p.Id == request.ProductId, cancel)) return new Refusal("market.agreement-product", Place.Input("ProductId"));
        if (request.Quantity <= 0) return new Refusal("market.agreement-quantity", Place.Input("Quantity"));
        var grades = await db.Grades.Where(g => g.ProductId == request.ProductId).Select(g => g.Code).ToListAsync(cancel);
        if (request.Prices.Count == 0 || request.Prices.Any(p => p.Price <= Fen.Zero || !grades.Contains(p.Grade))) return new Refusal("market.agreement-prices", Place.Input("Prices"));
        if (request.Plan.Any(p => p.Day < request.From || p.Day > request.Until || p.Quantity <= 0) || request.Plan.DistinctBy(p => p.Day).Count() != request.Plan.Count) return new Refusal("market.agreement-plan", Place.Input("Plan"));
        return request.Plan.Sum(p => p.Quantity) > request.Quantity ? new Refusal("market.agreement-plan-sum", Place.Input("Plan")) : null;
    }
}
