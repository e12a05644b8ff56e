using System.Net;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry;
using Shanhuo.Registry.Households;
using Shanhuo.Tests.Databases;

namespace Shanhuo.Tests.Registry.Accounts;

public sealed class SignInTests
{
    [Theory, EachDatabase]
    public async Task Somebody_with_an_account_signs_in_and_out(DatabaseKind kind)
    {
        await using var host = await TestHost.Start(kind);
        var visitor = await host.VisitAs(Role.Station, AreaCode.Parse("620525100001"));
        var front = await visitor.Get("/");
        Assert.Contains(Role.Station, front.Text);
        var after = await visitor.Submit(front, "form[action='/sign-out']", []);
        Assert.DoesNotContain(Role.Station, after.Text);
    }

    [Fact]
    public async Task A_wrong_password_is_refused_in_words_and_in_both_languages()
    {
        await using var host = await TestHost.Start(DatabaseKind.Sqlite);
        foreach (var (language, words) in new[] { ("zh", "账号或密码不对"), ("en", "not right") })
        {
            var visitor = await host.Visit(language);
            var answer = await visitor.Submit(await visitor.Get("/sign-in"), "form:has(#password)", new() { ["Name"] = "nobody", ["Password"] = "wrong" });
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
            Assert.Contains(words, answer.Text);
        }
    }

    [Theory, EachDatabase]
    public async Task A_person_sees_only_the_rows_of_the_own_area_and_household(DatabaseKind kind)
    {
        await using var host = await TestHost.Start(kind);
        await host.Db(async db =>
        {
            foreach (var (id, area) in new[] { (1L, "620525100201"), (2L, "620525101201"), (3L, "622923100201") })
                db.Households.Add(new Household { Id = id, Code = $"H-{id}", Area = AreaCode.Parse(area), HeadName = "马" });
            await db.SaveChangesAsync();
        });
        Assert.Equal([1], await Seen(new Scope { Area = AreaCode.Parse("620525100") }));
        Assert.Equal([1, 2], await Seen(new Scope { Area = AreaCode.Parse("620525") }));
        Assert.Equal([1, 2, 3], await Seen(new Scope { Area = AreaCode.Parse("62") }));
        Assert.Empty(await Seen(Scope.Nobody));

        Task<List<long>> Seen(Scope scope) => host.Db(db => db.Households.OrderBy(h => h.Id).Select(h => h.Id).ToListAsync(), scope);
    }

    [Theory, EachDatabase]
    public async Task Money_is_summed_and_areas_are_compared_in_the_database(DatabaseKind kind)
    {
        await using var host = await TestHost.Start(kind);
        var sum = await host.Db(db => db.Set<Shanhuo.Settlement.Ledger.Posting>().SumAsync(p => (long)p.Amount));
        Assert.Equal(0, sum);
        Assert.Equal(0, await host.Db(db => db.Households.CountAsync(h => h.Area >= AreaCode.Parse("62"))));
    }
}
