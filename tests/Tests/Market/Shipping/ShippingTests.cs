using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Sheets;
using Shanhuo.Market;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Orders;
using Shanhuo.Market.Shipping;
using Shanhuo.Registry.Trail;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Market.Buying;

namespace Shanhuo.Tests.Market.Shipping;

/// <summary>From the shelf to the carrier: who sees a buyer's name, what may leave, and what the buyer reads of it.</summary>
public sealed class ShippingTests
{
    [Theory, EachDatabase]
    public async Task The_seller_packs_and_ships_and_the_buyer_reads_carrier_and_number(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        var placed = await Parcels.Bought(host, 2);
        var unpaid = (await Window.Place(host, Window.Order())).Value;
        var seller = await host.VisitAs(Role.Cooperative, SmallCounty.Township, SmallCounty.Cooperative);
        var list = await seller.Get("/market/shipping");
        Assert.Contains(placed.Number, list.Text);
        Assert.DoesNotContain(unpaid.Number, list.Text);
        Assert.DoesNotContain("王小明", list.Body);
        Assert.DoesNotContain("13900001234", list.Body);
        Assert.Contains("L-1", (await seller.Get("/market/shipping/pick")).Text);
        foreach (var _ in new[] { 1, 2 })
        {
            var slips = (await seller.Get("/market/shipping/pack")).Text;
            foreach (var shown in new[] { "王小明", "13900001234", "城关区某路1号" }) Assert.Contains(shown, slips);
        }
        // Looked at twice by the same person: on record once.
        Assert.Equal((1, 1), await host.Db(async db => (await db.DeliveryLooks.CountAsync(), await db.Set<AuditRecord>().CountAsync(r => r.Kind == "look" && r.What == "delivery" && r.Reason == placed.Number))));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await seller.Submit(list, $"form:has(#w{placed.OrderId})", new() { ["carrier"] = "顺丰", ["waybill"] = "12" })).Status);
        Assert.Equal(OrderState.Placed, await Parcels.State(host, placed.OrderId));
        Assert.DoesNotContain(placed.Number, (await seller.Submit(list, $"form:has(#w{placed.OrderId})", new() { ["carrier"] = "顺丰", ["waybill"] = "ｓｆ1234567890" })).Text);
        Assert.Equal(OrderState.Shipped, await Parcels.State(host, placed.OrderId));
        var sent = await seller.Get(Parcels.Page(host, placed.OrderId));
        Assert.Contains("顺丰 SF1234567890", sent.Page.Body!.TextContent);
        Assert.NotNull(sent.Page.QuerySelector("main a[href='tel:95338']"));
    }

    [Theory, EachDatabase]
    public async Task Another_seller_and_another_village_see_nothing_of_it_and_cannot_ship_it(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        var placed = await Parcels.Bought(host);
        var other = await host.VisitAs(Role.Station, SmallCounty.VillageB, SmallCounty.StationB);
        Assert.DoesNotContain(placed.Number, (await other.Get("/market/shipping")).Text);
        Assert.DoesNotContain("王小明", (await other.Get("/market/shipping/pack")).Body);
        foreach (var scope in new[] { new Scope { Area = SmallCounty.County, Role = Role.Cooperative, OrganisationId = SmallCounty.Enterprise, AccountId = 9 }, new Scope { Area = SmallCounty.VillageB, Role = Role.Station, OrganisationId = SmallCounty.StationB, AccountId = 9 } })
            Assert.Equal("market.order-unknown", (await host.Do((ShipOrderHandler ship) => ship.Handle(placed.OrderId, "顺丰", "SF1234567890", CancellationToken.None), scope))?.Code);
    }

    [Theory, EachDatabase]
    public async Task A_sheet_of_waybills_with_a_wrong_cell_ships_nothing_and_names_the_cell(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        var (first, second) = (await Parcels.Bought(host), await Parcels.Bought(host));
        var staff = await host.VisitAs(Role.CountyStaff, SmallCounty.County);
        var sheet = await staff.Client.GetAsync("/market/shipping/waybills.xlsx");
        Assert.Equal(SheetWriter.ContentType(SheetFormat.Xlsx), sheet.Content.Headers.ContentType!.ToString());
        var reader = (await SheetReader.Open(await sheet.Content.ReadAsStreamAsync(), "w.xlsx", CancellationToken.None)).Value;
        var rows = reader.Rows().Select(r => r.Value).ToList();
        Assert.Equal([first.Number, second.Number], rows.Skip(1).Select(r => r[0].Text).Order(StringComparer.Ordinal));
        Assert.Equal("王小明", rows[1][1].Text);
        async Task<Answer> Send(string waybill) => await staff.Submit(await staff.Get("/market/shipping"), "form:has(#upload)", [], new() { ["Upload"] = ("w.csv", Encoding.UTF8.GetBytes($"订单号,快递公司,运单号\r\n{first.Number},中通,ZT111111\r\n{second.Number},中通,{waybill}\r\n")) });
        var wrong = await Send("x!");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Contains("w.csv:3:运单号", wrong.Text);
        Assert.Equal(OrderState.Placed, await Parcels.State(host, first.OrderId));
        Assert.Equal(HttpStatusCode.OK, (await Send("ZT222222")).Status);
        Assert.Equal(["ZT111111", "ZT222222"], await host.Db(db => db.Deliveries.OrderBy(d => d.Waybill).Select(d => d.Waybill!).ToListAsync()));
        Assert.Equal(2, await host.Db(db => db.Orders.CountAsync(o => o.State == OrderState.Shipped)));
    }
}
