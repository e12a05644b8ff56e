using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Registry;
using Shanhuo.Registry.Contracts;
using Shanhuo.Registry.Households;
using Shanhuo.Tests.Databases;

namespace Shanhuo.Tests.Registry.Households;

public sealed class ConsentTests
{
    private static readonly Scope Own = new() { AccountId = 6, Role = Role.Household, Area = SmallCounty.VillageA, HouseholdId = SmallCounty.Ma }, Cadre = new() { AccountId = 1, Role = Role.VillageCadre, Area = SmallCounty.VillageA };

    [Theory, EachDatabase]
    public async Task Only_the_households_own_code_or_a_paper_gives_consent_and_two_taps_give_one(DatabaseKind kind)
    {
        await using var host = await Start(kind);
        Assert.Equal("register.consent-code", (await Give(host, Own, null, null)).Refused?.Code);
        Assert.Equal("registry.code-wrong", (await Give(host, Own, "1111", null)).Refused?.Code);
        Assert.Equal("register.consent-paper", (await Give(host, Cadre, null, "柜")).Refused?.Code);
        Assert.Equal("change.no-household", (await Give(host, Cadre, null, "村部柜子", SmallCounty.Zhang)).Refused?.Code);
        var both = await Task.WhenAll(Give(host, Own, "2580", null), Give(host, Own, "2580", null));
        Assert.Single(both.Select(c => c.Value.Id).Distinct());
        Assert.Equal(("own-code", ConsentBook.Wording), (both[0].Value.Given, both[0].Value.Wording));
        Assert.Equal(1, await host.Db(db => db.Trail.CountAsync(r => r.What == "consent" && r.HouseholdId == SmallCounty.Ma)));
    }

    [Theory, EachDatabase]
    public async Task The_name_stands_on_trace_pages_from_the_consent_until_it_is_taken_back(DatabaseKind kind)
    {
        await using var host = await Start(kind);
        Assert.Empty(await host.Db(db => db.ConsentedNames.ToListAsync()));
        await Give(host, Cadre, null, "村部柜子第 3 格");
        Assert.Equal([SmallCounty.Ma], await host.Db(db => db.ConsentedNames.Select(n => n.HouseholdId).ToListAsync()));
        foreach (var language in new[] { "zh", "en" })
        {
            var own = await host.VisitAs(Role.Household, SmallCounty.VillageA, null, SmallCounty.Ma, language);
            var page = await own.Get($"/registry/households/consent/{SmallCounty.Ma}");
            Assert.Equal(HttpStatusCode.NotFound, (await own.Get($"/registry/households/consent/{SmallCounty.Li}")).Status);
            if (language == "zh") await own.Submit(page, "form:has(button.second):has(input[value=name-on-trace])", []);
        }
        Assert.Empty(await host.Db(db => db.ConsentedNames.ToListAsync()));
        var row = await host.Db(db => db.Consents.SingleAsync());
        Assert.Equal(("paper", SmallCounty.Day), (row.Given, row.Until));
        Assert.Null((await Give(host, Own, "2580", null)).Refused);
        Assert.Equal(2, await host.Db(db => db.Consents.CountAsync()));
    }

    private static Task<Outcome<Consent>> Give(TestHost host, Scope who, string? code, string? paper, long home = SmallCounty.Ma) => host.In(s => s.GetRequiredService<ConsentBook>().Give(home, "name-on-trace", code, paper, default), who);

    private static async Task<TestHost> Start(DatabaseKind kind)
    {
        var host = await TestHost.Start(kind);
        await SmallCounty.Found(host);
        await host.Db(db => db.Households.Where(h => h.Id == SmallCounty.Ma).ExecuteUpdateAsync(h => h.SetProperty(x => x.ApprovalCodeHash, ApprovalCodes.Hash("2580"))));
        return host;
    }
}
