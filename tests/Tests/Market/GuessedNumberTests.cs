using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.AfterSales;
using Shanhuo.Market.Agents;
using Shanhuo.Market.Agreements;
using Shanhuo.Market.Bulk;
using Shanhuo.Market.Buying;
using Shanhuo.Market.Campaigns;
using Shanhuo.Market.Cash;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Genuine;
using Shanhuo.Market.Intakes;
using Shanhuo.Market.Orders;
using Shanhuo.Market.Recalls;
using Shanhuo.Registry;
using Shanhuo.Registry.Areas;
using Shanhuo.Registry.Contracts;
using Shanhuo.Registry.Organisations;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Market.Agents;
using Shanhuo.Tests.Market.Api;
using Shanhuo.Tests.Market.Bulk;
using Shanhuo.Tests.Market.Buying;
using Shanhuo.Tests.Market.Intakes;
using Shanhuo.Tests.Market.Shipping;

namespace Shanhuo.Tests.Market;

/// <summary>Whoever guesses the number of somebody else's order, claim, slip, lot, contract or picture finds nothing.</summary>
public sealed class GuessedNumberTests
{
    private const long OtherCooperative = 22;
    private static readonly AreaCode Yongjing = AreaCode.Parse("622923");

    // Open to all, or named by a channel and not by a number; their own tests say what they show.
    private static readonly string[] Elsewhere =
    [
        "shop/{place:int:length(6)}", "shop/{place:int:length(6)}/{code}", "shop/{place:int:length(6)}/{code}/reviews", "shop/{place:int:length(6)}/calendar", "shop/{place:length(6)}/{code}/card", "shop/c/{place:int:length(6)}/{code}", "shop/c/{place:int:length(6)}/{code}/card", "shop/paid/{method}",
        "market/channels/codes/{channel}", "market/channels/mapping/{channel}", "market/channels/packing/{channel}", "market/channels/out/waybills/{channel}", "market/invoices/{state:int}.xlsx",
    ];

    /// <summary>One address with a number in it.</summary>
    /// <param name="Route">Pattern of the endpoint.</param>
    /// <param name="Path">With the number of something that is there.</param>
    /// <param name="Owner">Who opens it: <c>staff</c>, <c>station</c>, <c>cooperative</c>, <c>household</c>; <c>buyer</c>: whoever has the link.</param>
    /// <param name="Shared">All of the county may open it who may open such pages.</param>
    /// <param name="Also">End of the name of others who may.</param>
    private sealed record Door(string Route, string Path, string Owner = "staff", bool Shared = false, string? Also = null);

