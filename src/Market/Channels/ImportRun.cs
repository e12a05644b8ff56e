using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Channels;

/// <summary>Where an import stands.</summary>
internal enum ImportState
{
    /// <summary>Read and counted; nothing has gone in.</summary>
    Previewed,

    /// <summary>Going in, batch by batch; a run found so after a restart goes on.</summary>
    Running,

    /// <summary>All that could go in is in.</summary>
    Done,

    /// <summary>Stopped by a person between two batches; can be taken up again.</summary>
    Stopped,
}

/// <summary>One file of a channel. The same file is one run, from however many browsers it comes.</summary>
internal sealed class ImportRun : IInCounty
{
    public required long Id { get; init; }
    public required AreaCode County { get; init; }
    public required string Channel { get; init; }
    public required string FileName { get; init; }

    /// <summary>SHA-256 of the file, 64 hexadecimal digits.</summary>
    public required string FileHash { get; init; }
    public required long ByAccountId { get; init; }
    public required long AtMs { get; init; }
    public ImportState State { get; set; }

    /// <summary>The mapping by which the file is read, kept so that a run that goes on reads as it began.</summary>
    public required string Mapping { get; set; }

    /// <summary>Orders of the file, good ones only, in order of first appearance.</summary>
    public int Orders { get; set; }

    /// <summary>How many of them are done; moved on in the transaction that does them.</summary>
    public int OrdersDone { get; set; }

    /// <summary>New orders: expected at the preview, counted afresh while it goes in.</summary>
    public int Added { get; set; }

    /// <summary>Orders whose state changed or that were refunded.</summary>
    public int Changed { get; set; }

    /// <summary>Orders that were in already, as they are.</summary>
    public int Unchanged { get; set; }

    /// <summary>Lines that wait for a lot or a product.</summary>
    public int Waiting { get; set; }

    /// <summary>Rows left out by intent: not paid, or closed before we ever had them.</summary>
    public int LeftOut { get; set; }

    /// <summary>Rows that are not taken; each is an <see cref="ImportRefusal"/>.</summary>
    public int Refused { get; set; }

    /// <summary>Cells with a formula, hidden rows and hidden sheets of the file, for the person to know.</summary>
    public int FormulaCells { get; set; }
    public int HiddenRows { get; set; }
    public string HiddenSheets { get; set; } = "";
    public long? FinishedMs { get; set; }
}

/// <summary>The bytes of a run's file. Exports name buyers and their addresses, which we do not keep: gone when the run is done without a wrong row, else after <see cref="KeptDays"/> days.</summary>
internal sealed class ImportFile : IInCounty
{
    public const int KeptDays = 30;

    public required AreaCode County { get; init; }
    public required long RunId { get; init; }
    public required byte[] Content { get; init; }
}

/// <summary>A row that is not taken, and why.</summary>
internal sealed class ImportRefusal : IInCounty
{
    public required AreaCode County { get; init; }
    public required long RunId { get; init; }

    /// <summary>1, 2, 3… within the run.</summary>
    public required int Number { get; init; }
    public string? Sheet { get; init; }
    public required int Row { get; init; }
    public required string Column { get; init; }

    /// <summary>Key of the text.</summary>
    public required string Code { get; init; }

    /// <summary>What fills the text, as a JSON list of texts.</summary>
    public required string Arguments { get; init; }

    /// <summary>The order the row belongs to.</summary>
    public required string OrderNumber { get; init; }
}

internal sealed class ImportTables : IEntityTypeConfiguration<ImportRun>, IEntityTypeConfiguration<ImportFile>, IEntityTypeConfiguration<ImportRefusal>
{
    public void Configure(EntityTypeBuilder<ImportRun> table)
    {
        table.ToTable("market_import_runs");
        table.HasKey(r => new { r.County, r.Id });
        table.HasIndex(r => new { r.County, r.Channel, r.FileHash }).IsUnique();
        table.HasIndex(r => r.State).HasFilter("state = 1").HasDatabaseName("ix_market_import_runs_running");
    }

    public void Configure(EntityTypeBuilder<ImportFile> table)
    {
        table.ToTable("market_import_files");
        table.HasKey(f => new { f.County, f.RunId });
    }

    public void Configure(EntityTypeBuilder<ImportRefusal> table)
    {
        table.ToTable("market_import_refusals");
        table.HasKey(r => new { r.County, r.RunId, r.Number });
    }
}
