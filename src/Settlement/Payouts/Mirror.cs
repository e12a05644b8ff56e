using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;

namespace Shanhuo.Settlement.Payouts;

/// <summary>Accounts that mirror where money really lies; the program itself holds none. Such an account gave its money into the ledger, so its balance is minus what its statement shows.</summary>
internal static class Mirrors
{
    /// <summary>A bank account, at the payment institution, a cash box.</summary>
    public static readonly string[] Roles = ["bank", "institution", "cash"];
}

/// <summary>Money that came in, or went from one of our accounts to another.</summary>
internal sealed class MoneyMove : IInCounty
{
    public required AreaCode County { get; init; }
    public required long Id { get; init; }
    public required Guid RequestId { get; init; }

    /// <summary><c>buyer</c> for money that came in, else a mirror.</summary>
    public required string FromRole { get; init; }
    public required string FromOwner { get; init; }
    public required string ToRole { get; init; }
    public required string ToOwner { get; init; }
    public required Fen Amount { get; init; }
    public required DateOnly Day { get; init; }

    /// <summary>Number of the slip or transfer.</summary>
    public required string Note { get; init; }
    public required long ByAccountId { get; init; }
    public required long AtMs { get; init; }
}

/// <summary>What a bank, institution or cash count said of an account at the end of a day. Append-only: the latest counts.</summary>
internal sealed class AccountStatement : IInCounty
{
    public required AreaCode County { get; init; }
    public required long Id { get; init; }
    public required Guid RequestId { get; init; }
    public required string Role { get; init; }
    public required string Owner { get; init; }
    public required DateOnly Day { get; init; }
    public required Fen Balance { get; init; }
    public required long ByAccountId { get; init; }
    public required long AtMs { get; init; }
}

/// <summary>A movement of a statement.</summary>
internal sealed class StatementLine : IInCounty
{
    public required AreaCode County { get; init; }
    public required long StatementId { get; init; }
    public required int Number { get; init; }

    /// <summary>In above zero, out below.</summary>
    public required Fen Amount { get; init; }
    public required string Note { get; init; }
}

internal sealed class MirrorTables : IEntityTypeConfiguration<MoneyMove>, IEntityTypeConfiguration<AccountStatement>, IEntityTypeConfiguration<StatementLine>
{
    public void Configure(EntityTypeBuilder<MoneyMove> table)
    {
        table.ToTable("settlement_money_moves");
        table.HasKey(m => new { m.County, m.Id });
        table.HasIndex(m => new { m.County, m.RequestId }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<AccountStatement> table)
    {
        table.ToTable("settlement_account_statements");
        table.HasKey(s => new { s.County, s.Id });
        table.HasIndex(s => new { s.County, s.RequestId }).IsUnique();
        table.HasIndex(s => new { s.County, s.Day });
    }

    public void Configure(EntityTypeBuilder<StatementLine> table)
    {
        table.ToTable("settlement_account_statement_lines");
        table.HasKey(l => new { l.County, l.StatementId, l.Number });
    }
}
