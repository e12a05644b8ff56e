using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;

namespace Shanhuo.Settlement.Sharing;

/// <summary>Where a request to the institution stands.</summary>
internal enum RequestState
{
    /// <summary>To be sent; sent again under the same number it is the same.</summary>
    Made,

    /// <summary>The institution works on it.</summary>
    Asked,

    /// <summary>Carried out and in the ledger.</summary>
    Done,

    /// <summary>The institution will not; somebody must look.</summary>
    Failed,
}

/// <summary>Something asked of the institution, until it is decided.</summary>
internal abstract class Asking : IInCounty
{
    public required AreaCode County { get; init; }
    public required long Id { get; init; }
    public required long OrderId { get; init; }

    /// <summary>Ours: at most 64 letters and digits, never used twice.</summary>
    public required string Number { get; init; }
    public RequestState State { get; set; }
    public int Tries { get; set; }
    public long NextTryMs { get; set; }
    public required long AtMs { get; init; }
    public long? DoneMs { get; set; }

    /// <summary>Code of the last refusal.</summary>
    public string? Why { get; set; }
}

/// <summary>A payment, or part of it, shared out among merchants; without shares its rest is only unfrozen.</summary>
internal sealed class ShareRequest : Asking
{
    public required long PaymentId { get; init; }

    /// <summary>Code of the institution.</summary>
    public required string Method { get; init; }
    public required string TransactionId { get; init; }

    /// <summary>Unfreezes what is left.</summary>
    public required bool IsLast { get; init; }

    /// <summary>Something of the order was refunded since, so shares may have to come back.</summary>
    public bool NeedsLook { get; set; }
}

/// <summary>What an account gets in a request.</summary>
internal sealed class PaidShare : IInCounty
{
    public required AreaCode County { get; init; }
    public required long RequestId { get; init; }
    public required string Role { get; init; }
    public required string Owner { get; init; }
    public required string Merchant { get; init; }
    public required Fen Amount { get; init; }
    public ShareStanding Standing { get; set; }
}

/// <summary>A share, or part of it, that a merchant gives back.</summary>
internal sealed class ShareReturn : Asking
{
    public required long RequestId { get; init; }

    /// <summary>Number of the request that shared it.</summary>
    public required string ShareNumber { get; init; }
    public required string Role { get; init; }
    public required string Owner { get; init; }
    public required string Merchant { get; init; }
    public required Fen Amount { get; init; }
}

internal sealed class SharingTables : IEntityTypeConfiguration<ShareRequest>, IEntityTypeConfiguration<PaidShare>, IEntityTypeConfiguration<ShareReturn>
{
    public void Configure(EntityTypeBuilder<ShareRequest> table)
    {
        table.ToTable("settlement_share_requests");
        Asked(table);
        table.HasIndex(r => new { r.County, r.PaymentId });
        table.HasIndex(r => new { r.County, r.OrderId }).HasFilter("needs_look").HasDatabaseName("ix_settlement_share_requests_look");
    }

    public void Configure(EntityTypeBuilder<PaidShare> table)
    {
        table.ToTable("settlement_shares");
        table.HasKey(s => new { s.County, s.RequestId, s.Role, s.Owner });
        table.HasIndex(s => new { s.County, s.Role, s.Owner });
    }

    public void Configure(EntityTypeBuilder<ShareReturn> table)
    {
        table.ToTable("settlement_share_returns");
        Asked(table);
    }

    private static void Asked<T>(EntityTypeBuilder<T> table) where T : Asking
    {
        table.HasKey(r => new { r.County, r.Id });
        table.HasIndex(r => new { r.County, r.Number }).IsUnique();
        table.HasIndex(r => new { r.County, r.OrderId });
        table.HasIndex(r => new { r.County, r.State, r.NextTryMs });
    }
}
