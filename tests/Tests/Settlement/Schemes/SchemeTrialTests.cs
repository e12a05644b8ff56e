using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Settlement;
using Shanhuo.Settlement.Ledger;
using Shanhuo.Settlement.Schemes;
using Shanhuo.Settlement.Schemes.Trials;
using Shanhuo.Settlement.Splits;
using Shanhuo.Tests.Databases;
using Person = Shanhuo.Kernel.Role;

namespace Shanhuo.Tests.Settlement.Schemes;

public sealed class SchemeTrialTests
{
    [Fact]
    public void A_trial_gives_what_the_slow_twin_would_pay_to_every_role_household_and_village()
    {
        for (var seed = 1; seed <= 80; seed++)
        {
            var season = new RandomSeason(seed);
            var intakes = season.Intakes.Select(i => i with { BoughtBy = "" }).ToList();
            var lines = season.Lines.GroupBy(l => l.Order).Where(o => o.All(l => l.Lot.Length > 0)).SelectMany(o => o).ToList();
            var trial = new SchemeTrial(SchemeFormTests.Read(season.Scheme));
            var lots = Lots(intakes);
            foreach (var order in lines.GroupBy(l => l.Order))
            {
                TrialLine[] asked = [.. order.Select(l => Line(l, lots))];
                Assert.True(trial.CanTry(asked, lots.Values.ToDictionary(l => l.Id)));
                trial.Add(asked, lots.Values.ToDictionary(l => l.Id));
            }
            var side = trial.Finish();
            var rows = Rows(SlowTwin.Settle(season.Scheme, intakes, lines, [])).Skip(1).ToList();
            Assert.Equal(lines.Sum(l => l.Goods + l.Freight), side.Roles.Sum());
            foreach (var role in Roles.All)
                Assert.Equal(rows.Where(r => !r[0].StartsWith("lot:", StringComparison.Ordinal) && (r[1] == role.Name() || r[1].StartsWith(role.Name() + "/", StringComparison.Ordinal))).Sum(r => long.Parse(r[2], System.Globalization.CultureInfo.InvariantCulture)), side.Roles[(int)role]);
            var paid = rows.Where(r => r[1].StartsWith("household/", StringComparison.Ordinal)).GroupBy(r => r[1]["household/".Length..]).ToDictionary(g => g.Key, g => g.Sum(r => long.Parse(r[2], System.Globalization.CultureInfo.InvariantCulture)));
            Assert.Equal(paid.OrderBy(p => p.Key, StringComparer.Ordinal), side.Households.Where(h => h.Value != 0).OrderBy(p => p.Key, StringComparer.Ordinal));
            Assert.Equal(side.Roles[(int)SchemeRole.Growers] + side.Roles[(int)SchemeRole.VillageFund], side.Villages.Values.Sum());
        }
    }

    [Fact]
    public void The_invented_orders_sum_to_the_fen_under_each_of_the_four_models()
    {
        foreach (var scheme in new SchemeModels().Schemes)
        {
            var trial = new SideBySide(scheme, SchemeFormTests.Read(SmallCounty.Example));
            foreach (var order in InventedOrders.All) trial.Add(order, InventedOrders.Lots);
            var result = trial.Finish();
            Assert.Equal((InventedOrders.All.Count, 0), (result.Orders, result.LeftOut));
            Assert.Equal((result.Gross, result.Gross), (result.Draft.Roles.Sum(), result.Present!.Roles.Sum()));
            Assert.Equal(result.Draft.Roles[(int)SchemeRole.Growers], result.Draft.Households.Values.Sum());
        }
    }

    [Fact]
    public void Goods_bought_at_intake_bring_their_growers_the_agreed_price_whatever_the_scheme()
    {
        var lot = InventedOrders.Lot with { Terms = InventedOrders.Lot.Terms with { BoughtBy = SchemeRole.Enterprise } };
        var trial = new SchemeTrial(new SchemeModels().Of(3));
        trial.Add([InventedOrders.One], new Dictionary<long, TrialLot> { [1] = lot });
        var side = trial.Finish();
        Assert.Equal(3_000, side.Roles[(int)SchemeRole.Growers]);
        Assert.Equal([("A", 1_800L), ("B", 900L), ("C", 300L)], side.Households.Select(h => (h.Key, h.Value)).Order());
        Assert.Equal(6_600, side.Roles.Sum());
    }

    [Fact]
    public void An_order_that_one_scheme_cannot_split_is_left_out_of_both()
    {
        var lot = InventedOrders.Lot with { Terms = InventedOrders.Lot.Terms with { Contract = null } };
        var trial = new SideBySide(new SchemeModels().Of(3), new SchemeModels().Of(2));
        trial.Add([InventedOrders.One], new Dictionary<long, TrialLot> { [1] = lot });
        var result = trial.Finish();
        Assert.Equal((0, 1, 0L, 0L), (result.Orders, result.LeftOut, result.Gross, result.Present!.Roles.Sum()));
    }

