using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Channels.Statements;

/// <summary>A settlement file of a platform. The same file is taken once.</summary>
internal sealed class PlatformStatement : IInCounty
{
    public required long Id { get; init; }
    public required AreaCode County { get; init; }
    public required string Channel { get; init; }
    public required string FileName { get; init; }

    /// <summary>SHA-256 of its bytes, hex.</summary>
    public required string FileHash { get; init; }
    public required int Orders { get; init; }
    public required Fen PaidOut { get; init; }
    public required Fen Deducted { get; init; }
    public required long ByAccountId { get; init; }
    public required long AtMs { get; init; }
}

/// <summary>A row of a settlement file. A deduction is above zero where the platform kept it, below where it gave it back.</summary>
internal sealed class PlatformStatementLine : IInCounty
{
    public required AreaCode County { get; init; }
    public required long StatementId { get; init; }

    /// <summary>1, 2, 3… in the file.</summary>
    public required int Row { get; init; }
    public required string Channel { get; init; }
    public required string Number { get; init; }

    /// <summary>Settled on; null: the file does not say.</summary>
    public DateOnly? Day { get; init; }
    public required Fen PaidOut { get; init; }
    public required Fen Commission { get; init; }
    public required Fen Service { get; init; }
    public required Fen Promotion { get; init; }
    public required Fen Freight { get; init; }
    public required Fen Other { get; init; }
}

internal sealed class PlatformStatementTable : IEntityTypeConfiguration<PlatformStatement>, IEntityTypeConfiguration<PlatformStatementLine>
{
    public void Configure(EntityTypeBuilder<PlatformStatement> table)
    {
        table.ToTable("market_platform_statements");
        table.HasKey(s => new { s.County, s.Id });
        table.HasIndex(s => new { s.County, s.Channel, s.FileHash }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<PlatformStatementLine> table)
    {
        table.ToTable("market_platform_statement_lines");
        table.HasKey(l => new { l.County, l.StatementId, l.Row });
        table.HasIndex(l => new { l.County, l.Channel, l.Number });
    }
}
