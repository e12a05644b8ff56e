using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;
using Shanhuo.Settlement.Ledger;
using Shanhuo.Settlement.Payouts;
using Shanhuo.Settlement.Sharing;

namespace Shanhuo.Settlement.Demo;

/// <summary>The demo county's money on its way out, each step by the person whose step it is and with the handlers of the pages. Only the households' bank accounts are put in as rows, all invented.</summary>
internal sealed class PayoutsDemo(ShanhuoDb db, Ids ids, Secrets secrets, CurrentScope acting, MirrorBook mirrors, MakePayoutFileHandler make, PayoutFiles files, BankResults results, CashAtStation cash, Sealer sealer)
{
    private const string Institution = "institution/main", Bank = "bank/main";

    /// <summary>Three of four households have an account, and a few of those another member's; two cooperatives have a merchant number, by which they get their shares at once.</summary>
    public async Task OpenAccounts(DemoCounty county, CancellationToken cancel)
    {
        var households = await db.HouseholdFacts.Where(h => h.Area >= county.Code && h.Area <= county.Code.Last).OrderBy(h => h.Code).Select(h => new { h.Id, h.HeadName }).ToListAsync(cancel);
        var spouses = await db.MemberFacts.Where(m => m.Relation == "spouse" && m.Until == null).GroupBy(m => m.HouseholdId).Select(g => new { g.Key, Name = g.Min(m => m.Name) }).ToDictionaryAsync(m => m.Key, m => m.Name!, cancel);
        var (staff, staff2) = ((await DemoSignIns.ScopeOf(db, "staff", cancel)).AccountId, (await DemoSignIns.ScopeOf(db, "staff2", cancel)).AccountId);
        var chance = new Random(county.Seed + 4);
        var at = new DateTimeOffset(county.LastSeasonPaid.AddDays(-30), new TimeOnly(2, 0), TimeSpan.Zero).ToUnixTimeMilliseconds();
        var payees = new List<Payee>();
        foreach (var household in households)
        {
            if (chance.Next(4) == 0) continue;
            var other = chance.Next(12) == 0 ? spouses.GetValueOrDefault(household.Id) : null;
            // No bank issues numbers that begin with nine nines.
            var (id, number) = (ids.Next(), string.Create(CultureInfo.InvariantCulture, $"999999999{chance.NextInt64(10_000_000_000):0000000000}"));
            payees.Add(new Payee
            {
                County = county.Code, Id = id, HouseholdId = household.Id, RequestId = Guid.CreateVersion7(), Holder = other ?? household.HeadName, Relation = other is null ? "head" : "spouse", Consent = other is null ? null : "户主到站签字同意（虚构）", Bank = "农村信用社（虚构）",
                AccountHidden = secrets.Hide(number, Payee.Binding(id)), AccountMask = Secrets.Mask(number), State = PayeeState.Approved, ByAccountId = staff, AtMs = at, DecidedByAccountId = staff2, DecidedMs = at, UsableFromMs = at + Payees.WaitMs,
            });
        }
        await db.InsertAll(payees, cancel);
        var merchants = await db.OrganisationFacts.Where(o => o.Kind == OrganisationKind.Cooperative && o.Area >= county.Code && o.Area <= county.Code.Last).OrderBy(o => o.Code).Select(o => new { o.Code, o.Name }).Take(2).ToListAsync(cancel);
        await db.InsertAll([.. merchants.Select((m, i) => new ShareMerchant
        {
            County = county.Code, Id = ids.Next(), RequestId = Guid.CreateVersion7(), Role = "cooperative", Owner = m.Code, Merchant = string.Create(CultureInfo.InvariantCulture, $"99999{county.Code.Value / 1_000_000}{i + 1}"), Name = m.Name,
            State = PayeeState.Approved, ByAccountId = staff, AtMs = at, DecidedByAccountId = staff2, DecidedMs = at, UsableFromMs = at + Payees.WaitMs,
        })], cancel);
    }

