using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Agreements;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Market.Intakes;

namespace Shanhuo.Tests.Market.Agreements;

public sealed class AgreementTests
{
    private static readonly Scope Staff = new() { AccountId = 5, Role = Role.CountyStaff, Area = SmallCounty.County };

    [Theory, EachDatabase]
    public async Task Deliveries_count_against_their_contract_and_carry_its_guaranteed_price(DatabaseKind kind)
    {
        await using var host = await Morning.Start(kind);
        var agreement = (await Make(host, Production())).Value;
        var intake = await host.HandIn(Morning.Almonds(20_000) with { AgreementId = agreement.Id });
        Assert.Equal(new Fen(3200), intake.Price);
        var grower = await host.Db(db => db.LotGrowers.SingleAsync());
        Assert.Equal(20_000L * 3200, grower.ContractValue);
        var lot = await host.Db(db => db.Lots.SingleAsync());
        Assert.Equal((SmallCounty.Enterprise, agreement.Id), (lot.EnterpriseId, lot.AgreementId));
        // Goods without the contract go elsewhere, so that the guarantee does not run into them.
        await host.HandIn(Morning.Almonds(5_000));
        Assert.Equal(2, await host.Db(db => db.Lots.CountAsync()));
        var standing = await Standing(host, agreement);
        Assert.Equal(20_000, standing.Came);
    }

    [Theory, EachDatabase]
    public async Task A_day_of_the_plan_that_passed_short_and_a_price_below_the_contract_are_breaches(DatabaseKind kind)
    {
        await using var host = await Morning.Start(kind);
        var agreement = (await Make(host, Production())).Value;
        await host.HandIn(Morning.Almonds(20_000) with { AgreementId = agreement.Id, Price = new Fen(3000), PriceReason = "late" });
        Assert.Empty((await Standing(host, agreement)).Short);
        host.Clock.Days(6);
        var standing = await Standing(host, agreement);
        Assert.Equal(new ShortDelivery(SmallCounty.Day.AddDays(5), 30_000, 20_000), standing.Short.Single());
        Assert.Equal((new Fen(3000), new Fen(3200)), (standing.Under.Single().Delivery.Price, standing.Under.Single().Agreed));
    }

    [Fact]
    public async Task Unconfirmed_goods_do_not_count_and_strangers_to_the_contract_cannot_use_it()
    {
        await using var host = await Morning.Start(DatabaseKind.Sqlite);
        var agreement = (await Make(host, Production())).Value;
        await host.Receive(Morning.Almonds(20_000) with { AgreementId = agreement.Id });
        Assert.Equal(0, (await Standing(host, agreement)).Came);
        Assert.Equal("market.intake-agreement", (await host.Receive(Morning.Almonds(20_000, SmallCounty.Zhang) with { StationId = SmallCounty.StationB, AgreementId = agreement.Id }, Morning.StationB)).Refused?.Code);
        host.Clock.Days(400);
        Assert.Equal("market.intake-agreement", (await host.Receive(Morning.Almonds(20_000) with { AgreementId = agreement.Id })).Refused?.Code);
    }

    [Fact]
    public async Task What_is_missing_in_a_contract_is_refused_with_its_place()
    {
        await using var host = await Morning.Start(DatabaseKind.Sqlite);
        var good = Production();
        foreach (var (request, code) in new (MakeAgreement, string)[]
        {
            (good with { Number = " " }, "market.agreement-number"),
            (good with { Until = good.From.AddDays(-1) }, "market.agreement-term"),
            (good with { FirstOrganisationId = 0 }, "market.agreement-first"),
            (good with { SecondOrganisationId = good.FirstOrganisationId }, "market.agreement-second"),
            (good with { SecondOrganisationId = null, Households = [] }, "market.agreement-side"),
            (good with { Households = ["H-999"] }, "market.agreement-household"),
            (good with { ProductId = null }, "market.agreement-product"),
            (good with { Quantity = 0 }, "market.agreement-quantity"),
            (good with { Prices = [] }, "market.agreement-prices"),
            (good with { Plan = [(good.Until.AddDays(1), 1)] }, "market.agreement-plan"),
            (good with { Plan = [(good.From, 1_000_000)] }, "market.agreement-plan-sum"),
            (good with { ShortfallBearer = "nobody" }, "market.agreement-bearer"),
            (good with { Kind = AgreementKind.LandLease }, "market.agreement-land"),
            (good with { Kind = AgreementKind.StationPartner, SecondOrganisationId = SmallCounty.StationA }, "market.agreement-commission"),
            (good with { Kind = AgreementKind.StationPartner }, "market.agreement-station"),
        })
            Assert.Equal(code, (await Make(host, request)).Refused?.Code);
        Assert.Equal(0, await host.Db(db => db.Agreements.CountAsync()));
    }