    [Theory, EachDatabase]
    public async Task Nobody_but_those_whom_it_concerns_opens_a_page_or_a_picture_by_its_number(DatabaseKind kind)
    {
        await using var host = await Counter.Start(kind);
        await Others(host);
        var doors = await Doors(host);
        var owners = new Dictionary<string, Visitor>
        {
            ["buyer"] = await host.Host.Visit(), ["staff"] = await host.Host.VisitAs(Role.CountyStaff, SmallCounty.County), ["station"] = await host.Host.VisitAs(Role.Station, SmallCounty.VillageA, SmallCounty.StationA),
            ["cooperative"] = await host.Host.VisitAs(Role.Cooperative, SmallCounty.Township, SmallCounty.Cooperative), ["household"] = await host.Host.VisitAs(Role.Household, SmallCounty.VillageA, household: SmallCounty.Ma),
        };
        var others = new Dictionary<string, Visitor>
        {
            ["a stranger"] = await host.Host.Visit(), ["another buyer"] = await host.Host.VisitAs(Role.Household, SmallCounty.VillageB, household: SmallCounty.Zhang), ["another station"] = await host.Host.VisitAs(Role.Station, SmallCounty.VillageB, SmallCounty.StationB),
            ["the township's station"] = await host.Host.VisitAs(Role.Station, SmallCounty.Township, SmallCounty.TownshipStation), ["another cooperative"] = await host.Host.VisitAs(Role.Cooperative, SmallCounty.Township, OtherCooperative), ["staff of another county"] = await host.Host.VisitAs(Role.CountyStaff, Yongjing), ["an official of another county"] = await host.Host.VisitAs(Role.CountyOfficial, Yongjing),
        };
        var routes = host.Host.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(e => e.RoutePattern.Parameters.Count > 0).Select(e => e.RoutePattern.RawText!.TrimStart('/').ToLowerInvariant())
            .Where(r => r.StartsWith("market/", StringComparison.Ordinal) || r.StartsWith("shop/", StringComparison.Ordinal)).Distinct().Except(Elsewhere).Except(doors.Select(d => d.Route));
        Assert.Empty(routes);

        var faults = new List<string>();
        foreach (var door in doors)
        {
            // Else nobody would learn anything from a refusal.
            using (var own = await owners[door.Owner].Client.GetAsync(door.Path))
                if (own.StatusCode != HttpStatusCode.OK || own.RequestMessage!.RequestUri!.AbsolutePath == "/sign-in") faults.Add($"{door.Path} is not opened by its {door.Owner}: {(int)own.StatusCode}");
            foreach (var (who, visitor) in others.Where(o => door.Also is null || !o.Key.EndsWith(door.Also, StringComparison.Ordinal)).Where(o => !door.Shared || o.Key is "a stranger" or "another buyer" || o.Key.EndsWith("another county", StringComparison.Ordinal)))
            {
                // A link cannot be guessed: with the seal of one's own order, the purpose of another page or none it opens nothing.
                foreach (var path in door.Owner == "buyer" ? Guesses(door.Path) : [door.Path])
                {
                    using var answer = await visitor.Client.GetAsync(path);
                    var nothing = answer.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.Unauthorized || answer.RequestMessage!.RequestUri!.AbsolutePath == "/sign-in";
                    if (!nothing) faults.Add($"{path} is opened by {who}: {(int)answer.StatusCode}");
                }
            }
        }
        Assert.True(faults.Count == 0, string.Join('\n', faults));

        IEnumerable<string> Guesses(string path)
        {
            var parts = path.Split('/');
            var (county, id) = (parts[3].Split('-')[0], parts[3].Split('-')[1]);
            var seal = OrderKey.Of(host.Services.GetRequiredService<Secrets>(), SmallCounty.County, 1).Split('-')[2];
            foreach (var key in new[] { id, $"{county}-{id}", $"{county}-{id}-", $"{county}-{id}-{seal}", $"{county}-{id}-{new string('0', 24)}", OrderKey.Of(host.Services.GetRequiredService<Secrets>(), SmallCounty.County, long.Parse(id, CultureInfo.InvariantCulture), "elsewhere") })
                yield return string.Join('/', parts.Select((p, i) => i == 3 ? key : p));
        }
    }

