using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Api;

/// <summary>What a key may do.</summary>
[Flags]
internal enum ApiRights
{
    None = 0,

    /// <summary>Read offers, stock and prices.</summary>
    Catalogue = 1,

    /// <summary>Place orders for buyers, read them and their payments, say that a buyer has the goods.</summary>
    Orders = 2,

    /// <summary>Read to whom own goods go, and say that they left.</summary>
    Shipments = 4,

    /// <summary>Give money back on own goods.</summary>
    Refunds = 8,

    /// <summary>Read the story and the totals of lots.</summary>
    Lots = 16,

    /// <summary>Be told of what happens to orders.</summary>
    Webhooks = 32,

    /// <summary>Read and send trace events (EPCIS, docs/trace.md).</summary>
    Events = 64,
}

/// <summary>With what a program of a cooperative, enterprise or station signs in. The key itself is shown once and kept nowhere; only its hash is.</summary>
internal sealed class ApiKey : IInCounty, IInArea, IOfOrganisation
{
    /// <summary>In front of each key, so that one that lies about is known for what it is.</summary>
    public const string Prefix = "shk_";

    public required long Id { get; init; }
    public required AreaCode County { get; init; }
    public required Guid RequestId { get; init; }
    public required long OrganisationId { get; init; }

    /// <summary>Seat of the organisation, the area that the key sees.</summary>
    public required AreaCode Area { get; init; }

    /// <summary><see cref="Role.Cooperative"/> or <see cref="Role.Station"/>.</summary>
    public required string Role { get; init; }

    /// <summary>What it is for, 1 to 60 characters.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of the key, hexadecimal. A key holds 256 random bits, so a plain hash cannot be guessed.</summary>
    public required string Hash { get; init; }

    /// <summary>Its last four characters, to tell keys apart.</summary>
    public required string Tail { get; init; }
    public required ApiRights Rights { get; init; }

    /// <summary>Most requests a minute, 1 to 6000.</summary>
    public required int PerMinute { get; init; }
    public required long ByAccountId { get; init; }
    public required long AtMs { get; init; }
    public long? RevokedMs { get; set; }
    public long? RevokedByAccountId { get; set; }

    /// <summary>A new key: 32 random bytes in base64url behind <see cref="Prefix"/>.</summary>
    public static string Draw() => Prefix + System.Buffers.Text.Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>By which it is found again.</summary>
    public static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}

/// <summary>A writing request of an organisation, so that it is done once: the organisation's own key for it, what it said, and the id under which we did it.</summary>
internal sealed class ApiRequest : IInCounty
{
    public required long Id { get; init; }
    public required AreaCode County { get; init; }
    public required long OrganisationId { get; init; }

    /// <summary>Header <c>Idempotency-Key</c>, 1 to 64 visible ASCII characters.</summary>
    public required string Key { get; init; }

    /// <summary>SHA-256 of method, path and body, hexadecimal.</summary>
    public required string Said { get; init; }

    /// <summary>Request id of the order or refund.</summary>
    public required Guid RequestId { get; init; }
    public required long AtMs { get; init; }
}

internal sealed class ApiTables : IEntityTypeConfiguration<ApiKey>, IEntityTypeConfiguration<ApiRequest>
{
    public void Configure(EntityTypeBuilder<ApiKey> table)
    {
        table.ToTable("market_api_keys");
        table.HasKey(k => k.Id);
        table.HasIndex(k => k.Hash).IsUnique();
        table.HasIndex(k => k.RequestId).IsUnique();
        table.HasIndex(k => new { k.County, k.OrganisationId });
    }

    public void Configure(EntityTypeBuilder<ApiRequest> table)
    {
        table.ToTable("market_api_requests");
        table.HasKey(r => new { r.County, r.Id });
        table.HasIndex(r => new { r.County, r.OrganisationId, r.Key }).IsUnique();
        table.HasIndex(r => new { r.County, r.RequestId }).IsUnique();
        // The orders that an organisation placed, newest first.
        table.HasIndex(r => new { r.County, r.OrganisationId, r.Id });
    }
}
