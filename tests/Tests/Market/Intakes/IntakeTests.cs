using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Intakes;
using Shanhuo.Market.Lots;
using Shanhuo.Tests.Databases;

namespace Shanhuo.Tests.Market.Intakes;

public sealed class IntakeTests
{
    [Theory, EachDatabase]
    public async Task A_slip_says_gross_tare_deduction_net_and_amount_as_they_were_weighed(DatabaseKind kind)
    {
        await using var host = await Morning.Start(kind);
        var intake = (await host.Receive(Morning.Almonds(0) with { Weighings = [new(new Grams(26_000), new Grams(500)), new(new Grams(14_500), new Grams(500))], DeductionRate = new Rate(20_000), DeductionReason = "moisture" })).Value;
        Assert.Equal((38_710, 790), (intake.Net.Value, intake.Deduction.Value));
        Assert.Equal(new Fen(116_130), intake.Amount);
        Assert.Equal(IntakeState.Unconfirmed, intake.State);
        Assert.Equal(2, await host.Db(db => db.Weighings.CountAsync(w => w.IntakeId == intake.Id)));
    }

    [Theory, EachDatabase]
    public async Task An_intake_sent_ten_times_at_once_is_one_intake(DatabaseKind kind)
    {
        await using var host = await Morning.Start(kind);
        var request = Morning.Almonds(30_000);
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => host.Receive(request)));
        Assert.Single(answers.Select(a => a.Value.Id).Distinct());
        Assert.Equal(1, await host.Db(db => db.Intakes.CountAsync()));
    }

    [Theory, EachDatabase]
    public async Task Unconfirmed_goods_are_in_no_lot_and_confirmed_ones_are_with_their_grower(DatabaseKind kind)
    {
        await using var host = await Morning.Start(kind);
        var waiting = (await host.Receive(Morning.Almonds(10_000))).Value;
        Assert.Equal(0, await host.Db(db => db.Lots.CountAsync()));
        var confirmed = (await host.Approve(waiting.Id)).Value;
        Assert.Equal((IntakeState.Confirmed, ApprovalKind.OwnCode), (confirmed.State, confirmed.Approval));
        var lot = await host.Db(db => db.Lots.SingleAsync());
        Assert.Equal((lot.Id, 10_000, 10_000, SmallCounty.Cooperative), (confirmed.LotId, lot.TakenIn, lot.Available, lot.CooperativeId));
        var grower = await host.Db(db => db.LotGrowers.SingleAsync());
        Assert.Equal((10_000, 30_000_000, SmallCounty.VillageA), (grower.Quantity, grower.Value, grower.Village));
    }

    [Theory, EachDatabase]
    public async Task Ten_approvals_at_once_confirm_once(DatabaseKind kind)
    {
        await using var host = await Morning.Start(kind);
        var intake = (await host.Receive(Morning.Almonds(10_000))).Value;
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => host.Confirm(intake.Id)));
        Assert.All(answers, a => Assert.Equal(IntakeState.Confirmed, a.Value.State));
        Assert.Equal(10_000, await host.Db(db => db.Lots.Select(l => l.TakenIn).SingleAsync()));
        Assert.Equal(1, await host.Db(db => db.LotMoves.CountAsync()));
        Assert.Equal(1, await host.Db(db => db.Evidences.CountAsync()));
    }

    [Theory, EachDatabase]
    public async Task Twelve_intakes_at_once_into_one_lot_lose_no_gram(DatabaseKind kind)
    {
        await using var host = await Morning.Start(kind);
        var intakes = new List<Intake>();
        for (var i = 0; i < 12; i++) intakes.Add((await host.Receive(Morning.Almonds(1_000 + i, i % 2 == 0 ? SmallCounty.Ma : SmallCounty.Li))).Value);
        await Task.WhenAll(intakes.Select(i => host.Confirm(i.Id)));
        var total = intakes.Sum(i => i.Net.Value);
        var lot = await host.Db(db => db.Lots.SingleAsync());
        Assert.Equal((total, total), (lot.TakenIn, lot.Available));
        Assert.Equal(total, await host.Db(db => db.LotGrowers.SumAsync(g => g.Quantity)));
        Assert.Equal(total * 3000, await host.Db(db => db.LotGrowers.SumAsync(g => g.Value)));
        Assert.Equal(total, await host.Db(db => db.LotMoves.SumAsync(m => m.Quantity)));
        Assert.Equal(2, await host.Db(db => db.LotGrowers.CountAsync()));
    }

    [Theory, EachDatabase]
    public async Task Goods_on_other_terms_form_another_lot(DatabaseKind kind)
    {
        await using var host = await Morning.Start(kind);
        await host.HandIn(Morning.Almonds(1_000));
        await host.HandIn(Morning.Almonds(1_000, SmallCounty.Li));
        await host.HandIn(Morning.Almonds(1_000, grade: "2"));
        await host.HandIn(Morning.Almonds(1_000) with { Manner = IntakeManner.Bought, BuyerOrganisationId = SmallCounty.Enterprise });
        await host.HandIn(Morning.Almonds(1_000) with { CooperativeId = null });
        var lots = await host.Db(db => db.Lots.OrderBy(l => l.Code).ToListAsync());
        Assert.Equal(["L-620525-00001", "L-620525-00002", "L-620525-00003", "L-620525-00004"], lots.Select(l => l.Code[..14]));
        Assert.Equal([2_000, 1_000, 1_000, 1_000], lots.Select(l => l.TakenIn));
        Assert.Equal(("enterprise", SmallCounty.Enterprise), (lots[2].BoughtBy, lots[2].EnterpriseId));
    }

    [Theory, EachDatabase]
    public async Task A_lot_whose_goods_have_begun_to_leave_takes_no_more(DatabaseKind kind)
    {
        await using var host = await Morning.Start(kind);
        var first = await host.HandIn(Morning.Almonds(5_000));
        await host.Take(first.LotId!.Value, 1_000);
        var second = await host.HandIn(Morning.Almonds(5_000, SmallCounty.Li));
        Assert.NotEqual(first.LotId, second.LotId);
        Assert.Equal([5_000L, 5_000L], await host.Db(db => db.Lots.OrderBy(l => l.Code).Select(l => l.TakenIn).ToListAsync()));
    }

    [Theory, EachDatabase]
    public async Task Blankets_are_counted_and_paid_by_the_piece(DatabaseKind kind)
    {
        await using var host = await Morning.Start(kind);
        var intake = await host.HandIn(new ReceiveIntake(Guid.CreateVersion7(), SmallCounty.StationA, SmallCounty.Ma, SmallCounty.Blanket, "1", IntakeManner.Consigned) { Pieces = 3 });
        Assert.Equal((3, new Fen(90_000), Grams.Zero), (intake.Pieces, intake.Amount, intake.Net));
        var grower = await host.Db(db => db.LotGrowers.SingleAsync());
        Assert.Equal((3, 90_000), (grower.Quantity, grower.Value));
    }

    [Theory]
    [InlineData(400, 500, "market.intake-tare")]
    [InlineData(0, 0, "market.intake-tare")]
    [InlineData(30_000_000, 0, "market.intake-heavy")]
    public async Task A_weight_that_cannot_be_is_refused(long gross, long tare, string code)
    {
        await using var host = await Morning.Start(DatabaseKind.Sqlite);
        Assert.Equal(code, (await host.Receive(Morning.Almonds(1) with { Weighings = [new(new Grams(gross), new Grams(tare))] })).Refused?.Code);
    }

    [Fact]
    public async Task What_is_missing_or_wrong_on_a_slip_is_refused_with_its_place()
    {
        await using var host = await Morning.Start(DatabaseKind.Sqlite);
        var good = Morning.Almonds(10_000);
        foreach (var (request, code, field) in new (ReceiveIntake, string, string?)[]
        {
            (good with { Weighings = [] }, "market.intake-weighings", "Weighings[0].Gross"),
            (good with { Deduction = new Grams(500) }, "market.intake-deduction-reason", "DeductionReason"),
            (good with { Deduction = new Grams(10_000), DeductionReason = "moisture" }, "market.intake-deduction", "Deduction"),
            (good with { Grade = "9" }, "market.intake-grade", "Grade"),
            (good with { Price = new Fen(2900) }, "market.intake-price-reason", "PriceReason"),
            (good with { Price = new Fen(1000), PriceReason = "wet" }, "market.intake-price", "Price"),
            (good with { Manner = IntakeManner.Bought }, "market.intake-buyer", "BuyerOrganisationId"),
            (good with { Manner = IntakeManner.Advanced, BuyerOrganisationId = SmallCounty.Cooperative, Advance = new Fen(30_001) }, "market.intake-advance", "Advance"),
            (good with { CooperativeId = SmallCounty.Enterprise }, "market.intake-cooperative", "CooperativeId"),
            (good with { AgreementId = 1 }, "market.intake-agreement", "AgreementId"),
            (good with { ProductId = SmallCounty.Blanket, Pieces = 0 }, "market.intake-pieces", "Pieces"),
            (good with { HouseholdId = SmallCounty.Zhang }, "market.intake-household", "HouseholdId"),
            (good with { StationId = SmallCounty.StationB }, "market.intake-station", null),
        })
        {
            var no = (await host.Receive(request)).Refused;
            Assert.Equal((code, field), (no?.Code, no?.Where.Column));
        }
        Assert.Equal(0, await host.Db(db => db.Intakes.CountAsync()));
    }

    [Theory, EachDatabase]
    public async Task A_price_holds_until_a_newer_one(DatabaseKind kind)
    {
        await using var host = await Morning.Start(kind);
        host.Clock.Days(5);
        Assert.Equal(new Fen(3000), (await host.Receive(Morning.Almonds(1_000))).Value.Price);
        await host.Db(async db => { db.BoardPrices.Add(new() { Id = 9, County = SmallCounty.County, ProductId = SmallCounty.Apricot, Grade = "1", Day = SmallCounty.Day.AddDays(5), Price = new Fen(3200) }); await db.SaveChangesAsync(); });
        Assert.Equal(new Fen(3200), (await host.Receive(Morning.Almonds(1_000))).Value.Price);
    }

    [Theory, EachDatabase]
    public async Task A_slip_taken_back_can_no_longer_be_approved_nor_an_approved_one_taken_back(DatabaseKind kind)
    {
        await using var host = await Morning.Start(kind);
        var intake = (await host.Receive(Morning.Almonds(10_000))).Value;
        Assert.Null((await Cancel(intake.Id)).Refused);
        Assert.Equal("market.intake-cancelled", (await host.Confirm(intake.Id)).Refused?.Code);
        var other = await host.HandIn(Morning.Almonds(10_000));
        Assert.Equal("market.cancel-confirmed", (await Cancel(other.Id)).Refused?.Code);

        Task<Outcome<Done>> Cancel(long id) => host.In(s => s.GetRequiredService<CancelIntakeHandler>().Handle(new CancelIntake(id, "weighed twice"), CancellationToken.None), Morning.StationA);
    }

    [Theory, EachDatabase]
    public async Task A_station_of_another_village_sees_nothing(DatabaseKind kind)
    {
        await using var host = await Morning.Start(kind);
        var intake = (await host.Receive(Morning.Almonds(10_000))).Value;
        Assert.Equal("market.intake-unknown", (await host.Approve(intake.Id, scope: Morning.StationB)).Refused?.Code);
        Assert.Equal(0, await host.Db(db => db.IntakesForMe.CountAsync(), Morning.StationB));
        await host.Confirm(intake.Id);
        Assert.Equal(0, await host.Db(db => db.MyLots.CountAsync(), Morning.StationB));
        Assert.Equal(1, await host.Db(db => db.MyLots.CountAsync(), Morning.StationA));
    }
}