    [Theory, EachDatabase]
    public async Task A_contract_sent_ten_times_at_once_is_one_and_its_number_is_taken(DatabaseKind kind)
    {
        await using var host = await Morning.Start(kind);
        var request = Production();
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Make(host, request)));
        Assert.Single(answers.Select(a => a.Value.Id).Distinct());
        Assert.Equal("market.agreement-number-taken", (await Make(host, request with { RequestId = Guid.CreateVersion7() })).Refused?.Code);
    }

    [Theory, EachDatabase]
    public async Task A_manager_registers_a_contract_with_its_paper_on_a_page_and_others_see_only_their_own(DatabaseKind kind)
    {
        await using var host = await Morning.Start(kind);
        var manager = await host.VisitAs(Role.Cooperative, SmallCounty.Township, SmallCounty.Cooperative);
        var form = await manager.Get("/market/agreements/new?kind=PurchaseAndSale&product=201");
        var fields = new Dictionary<string, string>
        {
            ["Form.Number"] = "GX-2026-01", ["Form.FirstOrganisationId"] = $"{SmallCounty.Enterprise}", ["Form.SecondOrganisationId"] = $"{SmallCounty.Cooperative}", ["Form.From"] = "2026-11-01", ["Form.Until"] = "2027-10-31",
            ["Form.Quantity"] = "2000", ["Form.Prices[0].Yuan"] = "32", ["Form.Plan[0].Day"] = "2026-12-01", ["Form.Plan[0].Quantity"] = "500",
        };
        var refused = await manager.Submit(form, "form.agreement", fields, new() { ["Form.Paper"] = ("contract.pdf", Encoding.UTF8.GetBytes("<svg onload='alert(1)'/>")) });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("这不是照片或 PDF", refused.Text);
        var view = await manager.Submit(form, "form.agreement", fields, new() { ["Form.Paper"] = ("contract.pdf", Encoding.UTF8.GetBytes("%PDF-1.7 signed")) });
        Assert.Contains("GX-2026-01", view.Text);
        Assert.Contains("应交 2,000", (await manager.Get("/market/agreements")).Text);
        var id = await host.Db(db => db.Agreements.Select(a => a.Id).SingleAsync());
        using var paper = await manager.Client.GetAsync($"/market/agreements/paper/{id}");
        Assert.Equal("application/pdf", paper.Content.Headers.ContentType!.MediaType);
        Assert.Contains("sandbox", paper.Headers.GetValues("Content-Security-Policy").Single());
        var other = await host.VisitAs(Role.Cooperative, SmallCounty.Township, 99);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Get($"/market/agreements/view?id={id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Get($"/market/agreements/paper/{id}")).Status);
        var ended = await manager.Submit(view, "form[action*='End']", new() { ["Reason"] = "双方同意" });
        Assert.Contains("双方同意", ended.Text);
    }

    private static MakeAgreement Production() => new(Guid.CreateVersion7(), SmallCounty.County, "DD-2026-01", AgreementKind.Production, SmallCounty.Enterprise, SmallCounty.Day, SmallCounty.Day.AddDays(300), "buyer")
    {
        SecondOrganisationId = SmallCounty.Cooperative, ProductId = SmallCounty.Apricot, Quantity = 100_000, Prices = [("1", new Fen(3200))], Plan = [(SmallCounty.Day.AddDays(5), 30_000), (SmallCounty.Day.AddDays(40), 70_000)],
    };

    private static Task<Outcome<Agreement>> Make(TestHost host, MakeAgreement request) => host.In(s => s.GetRequiredService<MakeAgreementHandler>().Handle(request, CancellationToken.None), Staff);

    private static Task<AgreementStanding> Standing(TestHost host, Agreement agreement) => host.Db(async db => (await AgreementStanding.Of(db, [agreement], host.Clock.Today, CancellationToken.None))[0]);
}