    [Theory, EachDatabase]
    public async Task What_others_send_to_a_guessed_number_changes_nothing(DatabaseKind kind)
    {
        await using var host = await Counter.Start(kind);
        await Others(host);
        var placed = await Parcels.Bought(host, 4);
        var sent = await Parcels.Sent(host, 4);
        var line = await host.Db(db => db.OrderLines.Where(l => l.OrderId == sent.OrderId).Select(l => l.Id).SingleAsync());
        var claim = await Claim(host, sent, line);
        var slip = (await host.Draft()).Value;
        var supply = (await host.Yes((await host.Bring()).Value.Id, paper: true)).Value;
        var quote = (await Bargain.Ask(host)).Value;
        var (before, faults) = (await State(), new List<string>());
        var others = new (string Who, Visitor Visitor)[]
        {
            ("another buyer", await host.Host.VisitAs(Role.Household, SmallCounty.VillageB, household: SmallCounty.Zhang)), ("another station", await host.Host.VisitAs(Role.Station, SmallCounty.VillageB, SmallCounty.StationB)), ("the township's station", await host.Host.VisitAs(Role.Station, SmallCounty.Township, SmallCounty.TownshipStation)), ("another cooperative", await host.Host.VisitAs(Role.Cooperative, SmallCounty.Township, OtherCooperative)), ("staff of another county", await host.Host.VisitAs(Role.CountyStaff, Yongjing)),
        };
        foreach (var (who, other) in others)
        {
            var token = (await other.Get("/")).Page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
            foreach (var (path, fields) in new (string, (string, string)[])[]
            {
                ($"/market/orders/show/{placed.OrderId}", [("step", "cancel"), ("Step", "Cancel")]),
                ($"/market/orders/show/{placed.OrderId}?handler=Move", [("step", "cancel"), ("Step", "Cancel")]),
                ($"/market/orders/refund/{line}", [("Form.Amount", "1.00"), ("Form.Reason", "short"), ("Form.RequestId", $"{Guid.CreateVersion7()}")]),
                ("/market/shipping", [("id", $"{placed.OrderId}"), ("carrier", "中通"), ("waybill", "ZT12345678")]),
                ("/market/shipping?handler=Ship", [("id", $"{placed.OrderId}"), ("carrier", "中通"), ("waybill", "ZT12345678")]),
                ($"/market/claims/claim/{claim}", [("step", "refuse"), ("Form.Words", "这是别人的要求")]),
                ($"/market/claims/claim/{claim}", [("step", "propose"), ("Form.Words", "这是别人的要求")]),
                ($"/market/claims/claim/{claim}", [("step", "grant"), ($"Form.Amounts[{line}]", "1.00")]),
                ($"/market/agents/approve?handler=Code&id={slip.Id}", [("Code", Morning.Code)]),
                ($"/market/agents/approve?handler=Cancel&id={slip.Id}", []),
                ("/market/agents/cash", [("number", placed.Number), ("payment", placed.Payment.Number), ("shown", $"{placed.Payment.Amount.Value}")]),
                ($"/market/lots/lot?handler=WriteOff&id={SmallCounty.Lot}", [("Form.Kind", "Lost"), ("Form.Quantity", "1"), ("Form.Reason", "丢了"), ("Form.RequestId", $"{Guid.CreateVersion7()}")]),
                ($"/market/lots/lot?handler=Close&id={SmallCounty.Lot}", []),
                ($"/market/lots/recall?id={SmallCounty.Lot}", [("Reason", "查出黄曲霉毒素"), ("RequestId", $"{Guid.CreateVersion7()}")]),
                ($"/market/bulk/request/{quote.Id}?handler=Decline", [("why", "我们不要这一单")]),
                ("/market/offers", [("id", $"{Window.Almonds}"), ("open", "false")]),
            })
            {
                using var form = new FormUrlEncodedContent([.. fields.Select(f => new KeyValuePair<string, string>(f.Item1, f.Item2)), new("__RequestVerificationToken", token)]);
                using var answer = await other.Client.PostAsync(path, form);
                var after = await State();
                if (answer.StatusCode == HttpStatusCode.InternalServerError || before != after) faults.Add($"{who} at {path} ({(int)answer.StatusCode}): {before}, then {after}");
                before = after;
            }
            using var file = new MultipartFormDataContent { { new StringContent(token), "__RequestVerificationToken" }, { new StringContent($"{supply.Id}"), "slip" }, { new StringContent($"{Guid.CreateVersion7()}"), "RequestId" }, { new ByteArrayContent(Morning.Photo), "Photo", "a.jpg" } };
            await other.Client.PostAsync("/market/agents/report?handler=Photo", file);
            if (before != await State()) faults.Add($"{who} reports what was brought to somebody else");
            before = await State();
        }
        Assert.True(faults.Count == 0, string.Join('\n', faults));

        Task<string> State() => host.Db(async db =>
        {
            List<string> states =
            [
                .. await db.Orders.OrderBy(o => o.Id).Select(o => $"{o.State}").ToListAsync(), .. await db.BuyerClaims.Select(c => $"{c.State}").ToListAsync(), .. await db.AgentSlips.OrderBy(s => s.Id).Select(s => $"{s.State}").ToListAsync(), .. await db.Lots.Select(l => $"{l.ClosedDay}").ToListAsync(),
                .. await db.QuoteRequests.Select(q => $"{q.State}").ToListAsync(), .. await db.Offers.Select(o => $"{o.State}").ToListAsync(), $"{await db.ClaimSteps.CountAsync()} {await db.RefundClaims.CountAsync()} {await db.SupplyReports.CountAsync()} {await db.LotRecalls.CountAsync()} {await db.CashSlips.CountAsync()} {await db.LotMoves.CountAsync()}",
            ];
            return string.Join(' ', states);
        });
    }

