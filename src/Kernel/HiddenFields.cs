using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace Shanhuo.Kernel;

/// <summary>A module that keeps hidden fields: it can write them anew under the newest key.</summary>
public interface IHoldHiddenFields
{
    /// <summary>Writes some fields that are hidden under an older key anew.</summary>
    /// <returns>How many; 0: none is left.</returns>
    Task<int> Renew(CancellationToken cancel);
}

/// <summary>Writes hidden fields anew while the program serves: each value is replaced only where it still says what was read, so that nothing written meanwhile is lost.</summary>
public static class HiddenFields
{
    private const int Batch = 500;

    /// <summary>Renews one column of a table, a batch at a time.</summary>
    /// <param name="db">The database.</param>
    /// <param name="secrets">With the newest key.</param>
    /// <param name="column">The hidden column.</param>
    /// <param name="binding">To what a row's value is bound.</param>
    /// <param name="row">Finds the row again by its key.</param>
    /// <param name="cancel">Stops after a row.</param>
    /// <returns>How many were renewed; 0: none is left.</returns>
    public static async Task<int> Renew<T>(this ShanhuoDb db, Secrets secrets, Expression<Func<T, string?>> column, Func<T, string> binding, Func<T, Expression<Func<T, bool>>> row, CancellationToken cancel) where T : class
    {
        ArgumentNullException.ThrowIfNull(secrets);
        ArgumentNullException.ThrowIfNull(column);
        ArgumentNullException.ThrowIfNull(binding);
        ArgumentNullException.ThrowIfNull(row);
        var newest = $"{secrets.Newest}:";
        var read = column.Compile();
        var isOld = Expression.Lambda<Func<T, bool>>(Expression.AndAlso(Expression.NotEqual(column.Body, Expression.Constant(null, typeof(string))), Expression.Not(Expression.Call(column.Body, nameof(string.StartsWith), null, Expression.Constant(newest)))), column.Parameters);
        var old = await db.Unfiltered<T>("a new key is for every row").AsNoTracking().Where(isOld).TagWith("whole: a new key is for every row").Take(Batch).ToListAsync(cancel);
        foreach (var one in old)
        {
            cancel.ThrowIfCancellationRequested();
            var (before, bound) = (read(one)!, binding(one));
            var after = secrets.Hide(secrets.Reveal(before, bound), bound);
            var still = Expression.Lambda<Func<T, bool>>(Expression.Equal(column.Body, Expression.Constant(before)), column.Parameters);
            await db.Unfiltered<T>("a new key is for every row").Where(row(one)).Where(still).ExecuteUpdateAsync(s => s.SetProperty(column, after), cancel);
        }
        return old.Count;
    }
}
