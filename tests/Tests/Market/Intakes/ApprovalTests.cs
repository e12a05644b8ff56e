using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Intakes;
using Shanhuo.Registry;
using Shanhuo.Registry.Contracts;
using Shanhuo.Tests.Databases;

namespace Shanhuo.Tests.Market.Intakes;

public sealed class ApprovalTests
{
    [Theory, EachDatabase]
    public async Task A_wrong_code_confirms_nothing_and_the_brake_holds_though_the_right_one_comes(DatabaseKind kind)
    {
        await using var host = await Morning.Start(kind);
        var intake = (await host.Receive(Morning.Almonds(10_000))).Value;
        for (var i = 0; i < 5; i++) Assert.Equal("registry.code-wrong", (await host.Approve(intake.Id, "1111")).Refused?.Code);
        Assert.Equal("market.code-slip", (await host.Approve(intake.Id)).Refused?.Code);
        var another = (await host.Receive(Morning.Almonds(10_000))).Value;
        Assert.Equal("registry.code-too-often", (await host.Approve(another.Id)).Refused?.Code);
        host.Clock.Now = host.Clock.Now.AddMinutes(16);
        Assert.Null((await host.Approve(another.Id)).Refused);
        Assert.Equal(1, await host.Db(db => db.Intakes.CountAsync(i => i.State == IntakeState.Confirmed)));
    }

    [Theory, EachDatabase]
    public async Task Guesses_of_a_day_are_counted_over_all_slips(DatabaseKind kind)
    {
        await using var host = await Morning.Start(kind);
        for (var slip = 0; slip < 3; slip++)
        {
            var intake = (await host.Receive(Morning.Almonds(10_000))).Value;
            for (var i = 0; i < 5; i++) await host.Approve(intake.Id, "1111");
            host.Clock.Now = host.Clock.Now.AddMinutes(16);
        }
        var fresh = (await host.Receive(Morning.Almonds(10_000))).Value;
        Assert.Equal("market.code-day", (await host.Approve(fresh.Id)).Refused?.Code);
        host.Clock.Days(1);
        Assert.Null((await host.Approve(fresh.Id)).Refused);
    }

    [Fact]
    public async Task Staff_cannot_confirm_without_code_or_proof()
    {
        await using var host = await Morning.Start(DatabaseKind.Sqlite);
        var intake = (await host.Receive(Morning.Almonds(10_000))).Value;
        foreach (var kind in new[] { ApprovalKind.None, ApprovalKind.Voice, ApprovalKind.SignedSlip })
            Assert.Equal("market.upload-none", (await host.In(s => s.GetRequiredService<ApproveIntakeHandler>().Handle(new ApproveIntake(intake.Id, kind, null, null), CancellationToken.None), Morning.StationA)).Refused?.Code);
        Assert.Equal("registry.code-wrong", (await host.Approve(intake.Id, "")).Refused?.Code);
        await host.Db(db => db.Households.ExecuteUpdateAsync(set => set.SetProperty(h => h.ApprovalCodeHash, (string?)null)));
        Assert.Equal("registry.code-none", (await host.Approve(intake.Id)).Refused?.Code);
    }

    [Theory, EachDatabase]
    public async Task A_household_confirms_from_its_own_sign_in_even_at_a_station_elsewhere(DatabaseKind kind)
    {
        await using var host = await Morning.Start(kind);
        var township = new Scope { AccountId = 73, Role = Role.Station, Area = SmallCounty.Township, OrganisationId = SmallCounty.TownshipStation };
        var intake = (await host.Receive(Morning.Almonds(10_000) with { StationId = SmallCounty.TownshipStation }, township)).Value;
        var own = new Scope { AccountId = 80, Role = Role.Household, Area = SmallCounty.VillageA, HouseholdId = SmallCounty.Ma };
        var neighbour = new Scope { AccountId = 81, Role = Role.Household, Area = SmallCounty.VillageA, HouseholdId = SmallCounty.Li };
        Assert.Equal("market.intake-unknown", (await host.Approve(intake.Id, scope: neighbour)).Refused?.Code);
        Assert.Equal(IntakeState.Confirmed, (await host.Approve(intake.Id, scope: own)).Value.State);
        Assert.Equal(10_000, await host.Db(db => db.LotGrowers.Select(g => g.Quantity).SingleAsync()));
    }

