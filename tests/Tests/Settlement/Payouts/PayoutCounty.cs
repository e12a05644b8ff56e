using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Sheets;
using Shanhuo.Registry;
using Shanhuo.Registry.Contracts;
using Shanhuo.Settlement.Ledger;
using Shanhuo.Settlement.Payouts;
using Shanhuo.Tests.Databases;

namespace Shanhuo.Tests.Settlement.Payouts;

/// <summary>The small county with money owed to its three households, of whom Ma and Li have bank accounts in use.</summary>
internal static class PayoutCounty
{
    public const string Card = "6217000010001234569", Code = "2468";
    public static readonly Scope First = new() { Area = SmallCounty.County, AccountId = 11, Role = Role.CountyStaff };
    public static readonly Scope Second = new() { Area = SmallCounty.County, AccountId = 12, Role = Role.CountyOfficial };
    public static readonly Scope Operator = new() { Area = SmallCounty.VillageA, AccountId = 13, Role = Role.Station, OrganisationId = SmallCounty.StationA };

    public static async Task<TestHost> Start(DatabaseKind kind)
    {
        var host = await TestHost.Start(kind);
        await SmallCounty.Found(host);
        await LedgerOf.Enter(host, Cause.PoolPaid, "1", SmallCounty.Day, null, ("growers", "L-1", -60_000), ("household", "H-101", 30_000), ("household", "H-102", 20_000), ("household", "H-103", 10_000));
        await host.Db(async db =>
        {
            foreach (var h in await db.Households.ToListAsync()) h.ApprovalCodeHash = ApprovalCodes.Hash(Code);
            await db.SaveChangesAsync();
        });
        foreach (var household in new[] { SmallCounty.Ma, SmallCounty.Li }) await Account(host, household);
        host.Clock.Days(1);
        return host;
    }

    public static async Task<Payee> Account(TestHost host, long household, string card = Card)
    {
        var payee = (await host.In(s => s.GetRequiredService<Payees>().Handle(new ProposePayee(Guid.CreateVersion7(), household, null, null, "农村信用社", card), default), First)).Value;
        return (await host.In(s => s.GetRequiredService<Payees>().Handle(new DecidePayee(payee.Id, true), default), Second)).Value;
    }

    public static Task<Outcome<PayoutFile>> Make(TestHost host, Guid? request = null, Scope? who = null, AreaCode? area = null, long minimum = 0) =>
        host.In(s => s.GetRequiredService<MakePayoutFileHandler>().Handle(new MakePayoutFile(request ?? Guid.CreateVersion7(), SmallCounty.County, area, new Fen(minimum), Language.Zh), default), who ?? First);

    public static Task<Outcome<PayoutFile>> Release(TestHost host, long file, Scope? who = null) => host.In(s => s.GetRequiredService<PayoutFiles>().Handle(new ReleasePayoutFile(file), default), who ?? Second);

    public static Task<Outcome<ExportedFile>> Export(TestHost host, long file, SheetFormat form = SheetFormat.Csv) => host.In(s => s.GetRequiredService<PayoutFiles>().Handle(new ExportPayoutFile(file, form), default), Second);

    public static Task<Outcome<ResultsBooked>> Results(TestHost host, long file, params LineResult[] results) => host.In(s => s.GetRequiredService<BankResults>().Handle(new BookResults(file, results), default), First);

    public static Task<long> Owed(TestHost host, long household) => LedgerOf.Balance(host, "household", $"H-{household}");

    /// <summary>A station's released allowance.</summary>
    public static async Task<CashAllowance> Allow(TestHost host, long fen, int days = 3)
    {
        var allowance = (await host.In(s => s.GetRequiredService<CashAtStation>().Handle(new ProposeAllowance(Guid.CreateVersion7(), SmallCounty.StationA, new Fen(fen), days), default), First)).Value;
        return (await host.In(s => s.GetRequiredService<CashAtStation>().Handle(new DecideAllowance(allowance.Id, true), default), Second)).Value;
    }

    public static Task<Outcome<CashPayment>> Pay(TestHost host, long allowance, long household, long fen, Guid? request = null, string code = Code) =>
        host.In(s => s.GetRequiredService<CashAtStation>().Handle(new PayCash(request ?? Guid.CreateVersion7(), allowance, household, new Fen(fen), code), default), Operator);
}
