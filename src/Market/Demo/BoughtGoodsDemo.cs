using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Agreements;
using Shanhuo.Market.Intakes;
using Shanhuo.Market.Lots;
using Shanhuo.Market.Orders;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Demo;

/// <summary>
/// The cashmere enterprise buys its blankets outright from members of the third cooperative, whose scheme is that of enterprise, cooperative and
/// farmer: a production contract, intakes that the households approve with their code and are paid for at once, and sales. Done with the handlers of the pages.
/// </summary>
internal sealed class BoughtGoodsDemo(ShanhuoDb db, CurrentScope acting, MakeAgreementHandler agree, ReceiveIntakeHandler receive, ApproveIntakeHandler approve, PlaceOrderHandler place) : ISeedDemo
{
    private const int Weavers = 16;

    public int Order => 43;

    public async Task Seed(DemoCounty county, CancellationToken cancel)
    {
        if (county.Code != DemoCounty.Zhangjiachuan) return;
        var organisations = await db.OrganisationFacts.Where(o => o.Area >= county.Code && o.Area <= county.Code.Last).OrderBy(o => o.Code).ToListAsync(cancel);
        var (enterprise, cooperative) = (organisations.Last(o => o.Kind == OrganisationKind.Enterprise), organisations.Where(o => o.Kind == OrganisationKind.Cooperative).ElementAt(2));
        var station = organisations.Single(o => o.Kind == OrganisationKind.TownshipStation && o.Area == cooperative.Area);
        var blanket = await db.Products.SingleAsync(p => p.County == county.Code && p.Code == "blanket", cancel);
        var households = await db.MembersOf(cooperative.Id).OrderBy(m => m.Code).Take(Weavers).ToListAsync(cancel);
        var chance = new Random(county.Seed + 2);

        var first = county.ThisSeasonPaid.AddDays(-60);
        county.Clock.Day = first.AddDays(-10);
        acting.Scope = await DemoSignIns.ScopeOf(db, "staff", cancel);
        var contract = (await agree.Handle(new MakeAgreement(NewGuid(chance), county.Code, $"订单-{first.Year}-01", AgreementKind.Production, enterprise.Id, first.AddDays(-10), first.AddDays(300), "buyer")
        {
            SecondOrganisationId = cooperative.Id, ProductId = blanket.Id, Quantity = 200, Prices = [("1", new Fen(33_000)), ("2", new Fen(28_000))],
            Plan = [(first.AddDays(30), 40), (first.AddDays(60), 40)], Deductions = "尺寸不足的按二级收",
        }, cancel)).Value;

        for (var i = 0; i < households.Count; i++)
        {
            county.Clock.Day = first.AddDays(i * 2);
            var slip = new ReceiveIntake(NewGuid(chance), station.Id, households[i].HouseholdId, blanket.Id, i % 4 == 3 ? "2" : "1", IntakeManner.Bought)
            {
                Pieces = chance.Next(1, 5), AgreementId = contract.Id, CooperativeId = cooperative.Id, BuyerOrganisationId = enterprise.Id,
            };
            var intake = (await receive.Handle(slip, cancel)).Value;
            if (intake.State == IntakeState.Unconfirmed) _ = (await approve.Handle(new ApproveIntake(intake.Id, ApprovalKind.OwnCode, DemoSignIns.Code, null), cancel)).Value;
            db.ChangeTracker.Clear();
        }
        await Sell(county, blanket.Id, enterprise.Id, chance, cancel);
    }

    private async Task Sell(DemoCounty county, long blanket, long enterprise, Random chance, CancellationToken cancel)
    {
        var lots = await db.Lots.AsNoTracking().Where(l => l.County == county.Code && l.ProductId == blanket && l.EnterpriseId == enterprise && l.Manner == IntakeManner.Bought).OrderBy(l => l.Id).ToListAsync(cancel);
        foreach (var lot in lots)
        {
            var left = lot.Available;
            for (var day = county.ThisSeasonPaid.AddDays(-10); left > 2 && day < county.ThisSeasonPaid; day = day.AddDays(2))
            {
                county.Clock.Day = day;
                var some = Math.Min(left - 2, chance.Next(1, 7));
                var order = new PlaceOrder(NewGuid(chance), some > 2 ? "bulk" : "shop", some > 2 ? "单位福利采购（虚构）" : "", null, Fen.Zero, 1, true, [new PlaceLine(blanket, null, lot.Id, some, new Fen(lot.Grade == "1" ? 52_000 : 45_000))]);
                _ = (await place.Handle(order, cancel)).Value;
                db.ChangeTracker.Clear();
                left -= some;
            }
        }
    }

    private static Guid NewGuid(Random chance)
    {
        Span<byte> bytes = stackalloc byte[16];
        chance.NextBytes(bytes);
        return new Guid(bytes);
    }
}
