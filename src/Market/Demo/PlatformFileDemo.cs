using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Channels;
using Shanhuo.Market.Contracts;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Demo;

/// <summary>A file of the kind that a Taobao seller exports, invented and taken in with the import of the pages: some of its lines carry a code that nobody has explained and wait, one row is wrong.</summary>
internal sealed class PlatformFileDemo(ShanhuoDb db, CurrentScope acting, SellerCodesHandler codes, ImportOrders import) : ISeedDemo
{
    private const int Orders = 24;

    public int Order => 46;

    public async Task Seed(DemoCounty county, CancellationToken cancel)
    {
        if (county.Code != DemoCounty.Zhangjiachuan) return;
        county.Clock.Day = county.Today.AddDays(-2);
        acting.Scope = await DemoSignIns.ScopeOf(db, "staff", cancel);
        var products = await db.Products.Where(p => p.County == county.Code).ToDictionaryAsync(p => p.Code, p => p.Id, cancel);
        foreach (var (code, product, perUnit) in new[] { ("HJ-500", "spice", "0.5"), ("XR-1000", "almond", "1") })
            if (await codes.Keep(county.Code, "taobao", code, products[product], null, perUnit, cancel) is { } no) throw new InvalidOperationException(no.ToString());
        var file = new MemoryStream(Encoding.UTF8.GetBytes(Write(county)));
        _ = (await import.Run(file, $"淘宝订单{county.Clock.Day:yyyyMMdd}（虚构）.csv", "taobao", county.Code, true, null, cancel)).Value;
    }

    private static string Write(DemoCounty county)
    {
        var chance = new Random(county.Seed + 3);
        var text = new StringBuilder("订单编号,子订单编号,商家编码,购买数量,买家实付金额,买家应付邮费,商家优惠,平台优惠,卖家服务费,订单状态,退款状态,退款金额,订单付款时间,发货时间,确认收货时间\n");
        for (var i = 0; i < Orders; i++)
        {
            var (code, price) = i % 9 == 8 ? ("LH-GIFT", 128m) : i % 2 == 0 ? ("HJ-500", 63.5m) : ("XR-1000", 45.8m);
            var units = chance.Next(1, 4);
            // The last row is wrong, as a slip of the hand would make it.
            var quantity = i == Orders - 1 ? "两件" : units.ToString(CultureInfo.InvariantCulture);
            var (paid, placed) = (price * units, county.Today.AddDays(-chance.Next(6, 16)));
            var received = i % 3 != 2 ? placed.AddDays(chance.Next(3, 5)) : (DateOnly?)null;
            var number = 2_611_000_000_000_000_000 + chance.NextInt64(900_000_000_000_000);
            text.Append(CultureInfo.InvariantCulture, $"{number},{number + 1},{code},{quantity},{paid - 5:0.00},8.00,3.00,2.00,{paid / 100:0.00},{(received is null ? "卖家已发货，等待买家确认" : "交易成功")},,,{placed:yyyy-MM-dd} 20:1{i % 10}:00,{placed.AddDays(1):yyyy-MM-dd} 09:30:00,{received?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}\n");
        }
        return text.ToString();
    }
}
