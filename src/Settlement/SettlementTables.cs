using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Settlement.Close;
using Shanhuo.Settlement.Ledger;
using Shanhuo.Settlement.Payouts;
using Shanhuo.Settlement.Schemes;
using Shanhuo.Settlement.Sharing;
using Shanhuo.Settlement.Statements;
using Shanhuo.Settlement.Trace;

namespace Shanhuo.Settlement;

/// <summary>Every table of settlement by name.</summary>
internal static class SettlementTables
{
    extension(ShanhuoDb db)
    {
        public DbSet<SchemeRecord> Schemes => db.Set<SchemeRecord>();
        public DbSet<SchemeVersion> SchemeVersions => db.Set<SchemeVersion>();
        public DbSet<SchemeUse> SchemeUses => db.Set<SchemeUse>();
        public DbSet<LedgerAccount> LedgerAccounts => db.Set<LedgerAccount>();
        public DbSet<JournalEntry> JournalEntries => db.Set<JournalEntry>();
        public DbSet<Posting> Postings => db.Set<Posting>();
        public DbSet<Seal> Seals => db.Set<Seal>();
        public DbSet<Allowance> Allowances => db.Set<Allowance>();
        public DbSet<AllowanceUse> AllowanceUses => db.Set<AllowanceUse>();
        public DbSet<MonthSum> MonthSums => db.Set<MonthSum>();
        public DbSet<LotSum> LotSums => db.Set<LotSum>();
        public DbSet<HouseholdCost> HouseholdCosts => db.Set<HouseholdCost>();
        public DbSet<CashEntry> CashEntries => db.Set<CashEntry>();
        public DbSet<MemberAccountEntry> MemberAccountEntries => db.Set<MemberAccountEntry>();
        public DbSet<CooperativeClose> Closes => db.Set<CooperativeClose>();
        public DbSet<CloseShare> CloseShares => db.Set<CloseShare>();
        public DbSet<Payee> Payees => db.Set<Payee>();
        public DbSet<PayoutFile> PayoutFiles => db.Set<PayoutFile>();
        public DbSet<PayoutLine> PayoutLines => db.Set<PayoutLine>();
        public DbSet<CashAllowance> CashAllowances => db.Set<CashAllowance>();
        public DbSet<CashPayment> CashPayments => db.Set<CashPayment>();
        public DbSet<ShareMerchant> ShareMerchants => db.Set<ShareMerchant>();
        public DbSet<ShareRequest> ShareRequests => db.Set<ShareRequest>();
        public DbSet<PaidShare> PaidShares => db.Set<PaidShare>();
        public DbSet<ShareReturn> ShareReturns => db.Set<ShareReturn>();
        public DbSet<MoneyMove> MoneyMoves => db.Set<MoneyMove>();
        public DbSet<AccountStatement> AccountStatements => db.Set<AccountStatement>();
        public DbSet<StatementLine> StatementLines => db.Set<StatementLine>();
    }
}