    [Theory, EachDatabase]
    public async Task Goods_bought_outright_are_owed_and_paid_when_they_are_confirmed(DatabaseKind kind)
    {
        await using var host = await Morning.Start(kind);
        var intake = await host.HandIn(Morning.Almonds(10_000) with { Manner = IntakeManner.Bought, BuyerOrganisationId = SmallCounty.Enterprise });
        var accounts = await host.Db(db => db.Set<Shanhuo.Settlement.Ledger.Posting>().SumAsync(p => (long)p.Amount));
        var paid = await host.Db(db => db.Set<Shanhuo.Settlement.Ledger.Posting>().Where(p => p.Amount > Fen.Zero).MaxAsync(p => (long)p.Amount));
        Assert.Equal((0, 30_000), (accounts, paid));
        Assert.Equal(new Fen(30_000), intake.Amount);
    }

    [Theory, EachDatabase]
    public async Task A_household_sets_its_code_itself_with_a_slip_from_the_township_once(DatabaseKind kind)
    {
        await using var host = await Morning.Start(kind);
        await host.Db(db => db.Households.ExecuteUpdateAsync(set => set.SetProperty(h => h.ApprovalCodeHash, (string?)null)));
        var township = new Scope { AccountId = 73, Role = Role.Station, Area = SmallCounty.Township, OrganisationId = SmallCounty.TownshipStation };
        Assert.Equal("registry.slip-village", (await Issue(Morning.StationA)).Refused?.Code);
        var number = (await Issue(township)).Value;
        Assert.Equal("registry.slip-wrong", (await Use("00000000", "7391")).Refused?.Code);
        Assert.Equal("registry.code-simple", (await Use(number, "1234")).Refused?.Code);
        Assert.Null((await Use(number, "7391")).Refused);
        Assert.Equal("registry.slip-wrong", (await Use(number, "8402")).Refused?.Code);
        var intake = (await host.Receive(Morning.Almonds(10_000))).Value;
        Assert.Null((await host.Approve(intake.Id, "7391")).Refused);
        // Whoever issued the slip cannot take in goods on the code that came of it.
        var theirs = (await host.Receive(Morning.Almonds(10_000) with { StationId = SmallCounty.TownshipStation }, township)).Value;
        Assert.Equal("market.code-issuer", (await host.Approve(theirs.Id, "7391", township)).Refused?.Code);

        Task<Outcome<string>> Issue(Scope scope) => host.In(s => s.GetRequiredService<CodeSlips>().Issue(SmallCounty.Ma, CancellationToken.None), scope);
        Task<Outcome<Done>> Use(string slip, string code) => host.In(s => s.GetRequiredService<CodeSlips>().Use($"H-{SmallCounty.Ma}", slip, code, code, CancellationToken.None), Scope.Nobody);
    }

    [Fact]
    public async Task Nobody_but_the_household_sets_its_code()
    {
        await using var host = await Morning.Start(DatabaseKind.Sqlite);
        foreach (var scope in new[] { Morning.StationA, new Scope { AccountId = 1, Role = Role.CountyStaff, Area = SmallCounty.County } })
            Assert.Equal("registry.code-not-yours", (await host.In(s => s.GetRequiredService<CodeSlips>().SetOwn("7391", "7391", CancellationToken.None), scope)).Refused?.Code);
    }

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xD8, 0xFF, 0xE0 }, "image/jpeg", null)]
    [InlineData(new byte[] { 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A }, "image/png", null)]
    [InlineData(new byte[] { 0x52, 0x49, 0x46, 0x46, 1, 0, 0, 0, 0x57, 0x45, 0x42, 0x50 }, "image/webp", null)]
    [InlineData(new byte[] { 0x52, 0x49, 0x46, 0x46, 1, 0, 0, 0, 0x57, 0x41, 0x56, 0x45 }, null, "audio/wav")]
    [InlineData(new byte[] { 0x1A, 0x45, 0xDF, 0xA3 }, null, "audio/webm")]
    [InlineData(new byte[] { 0x4F, 0x67, 0x67, 0x53 }, null, "audio/ogg")]
    [InlineData(new byte[] { 0, 0, 0, 0x20, 0x66, 0x74, 0x79, 0x70, 0x4D, 0x34, 0x41, 0x20 }, null, "audio/mp4")]
    [InlineData(new byte[] { 0x3C, 0x73, 0x76, 0x67 }, null, null)]
    [InlineData(new byte[] { }, null, null)]
    public void A_file_is_what_its_bytes_say(byte[] content, string? photo, string? sound) =>
        Assert.Equal((photo, sound), (FileKind.Photo(content), FileKind.Sound(content)));
}