    [Theory, EachDatabase]
    public async Task A_cooperative_writes_orders_of_its_own_lots_and_lists_its_own_alone(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        await Others(host);
        await host.SecondLot(302, "L-2", 50_000);
        await host.Db(db => db.Lots.Where(l => l.Id == 302).ExecuteUpdateAsync(set => set.SetProperty(l => l.CooperativeId, OtherCooperative).SetProperty(l => l.BestBefore, SmallCounty.Day.AddDays(30))));
        var online = await Parcels.Bought(host);
        var other = new Scope { Area = SmallCounty.Township, OrganisationId = OtherCooperative, AccountId = 6, Role = Role.Cooperative };
        Task<Outcome<Order>> Place(Scope who, long? lot, long grams) => host.Do((PlaceOrderHandler place) => place.Handle(new PlaceOrder(Guid.CreateVersion7(), "shop", "", null, Fen.Zero, 1, true, [new PlaceLine(SmallCounty.Apricot, null, lot, grams, new Fen(5000))]), CancellationToken.None), who);
        Assert.Equal("market.lot-unknown", (await Place(Bargain.Seller, 302, 1_000)).Refused?.Code);
        Assert.Equal("market.lot-unknown", (await Place(other, SmallCounty.Lot, 1_000)).Refused?.Code);
        // The other's lot expires first, and is not touched.
        var own = (await Place(Bargain.Seller, null, 2_000)).Value;
        var theirs = (await Place(other, null, 3_000)).Value;
        Assert.Equal("market.order-short", (await Place(other, null, 50_000)).Refused?.Code);
        Assert.Equal((100_000 - 500 - 2_000, 50_000 - 3_000), (await host.Available(SmallCounty.Lot), await host.Available(302)));
        foreach (var (organisation, mine, not) in new[] { (SmallCounty.Cooperative, new[] { online.Number, own.Number }, new[] { theirs.Number }), (OtherCooperative, [theirs.Number], [online.Number, own.Number]) })
        {
            var manager = await host.VisitAs(Role.Cooperative, SmallCounty.Township, organisation);
            var (list, form) = (await manager.Get("/market/orders"), await manager.Get("/market/orders/new"));
            foreach (var number in mine) Assert.Contains(number, list.Text, StringComparison.Ordinal);
            foreach (var number in not) Assert.DoesNotContain(number, list.Text, StringComparison.Ordinal);
            Assert.Contains(organisation == OtherCooperative ? "L-2" : "L-1", form.Text, StringComparison.Ordinal);
            Assert.DoesNotContain(organisation == OtherCooperative ? "L-1" : "L-2", form.Text, StringComparison.Ordinal);
        }
    }

