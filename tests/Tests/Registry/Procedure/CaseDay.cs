using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Registry;
using Shanhuo.Registry.Contracts;
using Shanhuo.Registry.Households;
using Shanhuo.Registry.Procedure;
using Shanhuo.Tests.Databases;

namespace Shanhuo.Tests.Registry.Procedure;

/// <summary>The people of the small county who lead cases, and the way of a case through them.</summary>
internal static class CaseDay
{
    public static readonly Scope Cadre = As(1, Role.VillageCadre, SmallCounty.VillageA), Town = As(2, Role.TownshipOfficial, SmallCounty.Township), Town2 = As(3, Role.TownshipOfficial, SmallCounty.Township),
        Official = As(4, Role.CountyOfficial, SmallCounty.County), Official2 = As(5, Role.CountyOfficial, SmallCounty.County), CadreB = As(6, Role.VillageCadre, SmallCounty.VillageB),
        Family = new() { AccountId = 7, Role = Role.Household, Area = SmallCounty.VillageA, HouseholdId = SmallCounty.Ma };

    public static readonly Evidence Full = new()
    {
        Text = "二月三日村委会开会，村民代表讨论通过。", Ballot = new BallotCount(30, 24, 20, 3, 1), Checklist = Evidence.ChecklistItems.ToDictionary(i => i, _ => (bool?)true), IncomePerHead = new Fen(9000_00), Agreement = "paper", Departments = ["civil"],
    };

    public static Scope As(long account, string role, AreaCode area) => new() { AccountId = account, Role = role, Area = area };

    public static Task<Outcome<long>> Open(TestHost host, string kind, string? category = "marginal", long household = SmallCounty.Ma, Scope? by = null, Guid? request = null) =>
        host.In(s => s.GetRequiredService<OpenCaseHandler>().Handle(new OpenCase(request ?? Guid.CreateVersion7(), kind, household, null, category, Full), default), by ?? Cadre);

    public static Task<Outcome<Done>> Take(TestHost host, long id, string step, Scope by, bool passes = true, Evidence? evidence = null, string? code = null) =>
        host.In(s => s.GetRequiredService<TakeStepHandler>().Handle(new TakeStep(Guid.CreateVersion7(), id, step, passes, evidence ?? Full, code), default), by);

    /// <summary>Takes the steps of a case of monitoring up to, and without, a step; the clock goes on over the notice.</summary>
    public static async Task Monitor(TestHost host, long id, string upto)
    {
        foreach (var (step, by) in new[] { ("visit", Cadre), ("compare", Official), ("evaluate", Cadre), ("notice", Cadre), ("review", Town), ("approve", Official2), ("announce", Town) })
        {
            if (step == upto) return;
            if (step == "review") host.Clock.Days(6);
            Assert.Null((await Take(host, id, step, by)).Refused);
        }
    }

    public static Task Status(TestHost host, string status, long household = SmallCounty.Ma) => host.Db(async db =>
    {
        db.HouseholdStatuses.Add(new HouseholdStatus { Id = household * 100 + status.Length, HouseholdId = household, Status = status, Since = new(2016, 1, 1) });
        await db.SaveChangesAsync();
    });

    public static Task<Case> Row(TestHost host, long id) => host.Db(db => db.Cases.AsNoTracking().SingleAsync(c => c.Id == id));

    public static Task GiveCode(TestHost host, string code) => host.Db(db => db.Households.Where(h => h.Id == SmallCounty.Ma).ExecuteUpdateAsync(set => set.SetProperty(h => h.ApprovalCodeHash, ApprovalCodes.Hash(code))));
}
