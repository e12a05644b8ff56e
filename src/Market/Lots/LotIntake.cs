using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Agreements;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Intakes;
using Shanhuo.Market.Products;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Lots;

/// <summary>Puts confirmed intakes into the open lot of their station, product, grade, terms, buyer, cooperative and contract, or opens one.</summary>
internal sealed class LotIntake(ShanhuoDb db, Ids ids)
{
    private const string Why = "the household that approves its intake does not itself see the station's lot";

    /// <summary>Call inside the transaction that confirms the intake. Two at once add up: the database adds, not the program.</summary>
    /// <returns>The lot and, for goods bought outright, the role of their buyer.</returns>
    /// <exception cref="DbUpdateException">Another station hand opened the same lot in this moment: roll back and try again.</exception>
    public async Task<(long LotId, string? BoughtBy)> Put(Intake intake, AreaCode village, DateOnly today, CancellationToken cancel)
    {
        var product = await db.Products.SingleAsync(p => p.Id == intake.ProductId, cancel);
        var buyer = await Organisation(intake.BuyerOrganisationId, cancel);
        var agreement = intake.AgreementId is { } id ? await db.Agreements.SingleAsync(a => a.County == intake.County && a.Id == id, cancel) : null;
        var boughtBy = intake.Manner == IntakeManner.Bought ? RoleOf(buyer!) : null;
        var lotId = await Join(intake, product, cancel) ?? await Open(intake, product, agreement, buyer, boughtBy, cancel);

        var guaranteed = agreement is null ? null : await db.AgreementPrices.Where(p => p.County == intake.County && p.AgreementId == agreement.Id && p.Grade == intake.Grade).Select(p => (Fen?)p.Price).SingleOrDefaultAsync(cancel);
        await AddGrower(intake, lotId, village, guaranteed, cancel);
        db.LotMoves.Add(new LotMove { Id = ids.Next(), County = intake.County, RequestId = intake.RequestId, LotId = lotId, Kind = MoveKind.Intake, Quantity = intake.Quantity, Day = today, CauseId = intake.Id, ByAccountId = db.Scope.AccountId });
        return (lotId, boughtBy);
    }

    private static string KeyOf(Intake i) => string.Create(CultureInfo.InvariantCulture, $"{i.StationId}/{i.ProductId}/{i.Grade}/{i.Manner}/{i.BuyerOrganisationId}/{i.CooperativeId}/{i.AgreementId}");

    private async Task<long?> Join(Intake intake, Product product, CancellationToken cancel)
    {
        var key = KeyOf(intake);
        var open = await db.Unfiltered<Lot>(Why).AsNoTracking().SingleOrDefaultAsync(l => l.County == intake.County && l.OpenKey == key, cancel);
        if (open is null) return null;
        var same = db.Unfiltered<Lot>(Why).Where(l => l.County == intake.County && l.Id == open.Id && l.OpenKey == key);
        // The first goods of a lot are at most a tenth of their life older than its last, so that its day is true for all of it.
        if (intake.Day > open.OpenedDay.AddDays(product.ShelfDays / 10))
        {
            await same.ExecuteUpdateAsync(set => set.SetProperty(l => l.OpenKey, (string?)null), cancel);
            return null;
        }
        var (quantity, keeps) = (intake.Quantity, intake.Day.AddDays(product.ShelfDays));
        var joined = await same.ExecuteUpdateAsync(set => set.SetProperty(l => l.TakenIn, l => l.TakenIn + quantity).SetProperty(l => l.Available, l => l.Available + quantity).SetProperty(l => l.BestBefore, l => l.BestBefore < keeps ? l.BestBefore : keeps), cancel);
        return joined == 1 ? open.Id : null; // Sealed in between: the next one.
    }

    private async Task<long> Open(Intake intake, Product product, Agreement? agreement, OrganisationFact? buyer, string? boughtBy, CancellationToken cancel)
    {
        var first = await Organisation(agreement?.FirstOrganisationId, cancel);
        var lot = new Lot
        {
            Id = ids.Next(), County = intake.County, Code = await NextCode(intake.County, cancel), Area = intake.Area, PlaceId = intake.StationId, ProductId = product.Id, Grade = intake.Grade,
            CooperativeId = Only(buyer, OrganisationKind.Cooperative) ?? intake.CooperativeId, EnterpriseId = Only(buyer, OrganisationKind.Enterprise) ?? Only(first, OrganisationKind.Enterprise), IntakeStationId = intake.StationId,
            BoughtBy = boughtBy, Manner = intake.Manner, AgreementId = intake.AgreementId, OpenKey = KeyOf(intake), OpenedDay = intake.Day, BestBefore = intake.Day.AddDays(product.ShelfDays), Available = intake.Quantity, TakenIn = intake.Quantity,
        };
        db.Lots.Add(lot);
        // Saved at once, within the transaction: whoever hears of the intake may ask for its lot.
        await db.SaveChangesAsync(cancel);
        return lot.Id;
    }

    /// <summary><c>L-620525-00042-K7QFP</c>; the row stays locked until the transaction ends, so no number is given twice.</summary>
    public async Task<string> NextCode(AreaCode county, CancellationToken cancel)
    {
        var counter = db.Unfiltered<LotNumber>(Why).Where(n => n.County == county);
        if (await counter.ExecuteUpdateAsync(set => set.SetProperty(n => n.Last, n => n.Last + 1), cancel) == 0)
        {
            db.LotNumbers.Add(new LotNumber { County = county, Last = 1 });
            await db.SaveChangesAsync(cancel);
        }
        var number = await counter.Select(n => n.Last).SingleAsync(cancel);
        return string.Create(CultureInfo.InvariantCulture, $"L-{county}-{number:00000}-{Tail()}");
    }

    /// <summary>The end of a lot's code, drawn by chance: whoever has the pack has the code, and whoever counts finds nothing. With it a code has the 20 characters that GS1 allows (application identifier 10).</summary>
    public static string Tail() => RandomNumberGenerator.GetString("23456789ABCDEFGHJKLMNPQRSTUVWXYZ", 5);

    private async Task AddGrower(Intake intake, long lotId, AreaCode village, Fen? guaranteed, CancellationToken cancel)
    {
        var (quantity, value) = (intake.Quantity, checked(intake.Quantity * intake.Price.Value));
        var contract = guaranteed is { } price ? checked(quantity * price.Value) : (long?)null;
        var grower = db.LotGrowers.Where(g => g.County == intake.County && g.LotId == lotId && g.HouseholdId == intake.HouseholdId && g.Village == village);
        // The lot's row is locked by now, so nobody else adds this grower meanwhile.
        if (await grower.ExecuteUpdateAsync(set => set.SetProperty(g => g.Quantity, g => g.Quantity + quantity).SetProperty(g => g.Value, g => g.Value + value).SetProperty(g => g.ContractValue, g => g.ContractValue + contract), cancel) == 0)
            db.LotGrowers.Add(new LotGrower { County = intake.County, LotId = lotId, HouseholdId = intake.HouseholdId, Village = village, Quantity = quantity, Value = value, ContractValue = contract });
    }

    private async Task<OrganisationFact?> Organisation(long? id, CancellationToken cancel) => id is null ? null : await db.OrganisationFacts.SingleAsync(o => o.Id == id, cancel);

    private static long? Only(OrganisationFact? organisation, OrganisationKind kind) => organisation?.Kind == kind ? organisation.Id : null;

    private static string RoleOf(OrganisationFact buyer) => buyer.Kind switch { OrganisationKind.Cooperative => "cooperative", OrganisationKind.Enterprise => "enterprise", _ => "platform" };
}
