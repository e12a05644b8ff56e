using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Bulk;

/// <summary>What the seller answers: a firm offer until a day. A newer version replaces it; nothing is ever changed in one. Its goods are kept for nobody until it is accepted.</summary>
internal sealed class Quotation : IInCounty
{
    public required AreaCode County { get; init; }
    public required long Id { get; init; }
    public required Guid RequestId { get; init; }
    public required long QuoteId { get; init; }

    /// <summary>1, 2, 3…</summary>
    public required int Version { get; init; }
    public required long SellerId { get; init; }

    /// <summary>Of the whole order; may be zero.</summary>
    public required Fen Freight { get; init; }

    /// <summary>Part of the goods paid at acceptance, in parts per million, 0 to 900,000; the balance before shipping. Null: all at acceptance.</summary>
    public int? DepositPpm { get; init; }

    /// <summary><c>wechat</c>, <c>alipay</c>, <c>cash</c> or <c>transfer</c>.</summary>
    public required string Method { get; init; }
    public required DateOnly DeliverFrom { get; init; }
    public required DateOnly DeliverUntil { get; init; }

    /// <summary>Last day on which it can be accepted.</summary>
    public required DateOnly ValidUntil { get; init; }

    /// <summary>Name, bank and number of the seller's account, as printed; empty where nothing is paid by transfer.</summary>
    public required string PayTo { get; init; }

    /// <summary>Further terms in the seller's own words, at most 1,000 characters; they stand in the contract as they are.</summary>
    public required string Terms { get; init; }
    public required long ByAccountId { get; init; }

    /// <summary>When the seller gave its word.</summary>
    public required long AtMs { get; init; }
}

/// <summary>A line of a quotation. What is sold in it at what price is an offer made to this buyer alone (<see cref="Offers.OfferState.Agreed"/>), so that the checkout needs to know nothing of quotations.</summary>
internal sealed class QuotationLine : IInCounty
{
    public required AreaCode County { get; init; }
    public required long QuotationId { get; init; }

    /// <summary>1, 2, 3…</summary>
    public required int Number { get; init; }
    public required long OfferId { get; init; }

    /// <summary>Packs of the offer; 1 to 10,000.</summary>
    public required int Units { get; init; }
}

/// <summary>A contract as it was concluded: the text in both languages, hidden because it names people, and its fingerprint.</summary>
internal sealed class Contract : IInCounty
{
    public const string Table = "market_contracts";

    public required AreaCode County { get; init; }
    public required long Id { get; init; }
    public required long QuoteId { get; init; }
    public required int Version { get; init; }
    public required string Number { get; init; }

    /// <summary>The order that carries it out; set where it is placed.</summary>
    public long OrderId { get; set; }
    public required string ZhHidden { get; init; }
    public required string EnHidden { get; init; }

    /// <summary>SHA-256 of the Chinese text, a line feed and the English text in UTF-8; 64 lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>When the buyer accepted; the seller's word is that of the quotation.</summary>
    public required long AcceptedMs { get; init; }

    public static string Binding(string column, long id) => Secrets.Binding(Table, column, id);
}

/// <summary>A signed paper beside a contract: a photo or a PDF, hidden.</summary>
internal sealed class ContractPaper : IInCounty
{
    public required AreaCode County { get; init; }
    public required long ContractId { get; init; }

    /// <summary>1, 2, 3…</summary>
    public required int Number { get; init; }
    public required Guid RequestId { get; init; }
    public required string ContentType { get; init; }
    public required byte[] Hidden { get; init; }
    public required long ByAccountId { get; init; }
    public required long AtMs { get; init; }

    public static string Binding(long contractId, int number) => Secrets.Binding("market_contract_papers", $"content-{number}", contractId);
}

internal sealed class QuotationTables : IEntityTypeConfiguration<Quotation>, IEntityTypeConfiguration<QuotationLine>, IEntityTypeConfiguration<Contract>, IEntityTypeConfiguration<ContractPaper>
{
    public void Configure(EntityTypeBuilder<Quotation> table)
    {
        table.ToTable("market_quotations");
        table.HasKey(q => new { q.County, q.Id });
        table.HasIndex(q => new { q.County, q.RequestId }).IsUnique();
        table.HasIndex(q => new { q.County, q.QuoteId, q.Version }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<QuotationLine> table)
    {
        table.ToTable("market_quotation_lines");
        table.HasKey(l => new { l.County, l.QuotationId, l.Number });
    }

    public void Configure(EntityTypeBuilder<Contract> table)
    {
        table.ToTable(Contract.Table);
        table.HasKey(c => new { c.County, c.Id });
        table.HasIndex(c => new { c.County, c.QuoteId }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<ContractPaper> table)
    {
        table.ToTable("market_contract_papers");
        table.HasKey(p => new { p.County, p.ContractId, p.Number });
        table.HasIndex(p => new { p.County, p.RequestId }).IsUnique();
    }
}