    [Theory, EachDatabase]
    public async Task A_trial_on_past_orders_shows_both_schemes_and_changes_nothing(DatabaseKind kind)
    {
        await using var host = await TestHost.Start(kind);
        await SmallCounty.Found(host);
        await SmallCounty.TakeIn(host);
        for (var i = 1; i <= 5; i++) await SmallCounty.Sell(host, 1_000 * i, 5_800 * i, 800);
        var id = await SchemeFormTests.Draft(host, new SchemeModels().Document(1), 2);
        var before = await Everything(host);
        var result = await host.In(async services =>
        {
            var (orders, next) = await services.GetRequiredService<TrialOrders>().Read(new TrialScope(SmallCounty.County, "C-01", "taobao"), long.MaxValue, 2, default);
            Assert.Equal(2, orders.Count);
            Assert.NotNull(next);
            var (rest, end) = await services.GetRequiredService<TrialOrders>().Read(new TrialScope(SmallCounty.County, null, null), next.Value, 100, default);
            Assert.Equal((3, (long?)null), (rest.Count, end));
            Assert.Empty((await services.GetRequiredService<TrialOrders>().Read(new TrialScope(SmallCounty.County, "C-02", null), long.MaxValue, 100, default)).Orders);
            return rest;
        });
        var visitor = await host.VisitAs(Person.CountyStaff, SmallCounty.County);
        var page = await visitor.Get($"/settlement/schemes/trial/{id}?orders=50");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("试了 5 单、5 行，买家共付 ¥910.00", page.Text);
        Assert.Contains("前山村", page.Text);
        var totals = page.Page.QuerySelectorAll("tfoot td data").Select(d => d.GetAttribute("value")).ToList();
        Assert.Equal(["910.00", "910.00"], totals);
        Assert.Equal(before, await Everything(host));
    }

    [Fact]
    public async Task A_county_without_orders_tries_on_invented_ones_and_says_so()
    {
        await using var host = await TestHost.Start(DatabaseKind.Sqlite);
        await SmallCounty.Found(host);
        var id = await SchemeFormTests.Draft(host, new SchemeModels().Document(4), 2);
        var visitor = await host.VisitAs(Person.Auditor, SmallCounty.County, language: "en");
        var page = await visitor.Get($"/settlement/schemes/trial/{id}");
        Assert.Contains("an invented example", page.Text);
        Assert.Contains("Example village 1", page.Text);
    }

    [Theory, EachDatabase]
    public async Task A_trial_over_everything_runs_beside_the_requests_and_ends_where_one_request_would(DatabaseKind kind)
    {
        await using var host = await TestHost.Start(kind);
        await SmallCounty.Found(host);
        await SmallCounty.TakeIn(host);
        for (var i = 1; i <= 5; i++) await SmallCounty.Sell(host, 1_000, 5_800, 800);
        var jobs = host.Services.GetRequiredService<TrialJobs>();
        var draft = new SchemeModels().Of(1);
        var job = jobs.Begin(new Scope { Area = SmallCounty.County, AccountId = 7 }, 1, draft, null, new TrialScope(SmallCounty.County, null, null), 5);
        await job.Task!;
        Assert.Null(job.Fault);
        Assert.Equal((5, 5, 33_000L), (job.Done, job.Result!.Orders, job.Result.Draft.Roles.Sum()));
        Assert.Null(jobs.Find(8, 1)); // another person does not see it
    }

    private static async Task<(int, int, int, int, int)> Everything(TestHost host) => await host.Db(async db => (await db.JournalEntries.CountAsync(), await db.Set<Posting>().CountAsync(), await db.LedgerAccounts.CountAsync(), await db.SchemeVersions.CountAsync(), await db.SchemeVersions.SumAsync(v => v.Revision)));

    private static Dictionary<string, TrialLot> Lots(List<TwinIntake> intakes) => intakes.GroupBy(i => i.Lot).Select((lot, n) => (lot.Key, Lot: new TrialLot(n + 1, new LotTerms
    {
        ByPiece = lot.First().Pieces > 0,
        Intake = new LotPrice(lot.Sum(i => (i.Grams + i.Pieces) * i.Price), lot.Sum(i => i.Grams + i.Pieces), lot.First().Pieces > 0),
        Contract = new LotPrice(lot.Sum(i => (i.Grams + i.Pieces) * i.Contract), lot.Sum(i => i.Grams + i.Pieces), lot.First().Pieces > 0),
    }, false, [.. lot.Select(i => new TrialGrower(i.Household, i.Village, i.Grams + i.Pieces, (i.Grams + i.Pieces) * i.Price))]))).ToDictionary(l => l.Key, l => l.Lot);

    private static TrialLine Line(TwinLine line, Dictionary<string, TrialLot> lots) => new(line.Line, line.Channel, line.Station, line.Campaign, line.Product, lots[line.Lot].Id, new LineAmounts
    {
        Goods = line.Goods, Freight = line.Freight, Grams = line.Grams, Pieces = line.Pieces, Parcels = line.Parcels, Packaging = line.Packaging, Processing = line.Processing, Commission = line.Commission, Promotion = line.Promotion,
    });

    // line,account,fen with quotes where a name needs them.
    private static List<string[]> Rows(string csv)
    {
        var (rows, cells, quoted) = (new List<string[]>(), new List<string> { "" }, false);
        for (var i = 0; i < csv.Length; i++)
            if (csv[i] == '"' && quoted && i + 1 < csv.Length && csv[i + 1] == '"') { cells[^1] += '"'; i++; }
            else if (csv[i] == '"') quoted = !quoted;
            else if (csv[i] == ',' && !quoted) cells.Add("");
            else if (csv[i] == '\n' && !quoted) { rows.Add([.. cells]); cells = [""]; }
            else cells[^1] += csv[i];
        return rows;
    }
}
