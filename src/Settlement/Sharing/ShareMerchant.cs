using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Registry.Contracts;
using Shanhuo.Settlement.Ledger;
using Shanhuo.Settlement.Payouts;

namespace Shanhuo.Settlement.Sharing;

/// <summary>The merchant number at the payment institution under which an account of the ledger gets its shares. A change is a new row; the old one is used until the new one may be.</summary>
internal sealed class ShareMerchant : IInCounty
{
    public required AreaCode County { get; init; }
    public required long Id { get; init; }
    public required Guid RequestId { get; init; }
    public required string Role { get; init; }

    /// <summary>Public code.</summary>
    public required string Owner { get; init; }
    public required string Merchant { get; init; }

    /// <summary>Full name of the firm, as it is registered with the institution.</summary>
    public required string Name { get; init; }
    public PayeeState State { get; set; }
    public required long ByAccountId { get; init; }
    public required long AtMs { get; init; }
    public long? DecidedByAccountId { get; set; }
    public long? DecidedMs { get; set; }

    /// <summary>A day after approval, so that a wrong one can be stopped.</summary>
    public long? UsableFromMs { get; set; }

    /// <summary>Does the institution know it as a receiver of ours?</summary>
    public bool IsReceiver { get; set; }
}

/// <summary>Enters a merchant number for an account.</summary>
/// <param name="Account"><c>role/owner</c>, as in the ledger.</param>
internal sealed record ProposeMerchant(Guid RequestId, string Account, string Merchant, string Name);

/// <summary>The second person's decision.</summary>
internal sealed record DecideMerchant(long Id, bool Approve);

/// <summary>Keeps the merchant numbers: entered by one, approved by another, used after a day.</summary>
internal sealed class ShareMerchants(ShanhuoDb db, Ids ids, TimeProvider clock)
{
    // Accounts of firms. Pools, funds, villages and households are paid in other ways.
    private static readonly string[] WithoutOwner = ["centre", "carrier", "packaging", "processing", "promotion"], WithOwner = ["cooperative", "enterprise", "station", "intake-station", "host", "platform"];

    public async Task<Outcome<ShareMerchant>> Handle(ProposeMerchant request, CancellationToken cancel)
    {
        var county = db.Scope.County;
        if (await db.ShareMerchants.SingleOrDefaultAsync(m => m.County == county && m.RequestId == request.RequestId, cancel) is { } proposed) return proposed;
        var (role, owner) = request.Account.Trim().Split('/', 2) is [var first, var second] ? (first, second) : (request.Account.Trim(), "");
        if (!(await Accounts(cancel)).Contains(new AccountName(role, owner))) return new Refusal("sharing.account", Place.Input(nameof(request.Account)), request.Account);
        var number = Numerals.Narrow(request.Merchant).Trim();
        if (number.Length is < 8 or > 32 || !number.All(char.IsAsciiDigit)) return new Refusal("sharing.merchant", Place.Input(nameof(request.Merchant)), request.Merchant);
        if (request.Name.Trim() is not { Length: > 1 and <= 100 } name) return new Refusal("sharing.name", Place.Input(nameof(request.Name)));
        var merchant = new ShareMerchant { County = county, Id = ids.Next(), RequestId = request.RequestId, Role = role, Owner = owner, Merchant = number, Name = name, ByAccountId = db.Scope.AccountId, AtMs = clock.NowMs };
        db.ShareMerchants.Add(merchant);
        await db.SaveChangesAsync(cancel);
        return merchant;
    }

    public async Task<Outcome<ShareMerchant>> Handle(DecideMerchant request, CancellationToken cancel)
    {
        var county = db.Scope.County;
        await using var change = await db.BeginAlone(county, Turn.Payouts, cancel);
        if (await db.ShareMerchants.SingleOrDefaultAsync(m => m.County == county && m.Id == request.Id, cancel) is not { } merchant) return new Refusal("sharing.no-merchant");
        if (merchant.State != PayeeState.Proposed) return merchant.State == PayeeState.Approved == request.Approve ? merchant : new Refusal("payouts.payee-decided");
        if (request.Approve && merchant.ByAccountId == db.Scope.AccountId) return new Refusal("payouts.same-person");
        (merchant.State, merchant.DecidedByAccountId, merchant.DecidedMs) = (request.Approve ? PayeeState.Approved : PayeeState.Refused, db.Scope.AccountId, clock.NowMs);
        if (request.Approve) merchant.UsableFromMs = clock.NowMs + Payees.WaitMs;
        await db.SaveChangesAsync(cancel);
        await change.CommitAsync(cancel);
        return merchant;
    }

    /// <summary>Accounts of the county that may have a merchant number, in order: those of its cooperatives, enterprises and stations and of our own channels, and what else is in the ledger.</summary>
    public async Task<IReadOnlyList<AccountName>> Accounts(CancellationToken cancel)
    {
        var (county, last) = (db.Scope.County, db.Scope.County.Last);
        OrganisationKind[] stations = [OrganisationKind.TownshipStation, OrganisationKind.VillageStation];
        var firms = await db.OrganisationFacts.Where(o => o.Area >= county && o.Area <= last && (o.Kind == OrganisationKind.Cooperative || o.Kind == OrganisationKind.Enterprise || stations.Contains(o.Kind))).Select(o => new { o.Kind, o.Code }).ToListAsync(cancel);
        var ledger = await db.LedgerAccounts.Where(a => a.County == county && WithOwner.Contains(a.Role) && a.Owner != "").Select(a => new { a.Role, a.Owner }).ToListAsync(cancel);
        return [.. WithoutOwner.Select(r => new AccountName(r, ""))
            .Concat(firms.SelectMany(f => (f.Kind switch { OrganisationKind.Cooperative => ["cooperative"], OrganisationKind.Enterprise => ["enterprise"], _ => (string[])["station", "intake-station"] }).Select(r => new AccountName(r, f.Code))))
            .Concat(OwnChannel.All.Select(c => new AccountName("platform", c.Code)))
            .Concat(ledger.Select(a => new AccountName(a.Role, a.Owner)))
            .Distinct().OrderBy(a => a.Role, StringComparer.Ordinal).ThenBy(a => a.Owner, StringComparer.Ordinal)];
    }

    /// <summary>The number in use of each account: approved, waited out, the latest. A county has a few dozen.</summary>
    public async Task<Dictionary<AccountName, ShareMerchant>> InUse(AreaCode county, CancellationToken cancel)
    {
        var now = clock.NowMs;
        return (await db.ShareMerchants.Where(m => m.County == county && m.State == PayeeState.Approved && m.UsableFromMs <= now).ToListAsync(cancel))
            .GroupBy(m => new AccountName(m.Role, m.Owner)).ToDictionary(g => g.Key, g => g.OrderBy(m => m.UsableFromMs).ThenBy(m => m.Id).Last());
    }
}

internal sealed class ShareMerchantTable : IEntityTypeConfiguration<ShareMerchant>
{
    public void Configure(EntityTypeBuilder<ShareMerchant> table)
    {
        table.ToTable("settlement_share_merchants");
        table.HasKey(m => new { m.County, m.Id });
        table.HasIndex(m => new { m.County, m.RequestId }).IsUnique();
        table.HasIndex(m => new { m.County, m.Role, m.Owner });
    }
}
