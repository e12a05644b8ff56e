using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Lots;
using Shanhuo.Tests.Databases;

namespace Shanhuo.Tests.Market.Intakes
{
    internal static class Taking
    {
        public static Task<Outcome<LotMove>> Take(this TestHost host, long lotId, long quantity, Guid? request = null, Scope? scope = null) => host.In(async s =>
        {
            var db = s.GetRequiredService<ShanhuoDb>();
            await using var transaction = await db.Database.BeginTransactionAsync();
            var outcome = await LotStock.Take(db, s.GetRequiredService<Ids>(), SmallCounty.County, lotId, quantity, request ?? Guid.CreateVersion7(), 1, SmallCounty.Day, CancellationToken.None);
            await db.SaveChangesAsync();
            await transaction.CommitAsync();
            return outcome;
        }, scope);

        public static Task<Outcome<LotMove>> PutBack(this TestHost host, long lotId, long quantity, Guid request) => host.In(async s =>
        {
            var db = s.GetRequiredService<ShanhuoDb>();
            await using var transaction = await db.Database.BeginTransactionAsync();
            var outcome = await LotStock.PutBack(db, s.GetRequiredService<Ids>(), SmallCounty.County, lotId, quantity, request, 1, SmallCounty.Day, CancellationToken.None);
            await db.SaveChangesAsync();
            await transaction.CommitAsync();
            return outcome;
        });
    }
}

namespace Shanhuo.Tests.Market.Lots
{
    using Shanhuo.Tests.Market.Intakes;

    public sealed class LotStockTests
    {
        [Theory, EachDatabase]
        public async Task Thirty_buyers_at_once_never_get_more_than_there_is(DatabaseKind kind)
        {
            await using var host = await TestHost.Start(kind);
            await SmallCounty.Found(host);
            await SmallCounty.TakeIn(host);
            var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => host.Take(SmallCounty.Lot, 7_000)));
            Assert.Equal(14, answers.Count(a => a.Refused is null));
            Assert.All(answers.Where(a => a.Refused is not null), a => Assert.Equal("market.lot-short", a.Refused!.Code));
            var lot = await host.Db(db => db.Lots.SingleAsync());
            Assert.Equal((2_000, SmallCounty.Day), (lot.Available, lot.SealedDay));
            Assert.Equal(2_000, await host.Db(db => db.LotMoves.SumAsync(m => m.Quantity)));
        }

        [Theory, EachDatabase]
        public async Task The_same_taking_twice_takes_once_and_so_does_putting_back(DatabaseKind kind)
        {
            await using var host = await TestHost.Start(kind);
            await SmallCounty.Found(host);
            await SmallCounty.TakeIn(host);
            var (taking, back) = (Guid.CreateVersion7(), Guid.CreateVersion7());
            Assert.Equal((await host.Take(SmallCounty.Lot, 10_000, taking)).Value.Id, (await host.Take(SmallCounty.Lot, 10_000, taking)).Value.Id);
            Assert.Equal(90_000, await host.Db(db => db.Lots.Select(l => l.Available).SingleAsync()));
            await host.PutBack(SmallCounty.Lot, 10_000, back);
            await host.PutBack(SmallCounty.Lot, 10_000, back);
            var lot = await host.Db(db => db.Lots.SingleAsync());
            Assert.Equal((100_000, SmallCounty.Day), (lot.Available, lot.SealedDay));
        }

        [Theory, EachDatabase]
        public async Task What_expires_first_goes_out_first_and_what_has_expired_stays(DatabaseKind kind)
        {
            await using var host = await TestHost.Start(kind);
            await SmallCounty.Found(host);
            await host.Db(async db =>
            {
                foreach (var (id, keeps, available) in new[] { (1L, 30, 5_000L), (2L, 10, 4_000L), (3L, -1, 9_000L), (4L, 20, 6_000L) })
                    db.Lots.Add(new Lot { Id = id, County = SmallCounty.County, Code = $"L-{id}", Area = SmallCounty.VillageA, PlaceId = SmallCounty.StationA, ProductId = SmallCounty.Apricot, Grade = "1", OpenedDay = SmallCounty.Day, BestBefore = SmallCounty.Day.AddDays(keeps), Available = available, TakenIn = available });
                await db.SaveChangesAsync();
            });
            var allocation = await host.Db(db => LotStock.FirstExpired(db, SmallCounty.County, SmallCounty.Apricot, 12_000, SmallCounty.Day, CancellationToken.None));
            Assert.Equal([new(2, 4_000), new(4, 6_000), new LotPart(1, 2_000)], allocation.Parts);
            Assert.Equal(0, allocation.Missing);
            Assert.Equal(5_000, (await host.Db(db => LotStock.FirstExpired(db, SmallCounty.County, SmallCounty.Apricot, 20_000, SmallCounty.Day, CancellationToken.None))).Missing);
        }

        [Fact]
        public async Task Stock_moves_only_inside_a_transaction()
        {
            await using var host = await TestHost.Start(DatabaseKind.Sqlite);
            await Assert.ThrowsAsync<InvalidOperationException>(() => host.In(s => LotStock.Take(s.GetRequiredService<ShanhuoDb>(), s.GetRequiredService<Ids>(), SmallCounty.County, 1, 1, Guid.CreateVersion7(), 1, SmallCounty.Day, CancellationToken.None)));
        }
    }
}
