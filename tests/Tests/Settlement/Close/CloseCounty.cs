using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Settlement.Close;
using Shanhuo.Settlement.Ledger;
using Shanhuo.Settlement.Schemes;
using Shanhuo.Tests.Databases;

namespace Shanhuo.Tests.Settlement.Close;

/// <summary>The small county with a year of its cooperative's books.</summary>
internal static class CloseCounty
{
    public static readonly DateOnly From = new(2026, 1, 1), Until = new(2026, 10, 31), March = new(2026, 3, 1);
    public static readonly CloseTerms Terms = new(new Rate(200_000), new Rate(600_000), new Rate(50_000), new Rate(0));
    public static readonly Scope Manager = new() { Area = SmallCounty.Township, AccountId = 1, Role = Role.Cooperative, OrganisationId = SmallCounty.Cooperative };
    public static readonly Scope Official = new() { Area = SmallCounty.County, AccountId = 2, Role = Role.CountyOfficial };

    /// <summary>A year of the cooperative: sales bring it 90 000.00, other income 10 000.00, costs 40 000.00; its lot paid Ma 1 800.00, Li 600.00 and Zhang, who is no member, 900.00.</summary>
    public static async Task<TestHost> Year(DatabaseKind kind)
    {
        var host = await TestHost.Start(kind);
        await SmallCounty.Found(host);
        await SmallCounty.TakeIn(host);
        await Enter(host, Cause.Line, "1", March, SmallCounty.Lot, ("cooperative", "C-01", 9_000_000), ("growers", "L-1", 330_000), ("buyer", "", -9_330_000));
        await Enter(host, Cause.PoolPaid, "1", March, SmallCounty.Lot, ("growers", "L-1", -330_000), ("household", "H-101", 180_000), ("household", "H-102", 60_000), ("household", "H-103", 90_000));
        await Book(host, CashCategory.OperatingIncome, 1_000_000);
        await Book(host, CashCategory.OperatingCosts, 3_500_000);
        await Book(host, CashCategory.Management, 500_000);
        foreach (var (household, amount) in new[] { (SmallCounty.Ma, 3_000_000L), (SmallCounty.Li, 1_000_000L) })
            Assert.Null((await host.In(s => s.GetRequiredService<MemberAccounts>().Handle(new BookStake(Guid.CreateVersion7(), SmallCounty.Cooperative, household, StakeKind.Money, March, new Fen(amount), "收据"), default), Manager)).Refused);
        return host;
    }

    /// <param name="meeting">Days until the assembly; 0: none is named.</param>
    public static Task<Outcome<CooperativeClose>> Propose(TestHost host, DateOnly? from = null, DateOnly? until = null, int meeting = 15, Guid? request = null) =>
        host.In(s => s.GetRequiredService<CloseCooperative>().Handle(new ProposeClose(request ?? Guid.CreateVersion7(), SmallCounty.Cooperative, from ?? From, until ?? Until, Terms, Fen.Zero, meeting == 0 ? null : host.Clock.Today.AddDays(meeting)), default), Manager);

    public static async Task Book(TestHost host, CashCategory category, long fen) => Assert.Null((await TryBook(host, category, fen)).Refused);

    public static Task<Outcome<CashEntry>> TryBook(TestHost host, CashCategory category, long fen) =>
        host.In(s => s.GetRequiredService<CashBook>().Handle(new BookCash(Guid.CreateVersion7(), SmallCounty.Cooperative, March, category, new Fen(fen), "凭证"), default), Manager);

    public static Task Enter(TestHost host, Cause cause, string key, DateOnly day, long? lot, params (string Role, string Owner, long Fen)[] legs) => LedgerOf.Enter(host, cause, key, day, lot, legs);

    public static Task<long> Balance(TestHost host, string role, string owner) => LedgerOf.Balance(host, role, owner);
}