    /// <summary>Buyers' money comes in; one makes a file of all that is payable, another releases it, and two days later the bank answers: most is paid, some comes back.</summary>
    public async Task PayByBank(DemoCounty county, int failing, CancellationToken cancel)
    {
        await As("staff", cancel);
        await TakeInMoney(county, cancel);
        var file = (await make.Handle(new MakePayoutFile(Guid.CreateVersion7(), county.Code, null, new Fen(100), Language.Zh), cancel)).Value;
        await Move(county, Institution, Bank, file.Total, $"付款文件 {file.Code}", cancel);
        await As("staff2", cancel);
        _ = (await files.Handle(new ReleasePayoutFile(file.Id), cancel)).Value;
        county.Clock.Day = county.Clock.Day.AddDays(2);
        await As("staff", cancel);
        var every = file.Lines / failing;
        _ = (await results.Handle(new BookResults(file.Id, [.. Enumerable.Range(1, file.Lines).Select(n => n % every == 0 ? new LineResult(n, false, "户名不符（虚构）") : new LineResult(n, true, ""))]), cancel)).Value;
        await Seal(county, cancel);
    }

    /// <summary>A station has its cash and has paid some neighbours; bank and institution have sent their statements, in one of which a fee is missing here; a file for one township waits.</summary>
    public async Task OfToday(DemoCounty county, CancellationToken cancel)
    {
        await As("staff", cancel);
        await TakeInMoney(county, cancel);
        var operatorOf = await DemoSignIns.ScopeOf(db, "station", cancel);
        var allowance = (await cash.Handle(new ProposeAllowance(Guid.CreateVersion7(), operatorOf.OrganisationId!.Value, new Fen(500_000), 14), cancel)).Value;
        await Move(county, Institution, Bank, allowance.Amount, "站点备用金", cancel);
        await As("staff2", cancel);
        _ = (await cash.Handle(new DecideAllowance(allowance.Id, true), cancel)).Value;

        acting.Scope = operatorOf;
        var owed = await db.PayablesOf(county.Code, operatorOf.Area, new Fen(1_000)).Take(4).ToListAsync(cancel);
        foreach (var payable in owed)
        {
            db.ChangeTracker.Clear();
            var amount = new Fen(Math.Min(payable.Balance.Value / 100 * 100, 100_000));
            _ = (await cash.Handle(new PayCash(Guid.CreateVersion7(), allowance.Id, payable.HouseholdId, amount, DemoSignIns.Code), cancel)).Value;
        }

        await As("staff", cancel);
        foreach (var (account, fee) in new[] { (Bank, 0L), (Institution, 1_200L) })
        {
            var name = account.Split('/');
            var day = (await Reconciliation.Of(db, county.Code, county.Today, cancel)).Single(d => d.Role == name[0] && d.Owner == name[1]);
            var lines = day.Moves.Select(m => (m.Amount, "转账（虚构）"));
            _ = (await mirrors.Handle(new EnterStatement(Guid.CreateVersion7(), county.Code, account, county.Today, day.Ours - new Fen(fee), [.. fee == 0 ? lines : lines.Append((new Fen(-fee), "账户管理费（虚构）"))]), cancel)).Value;
        }
        var township = await db.OrganisationFacts.Where(o => o.Kind == OrganisationKind.TownshipStation && o.Area >= county.Code && o.Area <= county.Code.Last).OrderBy(o => o.Code).Select(o => o.Area).FirstAsync(cancel);
        _ = await make.Handle(new MakePayoutFile(Guid.CreateVersion7(), county.Code, township, new Fen(100), Language.Zh), cancel);
        await Seal(county, cancel);
    }

    // All that buyers have paid since the last time, as one transfer from the platforms.
    private async Task TakeInMoney(DemoCounty county, CancellationToken cancel)
    {
        var paid = -await db.LedgerAccounts.Where(a => a.County == county.Code && a.Role == "buyer").SumAsync(a => (long)a.Balance, cancel);
        if (paid > 0) await Move(county, "", Institution, new Fen(paid), "平台货款结算（虚构）", cancel);
    }

    private async Task Move(DemoCounty county, string from, string to, Fen amount, string note, CancellationToken cancel) =>
        _ = (await mirrors.Handle(new BookMoney(Guid.CreateVersion7(), county.Code, from, to, amount, county.Clock.Day, note), cancel)).Value;

    private async Task As(string name, CancellationToken cancel)
    {
        db.ChangeTracker.Clear();
        acting.Scope = await DemoSignIns.ScopeOf(db, name, cancel);
    }

    private async Task Seal(DemoCounty county, CancellationToken cancel)
    {
        db.ChangeTracker.Clear();
        acting.Scope = Scope.Everything;
        await sealer.SealAll(county.Code, cancel);
    }
}
