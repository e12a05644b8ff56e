using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Products;

/// <summary>A kind of goods the county sells. Sold by weight or by the piece (a blanket, a basket, a sheep), never both.</summary>
internal sealed class Product : IInCounty
{
    public required long Id { get; init; }
    public required AreaCode County { get; init; }

    /// <summary>Public code, such as <c>apricot-kernel</c>; what schemes and files name.</summary>
    public required string Code { get; init; }

    public required string Name { get; set; }
    public required string NameEn { get; set; }

    /// <summary>Counted, not weighed.</summary>
    public required bool ByPiece { get; init; }

    /// <summary>What one is called: 件, 头, 张; null for goods by weight.</summary>
    public string? PieceName { get; set; }
    public string? PieceNameEn { get; set; }

    /// <summary>Days a buyer may return it after receipt; 0 for fresh goods. Growers are paid after this window.</summary>
    public required int ReturnDays { get; set; }

    /// <summary>Days it keeps, from intake: first-expired-first-out goes by this.</summary>
    public required int ShelfDays { get; set; }

    /// <summary>Name of our drawing in /goods/.</summary>
    public required string Drawing { get; set; }

    /// <summary>Kind of goods (品类), one of data/market/goods.json: says which documents open an offer and which rules of return hold.</summary>
    public string Category { get; set; } = "dry";

    /// <summary>What one piece weighs on the way, in grams; for goods by the piece.</summary>
    public long PieceGrams { get; set; } = 1000;

    /// <summary>Needs the cold chain.</summary>
    public bool Cold { get; set; }

    /// <summary>First and last month of its season, 1 to 12; 0: all year.</summary>
    public int SeasonFrom { get; set; }
    public int SeasonUntil { get; set; }

    /// <summary>Is it in season in a month? A season may go over the turn of the year; goods of all the year always are.</summary>
    public bool IsInSeason(int month) => SeasonFrom == 0 || (SeasonFrom <= SeasonUntil ? month >= SeasonFrom && month <= SeasonUntil : month >= SeasonFrom || month <= SeasonUntil);

    /// <summary>Variety (品种), where it matters: 花牛, 富士.</summary>
    public string Variety { get; set; } = "";
    public string VarietyEn { get; set; } = "";

    /// <summary>Brand, where it has one, and its story in plain text.</summary>
    public string Brand { get; set; } = "";
    public string Story { get; set; } = "";
    public string StoryEn { get; set; } = "";
}

/// <summary>A grade (等级) of a product by a grading standard that is data.</summary>
internal sealed class Grade
{
    public required long ProductId { get; init; }

    /// <summary>Such as <c>1</c>, <c>2</c>, <c>3</c>.</summary>
    public required string Code { get; init; }
    public required string Name { get; set; }
    public required string NameEn { get; set; }

    /// <summary>What the operator looks for, in one sentence.</summary>
    public required string Standard { get; set; }
    public required string StandardEn { get; set; }

    /// <summary>1 is the best.</summary>
    public required int Rank { get; init; }
}

/// <summary>The day's price on the board (价格牌): what is paid for a product and grade from this day on, until a newer one.</summary>
internal sealed class BoardPrice : IInCounty
{
    public required long Id { get; init; }
    public required AreaCode County { get; init; }
    public required long ProductId { get; init; }
    public required string Grade { get; init; }
    public required DateOnly Day { get; init; }

    /// <summary>Per kilogram, or per piece for goods by the piece.</summary>
    public required Fen Price { get; set; }
}

internal sealed class ProductTable : IEntityTypeConfiguration<Product>
{
    public void Configure(EntityTypeBuilder<Product> table)
    {
        table.ToTable("market_products");
        table.HasKey(p => p.Id);
        table.HasIndex(p => new { p.County, p.Code }).IsUnique();
    }
}

internal sealed class GradeTable : IEntityTypeConfiguration<Grade>
{
    public void Configure(EntityTypeBuilder<Grade> table)
    {
        table.ToTable("market_grades");
        table.HasKey(g => new { g.ProductId, g.Code });
    }
}

internal sealed class BoardPriceTable : IEntityTypeConfiguration<BoardPrice>
{
    public void Configure(EntityTypeBuilder<BoardPrice> table)
    {
        table.ToTable("market_board_prices");
        table.HasKey(p => p.Id);
        table.HasIndex(p => new { p.County, p.ProductId, p.Grade, p.Day }).IsUnique();
    }
}
