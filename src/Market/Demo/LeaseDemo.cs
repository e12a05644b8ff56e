using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Agreements;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Demo;

/// <summary>The first cooperative leases a member's land; its close books the rent.</summary>
internal sealed class LeaseDemo(ShanhuoDb db, CurrentScope acting, MakeAgreementHandler agree) : ISeedDemo
{
    public int Order => 39;

    public async Task Seed(DemoCounty county, CancellationToken cancel)
    {
        if (county.Code != DemoCounty.Zhangjiachuan) return;
        var from = new DateOnly(county.LastSeasonPaid.Year, 3, 1);
        county.Clock.Day = from;
        acting.Scope = await DemoSignIns.ScopeOf(db, "cooperative", cancel);
        var own = acting.Scope.OrganisationId!.Value;
        var member = await db.MembersOf(own).OrderBy(m => m.Code).Select(m => m.Code).FirstAsync(cancel);
        _ = (await agree.Handle(new MakeAgreement(Guid.CreateVersion7(), county.Code, $"流转-{from.Year}-01", AgreementKind.LandLease, own, from, from.AddYears(5).AddDays(-1), "buyer") { Households = [member], LandMuHundredths = 420, RentPerMu = new Fen(36_000) }, cancel)).Value;
    }
}
