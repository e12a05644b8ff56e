using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;

namespace Shanhuo.Registry.Contracts;

/// <summary>Names of those who sign in, for saying who made, released or confirmed something.</summary>
public static class NamesOfAccounts
{
    extension(ShanhuoDb db)
    {
        /// <summary>The display names of these accounts; those that do not exist are left out.</summary>
        public async Task<IReadOnlyDictionary<long, string>> AccountNames(IReadOnlyCollection<long> accounts, CancellationToken cancel) =>
            await db.Accounts.Where(a => accounts.Contains(a.Id)).ToDictionaryAsync(a => a.Id, a => a.DisplayName, cancel);
    }
}
