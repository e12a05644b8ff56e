using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Api;

/// <summary>Where an address stands.</summary>
internal enum HookState
{
    /// <summary>It is told.</summary>
    Open,

    /// <summary>Taken away by its organisation.</summary>
    Ended,

    /// <summary>It answered 410: never again.</summary>
    Gone,
}

/// <summary>An address of an organisation's program, which is told of what happens to its orders.</summary>
internal sealed class Hook : IInCounty, IOfOrganisation
{
    public const string Table = "market_hooks";

    public required long Id { get; init; }
    public required AreaCode County { get; init; }
    public required long OrganisationId { get; init; }
    public required string Url { get; init; }

    /// <summary>The same while it is open, else null; unique, so that an organisation has an address once.</summary>
    public string? OpenUrl { get; set; }

    /// <summary><c>whsec_</c> and 32 random bytes in base64, hidden.</summary>
    public required string SecretHidden { get; init; }
    public HookState State { get; set; }
    public required long AtMs { get; init; }

    /// <summary>To what the secret is bound.</summary>
    public static string Binding(long id) => Secrets.Binding(Table, "secret", id);
}

/// <summary>Where a message stands.</summary>
internal enum MessageState
{
    /// <summary>To be told.</summary>
    Due,

    /// <summary>Answered with 2xx; never sent again.</summary>
    Done,

    /// <summary>Given up.</summary>
    Failed,
}

/// <summary>Something that happened to an order, to be told to one address. Written in the change in which it happened, so that nothing is told that did not happen and nothing that happened is forgotten.</summary>
internal sealed class HookMessage : IInCounty, IOfOrganisation
{
    /// <summary>Also the id by which the receiver knows it again.</summary>
    public required long Id { get; init; }
    public required AreaCode County { get; init; }
    public required long OrganisationId { get; init; }
    public required long HookId { get; init; }

    /// <summary>One of <see cref="Announce"/>.</summary>
    public required string Type { get; init; }

    /// <summary>Public number of the order.</summary>
    public required string OrderNumber { get; init; }
    public required long AtMs { get; init; }
    public MessageState State { get; set; }
    public int Tries { get; set; }
    public required long NextTryMs { get; set; }
    public long? DoneMs { get; set; }

    /// <summary>HTTP status of the last try; null: not reached.</summary>
    public int? LastStatus { get; set; }
}

internal sealed class HookTables : IEntityTypeConfiguration<Hook>, IEntityTypeConfiguration<HookMessage>
{
    public void Configure(EntityTypeBuilder<Hook> table)
    {
        table.ToTable(Hook.Table);
        table.HasKey(h => h.Id);
        table.HasIndex(h => new { h.County, h.OrganisationId, h.OpenUrl }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<HookMessage> table)
    {
        table.ToTable("market_hook_messages");
        table.HasKey(m => new { m.County, m.Id });
        table.HasIndex(m => m.NextTryMs).HasFilter("state = 0").HasDatabaseName("ix_market_hook_messages_due");
        table.HasIndex(m => new { m.County, m.HookId, m.State });
    }
}