    [Theory, EachDatabase]
    public async Task A_program_of_another_seller_finds_no_order_lot_or_address_by_its_number(DatabaseKind kind)
    {
        await using var bench = await ApiBench.Start(kind);
        await Others(bench.Host);
        var placed = await Parcels.Bought(bench.Host, 2);
        var (own, other) = (await bench.Client(), await bench.Client(SmallCounty.StationB));
        var hook = await own.Post("/webhooks", new { url = "http://127.0.0.1:9/told" });
        var id = hook["id"]!.ToString();
        Assert.Equal("placed", (string)(await own.Get($"/orders/{placed.Number}"))["state"]!);
        foreach (var path in new[] { "", "/payment", "/shipment", "/refunds" })
        {
            await own.Get($"/orders/{placed.Number}{path}");
            Assert.Equal(404, (await other.No(HttpMethod.Get, $"/orders/{placed.Number}{path}")).Status);
        }
        foreach (var (method, path, body) in new (HttpMethod, string, object?)[]
        {
            (HttpMethod.Put, $"/orders/{placed.Number}/shipment", new { carrier = "中通", waybill = "ZT12345678" }), (HttpMethod.Post, $"/orders/{placed.Number}/received", null), (HttpMethod.Post, $"/orders/{placed.Number}/refunds", new { line = 1, amountFen = 100, reason = "short" }), (HttpMethod.Delete, $"/webhooks/{id}", null),
        })
        {
            var (status, _, _) = await other.Try(method, path, body, $"{Guid.CreateVersion7()}");
            Assert.True(status is HttpStatusCode.NotFound or HttpStatusCode.Forbidden, $"{method} {path}: {(int)status}");
        }
        Assert.Equal((OrderState.Placed, 0), (await Parcels.State(bench.Host, placed.OrderId), await bench.Host.Db(db => db.RefundClaims.CountAsync())));
        Assert.Single((await own.Get("/webhooks"))["items"]!.AsArray());
        Assert.Empty((await other.Get("/webhooks"))["items"]!.AsArray());
        foreach (var role in new[] { "seller", "placer" }) Assert.Empty((await other.Get($"/orders?role={role}"))["items"]!.AsArray());
        // Without a key there is nothing at all.
        using var stranger = new HttpClient { BaseAddress = bench.Address };
        foreach (var path in new[] { $"orders/{placed.Number}", $"orders/{placed.Number}/payment", $"orders/{placed.Number}/shipment", $"orders/{placed.Number}/refunds", "webhooks", "statement" })
            Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync($"/api/v1/{path}")).StatusCode);
    }

    // Another cooperative of the township, and another county.
    private static Task Others(SalesHost host) => host.Db(async db =>
    {
        db.Organisations.Add(new Organisation { Id = OtherCooperative, Code = "C-02", Kind = OrganisationKind.Cooperative, Area = SmallCounty.Township, Name = "后山合作社", Since = new(2024, 1, 1) });
        db.Areas.Add(new Area { Code = AreaCode.Parse("6229"), Parent = AreaCode.Parse("62"), Level = AreaLevel.Prefecture, Name = "临夏州" });
        db.Areas.Add(new Area { Code = Yongjing, Parent = AreaCode.Parse("6229"), Level = AreaLevel.County, Name = "永靖县" });
        await db.SaveChangesAsync();
    });

    private static async Task<long> Claim(SalesHost host, Placed order, long line) =>
        (await host.Do((AskClaimHandler ask) => ask.Handle(new AskClaim(Guid.CreateVersion7(), order.OrderId, "damaged", "", [new AskedLine(line, new ClaimPart(ClaimHow.Amount, 0, new Fen(500)))], [new Upload("image/jpeg", Morning.Photo)]), CancellationToken.None))).Value.Id;

    // One of everything, and where it is looked at.
    private static async Task<List<Door>> Doors(SalesHost host)
    {
        var (sent, packed) = (await Parcels.Sent(host, 4), await Parcels.Bought(host, 2));
        Task<long> Line(long order) => host.Db(db => db.OrderLines.Where(l => l.OrderId == order).Select(l => l.Id).SingleAsync());
        var line = await Line(sent.OrderId);
        var claim = await Claim(host, sent, line);
        var fake = (await host.Do((ReportFakeHandler report) => report.Handle(new ReportFake(Guid.CreateVersion7(), new FakeSubject(SmallCounty.County, SmallCounty.VillageA, SmallCounty.Cooperative, SmallCounty.Lot, "L-1", null, null), "袋子上的码是另外贴上去的", "", [new Upload("image/jpeg", Morning.Photo)], "203.0.113.7"), CancellationToken.None))).Value.Id;

        var open = (await host.Draft()).Value.Id;
        var slip = (await host.Yes((await host.Draft()).Value.Id, paper: true)).Value;
        var number = await host.NumberOf(slip);
        var cash = (await host.Cash(number, slip.Amount.Value)).Value.Id;
        var supply = (await host.Yes((await host.Bring()).Value.Id)).Value.Id;
        var report = (await host.Do((ReportHandler r) => r.File(Guid.CreateVersion7(), supply, new Upload("image/jpeg", Morning.Photo), CancellationToken.None), Morning.StationA)).Value.Id;
        var intake = 500 + SmallCounty.Ma;
        await host.Db(async db =>
        {
            db.Evidences.Add(new Evidence { Id = 9001, County = SmallCounty.County, ContentType = "image/jpeg", Content = Morning.Photo, AtMs = 0 });
            db.Campaigns.Add(new Campaign { County = SmallCounty.County, Id = 9002, RequestId = Guid.CreateVersion7(), Code = "autumn", Title = "秋天的山货", TitleEn = "Autumn", Host = "王主任", HostOffice = "县商务局", From = SmallCounty.Day, Until = SmallCounty.Day, CommissionPerMille = 0, ByAccountId = 1, ChangedMs = 0 });
            await db.SaveChangesAsync();
            await db.Intakes.Where(i => i.Id == intake).ExecuteUpdateAsync(set => set.SetProperty(i => i.EvidenceId, 9001));
        });
        var unsure = (await host.Do((ReceiveIntakeHandler receive) => receive.Handle(Morning.Almonds(1_000), CancellationToken.None), Morning.StationA)).Value.Id;
        var agreement = (await host.Do((MakeAgreementHandler make) => make.Handle(new MakeAgreement(Guid.CreateVersion7(), SmallCounty.County, "DD-2026-01", AgreementKind.Production, SmallCounty.Enterprise, SmallCounty.Day, SmallCounty.Day.AddDays(300), "buyer")
        {
            SecondOrganisationId = SmallCounty.Cooperative, ProductId = SmallCounty.Apricot, Quantity = 100_000, Prices = [("1", new Fen(3200))], Plan = [(SmallCounty.Day.AddDays(5), 30_000)], Paper = new Upload("image/jpeg", Morning.Photo),
        }, CancellationToken.None))).Value.Id;

        var quote = (await Bargain.Ask(host)).Value;
        await Bargain.Quote(host, quote, units: 2);
        var offer = await host.Db(db => db.QuotationLines.Select(l => l.OfferId).SingleAsync());
        var standing = (await host.Do((WriteStandingHandler write) => write.Handle(new WriteStanding(Guid.CreateVersion7(), quote.Id, offer, 1, SmallCounty.Day.AddDays(30), null, 2, 0, SmallCounty.Day, SmallCounty.Day.AddDays(30), new Fen(500), 0, "transfer"), CancellationToken.None), Bargain.Seller)).Value.Id;
        Assert.Null((await Bargain.Accept(host, quote, 1)).Refused);
        Assert.Null(await host.Do((AddPaperHandler add) => add.Handle(Guid.CreateVersion7(), quote.Id, new Upload("image/jpeg", Morning.Photo), CancellationToken.None), Bargain.Seller));

        var cod = (await Window.Place(host, Window.Order(1, "cod"))).Value;
        foreach (var step in new[] { OrderStep.Ship, OrderStep.Receive }) Assert.Null(await Parcels.Move(host, cod.OrderId, step));
        var paper = (await host.Do((CashDesk desk) => desk.Collect(Guid.CreateVersion7(), cod.Payment.Id, cod.Payment.Amount, CancellationToken.None), Bargain.Seller)).Value.Id;

        Assert.Null((await host.Import("主订单编号,子订单编号,商家编码,购买数量,买家实付金额,订单状态,订单付款时间\r\n2001,2001-1,XR500,2,58.00,交易成功,2026-11-20\r\n")).Refused);
        var run = await host.Db(db => db.ImportRuns.Select(r => r.Id).SingleAsync());
        var staff = await host.Host.VisitAs(Role.CountyStaff, SmallCounty.County);
        var settled = await staff.Submit(await staff.Get("/market/channels/statements"), "form[enctype]", new() { ["Channel"] = "taobao" }, new() { ["Upload"] = ("settled.csv", "订单编号,实际结算金额,佣金,技术服务费\n2001,55.00,3.90,0\n"u8.ToArray()) });
        // Last, since nothing of the lot is sold any more after it.
        var recall = (await host.Do((RecallLotHandler recalling) => recalling.Ask(new RecallLot(Guid.CreateVersion7(), SmallCounty.Lot, "查出黄曲霉毒素超标"), CancellationToken.None))).Value.Id;

        string Key(long id, string purpose = OrderKey.Page) => OrderKey.Of(host.Services.GetRequiredService<Secrets>(), SmallCounty.County, id, purpose);
        const long lot = SmallCounty.Lot;
        return
        [
            new("shop/order/{key}", $"/shop/order/{Key(sent.OrderId)}", "buyer"), new("shop/order/{key}/claim", $"/shop/order/{Key(sent.OrderId)}/claim", "buyer"), new("shop/order/{key}/review", $"/shop/order/{Key(sent.OrderId)}/review", "buyer"), new("shop/order/{key}/invoice", $"/shop/order/{Key(sent.OrderId)}/invoice", "buyer"),
            new("shop/quote/{key}", $"/shop/quote/{Key(quote.Id, QuoteRequest.Page)}", "buyer"), new("shop/quote/{key}/contract", $"/shop/quote/{Key(quote.Id, QuoteRequest.Page)}/contract", "buyer"), new("shop/standing/{key}", $"/shop/standing/{Key(standing, StandingOrder.Page)}", "buyer"),
            new("market/orders/show/{id:long}", $"/market/orders/show/{sent.OrderId}", "cooperative"), new("market/orders/refund/{id:long}", $"/market/orders/refund/{line}"), new("market/shipping/weigh/{id:long}", $"/market/shipping/weigh/{await Line(packed.OrderId)}", "cooperative"),
            new("market/claims/claim/{id:long}", $"/market/claims/claim/{claim}", "cooperative"), new("market/claims/photo/{id:long}/{number:int}", $"/market/claims/photo/{claim}/1", "cooperative"),
            new("market/genuine/report/{id:long}", $"/market/genuine/report/{fake}"), new("market/genuine/photo/{id:long}/{number:int}", $"/market/genuine/photo/{fake}/1"),
            new("market/cash/slip/{id:long}", $"/market/cash/slip/{paper}", "cooperative"),
            new("market/agents/slip", $"/market/agents/slip?id={slip.Id}", "household"), new("market/agents/slip", $"/market/agents/slip?id={slip.Id}", "station"), new("market/agents/approve", $"/market/agents/approve?id={open}", "household"), new("market/agents/report", $"/market/agents/report?slip={supply}", "household"), new("market/agents/cashreceipt", $"/market/agents/cashreceipt?id={cash}", "station"),
            .. new[] { ("slip", slip.Id), ("supply", supply), ("report", report) }.Select(e => new Door("market/agents/evidence/{of:regex(^(slip|supply|report)$)}/{id:long}", $"/market/agents/evidence/{e.Item1}/{e.Item2}", "household")),
            new("market/intakes/receipt", $"/market/intakes/receipt?id={intake}", "household"), new("market/intakes/approve", $"/market/intakes/approve?id={unsure}", "household"), new("market/intakes/evidence/{intakeid:long}", $"/market/intakes/evidence/{intake}", "household"),
            // Every station of the county takes in what was agreed, and reads what that is.
            new("market/agreements/view", $"/market/agreements/view?id={agreement}", "cooperative", Also: "station"), new("market/agreements/paper/{agreementid:long}", $"/market/agreements/paper/{agreement}", "cooperative", Also: "station"),
            new("market/lots/lot", $"/market/lots/lot?id={lot}", "station"), new("market/lots/make", $"/market/lots/make?from={lot}", "station"), new("market/lots/labels", $"/market/lots/labels?id={lot}", "station"), new("market/lots/labels/code/{id:long}", $"/market/lots/labels/code/{lot}", "station"), new("market/lots/labels/printer/{id:long}", $"/market/lots/labels/printer/{lot}", "station"),
            new("market/lots/origin/{id:long}", $"/market/lots/origin/{lot}", "station"), new("market/lots/recall", $"/market/lots/recall?id={lot}", "station"), new("market/lots/recall/{id:long}.xlsx", $"/market/lots/recall/{lot}.xlsx", "station"),
            new("market/recalls/recall/{id:long}", $"/market/recalls/recall/{recall}"), new("market/recalls/{id:long}.xlsx", $"/market/recalls/{recall}.xlsx"),
            new("market/bulk/request/{id:long}", $"/market/bulk/request/{quote.Id}", "cooperative"), new("market/bulk/contract/{id:long}", $"/market/bulk/contract/{quote.Id}", "cooperative"), new("market/bulk/paper/{quote:long}/{number:int}", $"/market/bulk/paper/{quote.Id}/1", "cooperative"), new("market/bulk/standing/new/{id:long}", $"/market/bulk/standing/new/{quote.Id}", "cooperative"),
            new("market/channels/run/{id:long}", $"/market/channels/run/{run}"), new("market/channels/statements/{id:long}", settled.Address.AbsolutePath),
            new("market/campaigns/edit", "/market/campaigns/edit?id=9002", Shared: true), new("market/products/write/{id:long?}", $"/market/products/write/{SmallCounty.Apricot}"), new("market/products/{id:long}/pictures", $"/market/products/{SmallCounty.Apricot}/pictures", Shared: true), new("market/offers/{id:long}/pictures", $"/market/offers/{Window.Almonds}/pictures", "cooperative"),
        ];
    }
}
