using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Settlement;
using Shanhuo.Settlement.Ledger;
using Shanhuo.Tests.Databases;

namespace Shanhuo.Tests.Settlement;

/// <summary>Puts entries into the small county's ledger and reads its balances.</summary>
internal static class LedgerOf
{
    public static Task Enter(TestHost host, Cause cause, string key, DateOnly day, long? lot, params (string Role, string Owner, long Fen)[] legs) => host.In(async s =>
    {
        var db = s.GetRequiredService<ShanhuoDb>();
        await using var change = await db.Database.BeginTransactionAsync();
        await Journal.Post(db, s.GetRequiredService<Ids>(), s.GetRequiredService<TimeProvider>(), SmallCounty.County, cause, key, day, legs.Select(l => new Leg(l.Role, l.Owner, new Fen(l.Fen))), default, lot);
        await db.SaveChangesAsync();
        await change.CommitAsync();
    });

    public static Task<long> Balance(TestHost host, string role, string owner) => host.Db(db => db.LedgerAccounts.Where(a => a.Role == role && a.Owner == owner).SumAsync(a => (long)a.Balance));
}
