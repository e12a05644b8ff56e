using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Registry;
using Shanhuo.Registry.Duplicates;
using Shanhuo.Registry.Households;
using Shanhuo.Registry.Households.Fields;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Registry.Files;

namespace Shanhuo.Tests.Registry.Households;

public sealed class RegisterPageTests
{
    private static readonly string Number = CountySheet.Identity(new(1970, 5, 1), 1);

    [Theory, EachDatabase]
    public async Task A_cadre_sees_the_own_village_only_and_each_look_is_on_record(DatabaseKind kind)
    {
        await using var host = await Start(kind);
        var cadre = await host.VisitAs(Role.VillageCadre, SmallCounty.VillageA);
        var list = await cadre.Get("/registry/households");
        Assert.Contains("马文", list.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("张福", list.Text, StringComparison.Ordinal);
        foreach (var trick in new[] { "?area=620525100202&q=张福", "?area=62&q=zhang fu", "?q=H-103", "?area=620525100202" }) Assert.DoesNotContain($"/show/{SmallCounty.Zhang}", (await cadre.Get("/registry/households" + trick)).Body, StringComparison.Ordinal);
        Assert.Contains($"/show/{SmallCounty.Ma}", (await cadre.Get("/registry/households?q=ma wen")).Body, StringComparison.Ordinal);
        var show = await cadre.Get($"/registry/households/show/{SmallCounty.Ma}");
        Assert.Contains("620599********", show.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Number, show.Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await cadre.Get($"/registry/households/show/{SmallCounty.Zhang}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await cadre.Get($"/registry/changes/ask?op=correct-field&household={SmallCounty.Zhang}")).Status);
        var look = Assert.Single(await host.Db(db => db.Trail.Where(r => r.What == "register").ToListAsync()));
        Assert.Equal((SmallCounty.Ma, Role.VillageCadre), (look.HouseholdId, look.Role));
    }

    [Theory, EachDatabase]
    public async Task Each_try_to_see_a_number_leaves_one_record_also_when_it_is_refused_or_fails(DatabaseKind kind)
    {
        await using var host = await Start(kind);
        var official = await host.VisitAs(Role.CountyOfficial, SmallCounty.County);
        var page = await official.Get($"/registry/households/show/{SmallCounty.Ma}");
        var shown = await official.Submit(page, "form:has(input[name=reason])", new() { ["reason"] = "核对残疾证" });
        Assert.Contains(Number, shown.Text, StringComparison.Ordinal);
        Assert.Equal(1, await Records("reveal"));
        var none = await official.Submit(page, "form:has(input[name=reason])", new() { ["reason"] = " " });
        Assert.DoesNotContain(Number, none.Body, StringComparison.Ordinal);
        Assert.Equal((1, 1), (await Records("reveal"), await Records("refused")));
        await host.Db(db => db.Members.Where(m => m.Id == SmallCounty.Ma * 10).ExecuteUpdateAsync(m => m.SetProperty(x => x.IdentityHidden, "1:" + Convert.ToBase64String(new byte[40]))));
        Assert.Equal(HttpStatusCode.InternalServerError, (await official.Submit(page, "form:has(input[name=reason])", new() { ["reason"] = "核对残疾证" })).Status);
        Assert.Equal(2, await Records("reveal"));
        var cadre = await host.VisitAs(Role.VillageCadre, SmallCounty.VillageA);
        var theirs = await cadre.Get($"/registry/households/show/{SmallCounty.Ma}");
        Assert.Null(theirs.Page.QuerySelector("input[name=reason]"));

        Task<int> Records(string kind) => host.Db(db => db.Trail.CountAsync(r => r.Kind == kind));
    }

    [Theory, EachDatabase]
    public async Task A_household_sees_its_own_data_who_looked_and_asks_for_a_correction_that_another_person_makes(DatabaseKind kind)
    {
        await using var host = await Start(kind);
        foreach (var language in new[] { "zh", "en" })
        {
            var own = await host.VisitAs(Role.Household, SmallCounty.VillageA, null, SmallCounty.Ma, language);
            Assert.Contains("马文", (await own.Get("/registry/households/mine")).Text, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.NotFound, (await own.Get($"/registry/households/show/{SmallCounty.Li}")).Status);
            var form = await own.Get($"/registry/changes/ask?op=correct-field&household={SmallCounty.Li}&field=m/{SmallCounty.Ma * 10}/schooling");
            var asked = await own.Submit(form, "form[method=post]:has([name=Value])", new() { ["Value"] = language == "zh" ? "junior" : "senior", ["Reason"] = "登记错了" });
            Assert.Contains("/registry/changes/show/", asked.Address.AbsolutePath, StringComparison.Ordinal);
            var cadre = await host.VisitAs(Role.VillageCadre, SmallCounty.VillageA, null, null, language);
            var request = await cadre.Get(asked.Address.AbsolutePath);
            await cadre.Client.PostAsync(asked.Address.AbsolutePath, new FormUrlEncodedContent([.. Tokens(request), new("agrees", "true")]));
            Assert.Equal(language == "zh" ? "junior" : "senior", await host.Db(db => db.Members.Where(m => m.Id == SmallCounty.Ma * 10).Select(m => m.Schooling).SingleAsync()));
            Assert.Equal(HttpStatusCode.NotFound, (await (await host.VisitAs(Role.Household, SmallCounty.VillageA, null, SmallCounty.Li, language)).Get(asked.Address.AbsolutePath)).Status);
            Assert.Contains(language == "zh" ? "更改申请" : "change request", (await own.Get("/registry/households/looks")).Text, StringComparison.Ordinal);
        }
    }

    [Theory, EachDatabase]
    public async Task A_number_is_found_by_search_in_the_body_and_stands_in_no_address_or_answer(DatabaseKind kind)
    {
        await using var host = await Start(kind);
        var cadre = await host.VisitAs(Role.VillageCadre, SmallCounty.VillageA);
        var page = await cadre.Get("/registry/households");
        var found = await cadre.Submit(page, "form:has([name=Identity])", new() { ["Identity"] = Number.ToLowerInvariant() });
        Assert.Equal($"/registry/households/show/{SmallCounty.Ma}", found.Address.PathAndQuery);
        var foreign = await host.VisitAs(Role.VillageCadre, SmallCounty.VillageB);
        var none = await foreign.Submit(await foreign.Get("/registry/households"), "form:has([name=Identity])", new() { ["Identity"] = Number });
        Assert.Equal(422, (int)none.Status);
        Assert.DoesNotContain(Number, none.Body, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task Names_of_one_sound_and_one_birth_are_suspected_two_numbers_are_two_people_and_the_finding_is_kept(DatabaseKind kind)
    {
        await using var host = await Start(kind);
        await host.In(async s =>
        {
            var (db, book) = (s.GetRequiredService<ShanhuoDb>(), s.GetRequiredService<RegisterBook>());
            foreach (var (id, name, home, identity) in new[] { (801L, "馬文", SmallCounty.Li, false), (802L, "马雯", SmallCounty.Zhang, true), (803L, "李文", SmallCounty.Zhang, false) })
            {
                var member = new Member { Id = id, HouseholdId = home, Area = home == SmallCounty.Li ? SmallCounty.VillageA : SmallCounty.VillageB, Name = name, Relation = "other", BirthYear = 1970, Since = new(2020, 1, 1) };
                if (identity) book.Identify(member, CountySheet.Identity(new(1970, 5, 1), 9));
                db.Members.Add(member);
            }
            await db.SaveChangesAsync();
        });
        var found = await host.Db(db => new SuspicionFinder(db).In(SmallCounty.County, default));
        // 马文 and 马雯 have a number each: two people. 馬文 may be either of them. 李文 sounds otherwise.
        Assert.Equal([(801L, 802L), (801L, SmallCounty.Ma * 10)], found.Select(f => (f.First.Id, f.Second.Id)).Order());
        var town = await host.VisitAs(Role.TownshipOfficial, SmallCounty.Township);
        var page = await town.Get("/registry/duplicates");
        await town.Client.PostAsync("/registry/duplicates?handler=Two&Second=802", new FormUrlEncodedContent([.. Tokens(page), new("Kind", "member"), new("First", "801"), new("Reason", "见过两个人")]));
        Assert.Single(await host.Db(db => new SuspicionFinder(db).In(SmallCounty.County, default)));
    }

    [Fact]
    public void Every_personal_field_of_the_register_has_its_purpose_its_name_and_a_use()
    {
        var texts = TestTexts();
        foreach (var (type, owner) in new[] { (typeof(Household), FieldOwner.Household), (typeof(Member), FieldOwner.Member) })
        {
            var listed = RegisterFields.All.Where(f => f.Owner == owner).Select(f => f.PropertyName).ToHashSet();
            var held = type.GetProperties().Where(p => p.Name is not ("PhoneHidden" or "IdentityHidden") || listed.Contains(p.Name)).Select(p => p.Name).Except(RegisterFields.NotPersonal).ToList();
            Assert.Equal(held.Order(), listed.Order());
        }
        var features = Shanhuo.Registry.Targeting.Features.HouseholdFeature.All.SelectMany(f => f.Fields).ToHashSet();
        foreach (var field in RegisterFields.All)
        {
            Assert.NotEmpty(field.Purposes);
            Assert.All(field.Purposes, p => Assert.True(texts.Has("register.purpose." + p), p));
            Assert.True(texts.Has(field.TextKey), field.Key);
            Assert.All(field.Choices, c => Assert.True(texts.Has($"{field.TextKey}.{c}"), $"{field.Key}.{c}"));
            if (field.Purposes.Contains("targeting")) Assert.Contains(field.Key, features);
        }
    }

    [Theory, EachDatabase]
    public async Task A_new_key_is_taken_into_use_while_people_write_and_nothing_is_lost(DatabaseKind kind)
    {
        await using var host = await Start(kind);
        var secrets = host.Services.GetRequiredService<Secrets>();
        await host.Db(async db =>
        {
            for (var i = 0; i < 60; i++) db.Members.Add(Hidden(host, 5_000 + i, CountySheet.Identity(new(1980, 1, 1), i)));
            await db.SaveChangesAsync();
        });
        Assert.Equal(2, secrets.AddKey());
        await Task.WhenAll(
            host.In(async s => { foreach (var holder in s.GetServices<IHoldHiddenFields>()) while (await holder.Renew(default) > 0) { } }),
            host.Db(async db => { for (var i = 0; i < 20; i++) { db.Members.Add(Hidden(host, 6_000 + i, CountySheet.Identity(new(1981, 1, 1), i))); await db.SaveChangesAsync(); } }));
        await host.In(async s =>
        {
            var (db, book) = (s.GetRequiredService<ShanhuoDb>(), s.GetRequiredService<RegisterBook>());
            var members = await db.Members.Where(m => m.IdentityHidden != null).ToListAsync();
            Assert.Equal(81, members.Count);
            Assert.All(members, m => Assert.StartsWith("2:", m.IdentityHidden, StringComparison.Ordinal));
            Assert.All(members, m => Assert.Equal(m.IdentityKey, book.IdentityKey(book.IdentityOf(m)!)));
        });
    }

    private static Member Hidden(TestHost host, long id, string number)
    {
        var member = new Member { Id = id, HouseholdId = SmallCounty.Li, Area = SmallCounty.VillageA, Name = "某", Relation = "other", Since = new(2020, 1, 1) };
        using var scope = host.Services.CreateScope();
        scope.ServiceProvider.GetRequiredService<RegisterBook>().Identify(member, number);
        return member;
    }

    private static Texts TestTexts() => new(Shanhuo.Web.ShanhuoHost.Modules.All.Select(m => m.Assembly));

    private static IEnumerable<KeyValuePair<string, string>> Tokens(Answer page) =>
        page.Page.QuerySelectorAll("input[name=__RequestVerificationToken]").Take(1).Select(i => new KeyValuePair<string, string>("__RequestVerificationToken", i.GetAttribute("value")!));

    private static async Task<TestHost> Start(DatabaseKind kind)
    {
        var host = await TestHost.Start(kind);
        await SmallCounty.Found(host);
        await host.In(async s =>
        {
            var db = s.GetRequiredService<ShanhuoDb>();
            s.GetRequiredService<RegisterBook>().Identify(await db.Members.SingleAsync(m => m.Id == SmallCounty.Ma * 10), Number);
            await db.SaveChangesAsync();
        });
        return host;
    }
}
