using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;
using Shanhuo.Market.Offers;

namespace Shanhuo.Market.Invoices;

/// <summary>What a county must know of tax.</summary>
/// <param name="Zh">Chinese.</param>
/// <param name="En">English.</param>
/// <param name="Source">Law or notice.</param>
/// <param name="CheckZh">What the county must check before it relies on it.</param>
/// <param name="CheckEn">The same in English.</param>
internal sealed record TaxNote(string Zh, string En, string Source, string CheckZh, string CheckEn);

/// <summary>What holds for invoices (data/market/invoice.json).</summary>
/// <param name="MostTitle">Characters of a title.</param>
internal sealed record InvoiceRules(int MostTitle, IReadOnlyList<TaxNote> Notes)
{
    /// <summary>As shipped.</summary>
    public static InvoiceRules Shipped { get; } = GoodsRules.Read<InvoiceRules>("invoice");
}

/// <summary>Where an invoice stands.</summary>
internal enum InvoiceState
{
    /// <summary>The seller has to issue it.</summary>
    Asked,
    Issued,

    /// <summary>Money was given back after it was issued: a red one and a new one are due.</summary>
    ToCorrect,
}

/// <summary>An invoice that a buyer asked for, once an order. The invoice itself is made at the tax authority's platform; here is what it must say.</summary>
internal sealed class InvoiceAsk : IInCounty, IInArea
{
    public const string Table = "market_invoices";

    public required long Id { get; init; }
    public required AreaCode County { get; init; }
    public required Guid RequestId { get; init; }

    /// <summary>Seat of the seller, as of the order.</summary>
    public required AreaCode Area { get; init; }
    public required long SellerId { get; init; }
    public required long OrderId { get; init; }

    /// <summary>Name of the person or company, hidden.</summary>
    public required string TitleHidden { get; init; }

    /// <summary>Unified social credit code; empty for a person.</summary>
    public required string TaxNumber { get; init; }

    /// <summary>E-mail or phone to which it goes, hidden, and what of it is shown.</summary>
    public required string ContactHidden { get; init; }
    public required string ContactMask { get; init; }
    public required DateOnly AskedDay { get; init; }
    public InvoiceState State { get; set; }

    /// <summary>The platform's number and what the invoice was issued over.</summary>
    public string? Number { get; set; }
    public Fen? Issued { get; set; }

    public static string Binding(string column, long id) => Secrets.Binding(Table, column, id);
}

/// <summary>An invoice as it was issued; never changed, a corrected one is another.</summary>
internal sealed class InvoiceIssue : IInCounty
{
    public required long Id { get; init; }
    public required AreaCode County { get; init; }
    public required long InvoiceId { get; init; }
    public required string Number { get; init; }
    public required Fen Amount { get; init; }
    public required long AccountId { get; init; }
    public required long AtMs { get; init; }
}

internal sealed class InvoiceTables : IEntityTypeConfiguration<InvoiceAsk>, IEntityTypeConfiguration<InvoiceIssue>
{
    public void Configure(EntityTypeBuilder<InvoiceAsk> table)
    {
        table.ToTable(InvoiceAsk.Table);
        table.HasKey(i => new { i.County, i.Id });
        table.HasIndex(i => new { i.County, i.RequestId }).IsUnique();
        table.HasIndex(i => new { i.County, i.OrderId }).IsUnique();
        table.HasIndex(i => new { i.County, i.State, i.Id });
        table.HasIndex(i => new { i.County, i.SellerId, i.State, i.Id });
    }

    public void Configure(EntityTypeBuilder<InvoiceIssue> table)
    {
        table.ToTable("market_invoice_issues");
        table.HasKey(i => new { i.County, i.Id });
        table.HasIndex(i => new { i.County, i.InvoiceId });
        table.HasIndex(i => new { i.County, i.Number }).IsUnique();
    }
}
