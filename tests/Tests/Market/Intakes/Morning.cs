using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Intakes;
using Shanhuo.Registry;
using Shanhuo.Registry.Contracts;
using Shanhuo.Tests.Databases;

namespace Shanhuo.Tests.Market.Intakes;

/// <summary>A morning at station A: people who hand in, and their codes.</summary>
internal static class Morning
{
    public const string Code = "2580";

    public static readonly byte[] Photo = [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

    /// <summary>The stationmaster of village A.</summary>
    public static Scope StationA { get; } = new() { AccountId = 71, Role = Role.Station, Area = SmallCounty.VillageA, OrganisationId = SmallCounty.StationA };

    public static Scope StationB { get; } = new() { AccountId = 72, Role = Role.Station, Area = SmallCounty.VillageB, OrganisationId = SmallCounty.StationB };

    public static async Task<TestHost> Start(DatabaseKind kind)
    {
        var host = await TestHost.Start(kind);
        await SmallCounty.Found(host);
        await host.Db(async db =>
        {
            await db.Households.ExecuteUpdateAsync(set => set.SetProperty(h => h.ApprovalCodeHash, CodeHash));
        });
        return host;
    }

    public static ReceiveIntake Almonds(long grams, long household = SmallCounty.Ma, string grade = "1") =>
        new(Guid.CreateVersion7(), SmallCounty.StationA, household, SmallCounty.Apricot, grade, IntakeManner.Consigned) { Weighings = [new(new Grams(grams + 500), new Grams(500))], CooperativeId = household == SmallCounty.Zhang ? null : SmallCounty.Cooperative };

    public static Task<Outcome<Intake>> Receive(this TestHost host, ReceiveIntake request, Scope? scope = null) => host.In(s => s.GetRequiredService<ReceiveIntakeHandler>().Handle(request, CancellationToken.None), scope ?? StationA);

    public static Task<Outcome<Intake>> Approve(this TestHost host, long intakeId, string? code = Code, Scope? scope = null) =>
        host.In(s => s.GetRequiredService<ApproveIntakeHandler>().Handle(new ApproveIntake(intakeId, ApprovalKind.OwnCode, code, null), CancellationToken.None), scope ?? StationA);

    /// <summary>Taken in and approved by voice, which costs no hashing.</summary>
    public static async Task<Intake> HandIn(this TestHost host, ReceiveIntake request)
    {
        var intake = (await host.Receive(request)).Value;
        return (await host.Confirm(intake.Id)).Value;
    }

    public static Task<Outcome<Intake>> Confirm(this TestHost host, long intakeId) =>
        host.In(s => s.GetRequiredService<ApproveIntakeHandler>().Handle(new ApproveIntake(intakeId, ApprovalKind.SignedSlip, null, new Upload("image/jpeg", Photo)), CancellationToken.None), StationA);

    private static readonly string CodeHash = ApprovalCodes.Hash(Code);
}
