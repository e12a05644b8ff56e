using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;

namespace Shanhuo.Registry.Files;

/// <summary>A sheet that was sent in: looked at first, then taken by the same hand. Its bytes are hidden, and thrown away when it is taken.</summary>
internal sealed class RegisterFile
{
    public const string Table = "registry_files";

    public required long Id { get; init; }

    /// <summary>Made by the form before it sends.</summary>
    public required Guid RequestId { get; init; }
    public required string FileName { get; init; }

    /// <summary>The file, hidden; null when it was taken.</summary>
    public byte[]? ContentHidden { get; set; }
    public required long ByAccountId { get; init; }
    public required long AtMs { get; init; }
    public long? TakenMs { get; set; }

    /// <summary>Counts of what it did, as JSON; null before.</summary>
    public string? Done { get; set; }
}

internal sealed class RegisterFileTable : IEntityTypeConfiguration<RegisterFile>
{
    public void Configure(EntityTypeBuilder<RegisterFile> table)
    {
        table.ToTable(RegisterFile.Table);
        table.HasKey(f => f.Id);
        table.HasIndex(f => f.RequestId).IsUnique();
        table.HasIndex(f => new { f.ByAccountId, f.AtMs });
    }
}
