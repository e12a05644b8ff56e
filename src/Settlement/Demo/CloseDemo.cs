using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;
using Shanhuo.Settlement.Close;
using Shanhuo.Settlement.Schemes;

namespace Shanhuo.Settlement.Demo;

/// <summary>The first cooperative's books of last year, kept by its manager: contributions, state aid, wages, rent of a lease and running costs; and its surplus plan, put to the assembly.</summary>
internal sealed class CloseDemo(ShanhuoDb db, CurrentScope acting, MemberAccounts accounts, CashBook book, CloseCooperative close) : ISeedDemo
{
    private Guid Request => Guid.CreateVersion7();

    public int Order => 41;

    public async Task Seed(DemoCounty county, CancellationToken cancel)
    {
        if (county.Code != DemoCounty.Zhangjiachuan) return;
        acting.Scope = await DemoSignIns.ScopeOf(db, "cooperative", cancel);
        var own = acting.Scope.OrganisationId!.Value;
        var until = new DateOnly(county.LastSeasonPaid.Year, 12, 31);
        if (until > county.LastSeasonPaid) until = county.LastSeasonPaid;
        var from = new DateOnly(until.Year, 1, 1);
        county.Clock.Day = until;
        var members = await db.MembersOf(own).OrderBy(m => m.Code).ToListAsync(cancel);
        for (var i = 0; i < members.Count; i += 3)
            Done(await accounts.Handle(new BookStake(Request, own, members[i].HouseholdId, i % 2 == 0 ? StakeKind.Money : StakeKind.LandRight, from, new Fen(200_000 + i * 10_000), i % 2 == 0 ? "出资收据（虚构）" : "土地经营权作价，评估并登记（虚构）"), cancel));
        Done(await accounts.Handle(new BookAid(Request, own, StakeKind.StateAid, from, new Fen(3_000_000), "财政补助批文（虚构）"), cancel));
        foreach (var (category, fen, note) in new[] { (CashCategory.OtherIncome, 260_000L, "冷库出租（虚构）"), (CashCategory.Management, 42_000, "电费、办公（虚构）"), (CashCategory.OperatingCosts, 68_000, "包装机维修（虚构）") })
            Booked(await book.Handle(new BookCash(Request, own, until.AddDays(-20), category, new Fen(fen), note), cancel));
        foreach (var member in members.Take(6))
            Booked(await book.Handle(new BookCash(Request, own, until.AddDays(-10), CashCategory.Wages, default, "分拣打包", member.HouseholdId, 24, new Fen(12_000)), cancel));
        var cooperative = await db.OrganisationFacts.SingleAsync(o => o.Id == own, cancel);
        foreach (var rent in (await LandRent.Of(db, cooperative, until, null, cancel)).Where(r => r.Left > Fen.Zero && r.Parties.Count > 0))
            Booked(await book.Handle(new BookCash(Request, own, until.AddDays(-5), CashCategory.LandRent, rent.Left, "", rent.Parties[0].Id) { AgreementId = rent.Lease.Id, RentYear = rent.Year.Number }, cancel));

        db.ChangeTracker.Clear();
        county.Clock.Day = until.AddDays(5);
        _ = (await close.Handle(new ProposeClose(Request, own, from, until, new CloseTerms(new Rate(200_000), new Rate(600_000), new Rate(50_000), default), Fen.Zero, until.AddDays(25)), cancel)).Value;
    }

    private static void Done(Outcome<Done> outcome) => _ = outcome.Value;

    private static void Booked(Outcome<CashEntry> outcome) => _ = outcome.Value;
}
