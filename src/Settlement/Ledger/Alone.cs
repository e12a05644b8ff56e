using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Shanhuo.Kernel;

namespace Shanhuo.Settlement.Ledger;

/// <summary>What is done by one at a time in a county. The numbers name database locks: never change one.</summary>
internal enum Turn
{
    /// <summary>Money out: files and cash.</summary>
    Payouts = 1,

    /// <summary>Cash books and closes of cooperatives.</summary>
    Close = 2,
}

/// <summary>Opens a transaction that has a county's turn: ten clicks stand in line and each sees what the one before it has done.</summary>
internal static class Alone
{
    /// <summary>Waits for the turn; it ends with the transaction, also when the process dies. On SQLite the one writer is the turn.</summary>
    public static async Task<IDbContextTransaction> BeginAlone(this ShanhuoDb db, AreaCode county, Turn turn, CancellationToken cancel)
    {
        var change = await db.Database.BeginTransactionAsync(cancel);
        await db.TakeTurn(county, turn, cancel);
        return change;
    }

    /// <summary>Waits for the turn inside the caller's open transaction.</summary>
    public static async Task TakeTurn(this ShanhuoDb db, AreaCode county, Turn turn, CancellationToken cancel)
    {
        if (db.Database.CurrentTransaction is null) throw new InvalidOperationException("A turn is taken inside a transaction.");
        if (!db.IsSqlite)
            await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({int.Parse(county.ToString(), CultureInfo.InvariantCulture)}, {(int)turn})", cancel);
    }
}
