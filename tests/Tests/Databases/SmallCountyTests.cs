using Microsoft.EntityFrameworkCore;
using Shanhuo.Market.Contracts;

namespace Shanhuo.Tests.Databases;

public sealed class SmallCountyTests
{
    [Theory, EachDatabase]
    public async Task The_small_county_shows_its_due_line_to_settlement(DatabaseKind kind)
    {
        await using var host = await TestHost.Start(kind);
        await SmallCounty.Found(host);
        await SmallCounty.TakeIn(host);
        var id = await SmallCounty.Sell(host, 1_000, 5_800, 800);
        var line = Assert.Single(await host.Db(db => db.UnsettledLines(SmallCounty.County, SmallCounty.Day).ToListAsync()));
        Assert.Equal((id, "V-01", "apricot", 5_800L), (line.Id, line.Station, line.ProductCode, line.Goods.Value));
        var lot = Assert.Single(await host.Db(db => db.LotFacts.ToListAsync()));
        Assert.Equal(("L-1", "C-01", "V-01", 99_000L), (lot.Code, lot.Cooperative, lot.IntakeStation, lot.Available));
        Assert.Equal(100_000, await host.Db(db => db.GrowerFacts.Where(g => g.LotId == lot.Id).SumAsync(g => g.Quantity)));
    }
}
