using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Offers;

namespace Shanhuo.Market.Products;

/// <summary>A grade as its form gives it; a line without a name is left out.</summary>
internal sealed record GradeForm
{
    public string? Name { get; set; }
    public string? NameEn { get; set; }
    public string? Standard { get; set; }
    public string? StandardEn { get; set; }
}

/// <summary>A product as its form gives it.</summary>
internal sealed record ProductForm
{
    public string? Code { get; set; }
    public string? Name { get; set; }
    public string? NameEn { get; set; }
    public string? Variety { get; set; }
    public string? VarietyEn { get; set; }
    public bool ByPiece { get; set; }
    public string? PieceName { get; set; }
    public string? PieceNameEn { get; set; }

    /// <summary>Grams.</summary>
    public string? PieceGrams { get; set; }
    public string? Category { get; set; }
    public string? Drawing { get; set; }
    public string? ReturnDays { get; set; }
    public string? ShelfDays { get; set; }
    public bool Cold { get; set; }
    public int SeasonFrom { get; set; }
    public int SeasonUntil { get; set; }
    public string? Brand { get; set; }
    public string? Story { get; set; }
    public string? StoryEn { get; set; }
    public List<GradeForm> Grades { get; set; } = [];
}

/// <summary>Registers a product of a county with its grades, and changes one. What lots and orders were counted by (code, weight or piece, codes of grades) stays as it was.</summary>
internal sealed partial class WriteProductHandler(ShanhuoDb db, Ids ids, OfferBook offers)
{
    /// <summary>Most grades of a product.</summary>
    public const int MostGrades = 5;

    /// <summary>Our drawings in /goods/.</summary>
    public static IReadOnlyList<string> Drawings { get; } = ["almond", "apple", "beef", "blanket", "lily", "mutton", "sanzi", "sheep", "spice", "wicker"];

    /// <summary>Writes it. A new one whose code and name are there already is that one: the form was sent twice.</summary>
    /// <param name="id">Of a product of the county; null: a new one.</param>
    /// <param name="form">As typed.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task<Outcome<Product>> Handle(long? id, ProductForm form, CancellationToken cancel)
    {
        var county = db.Scope.County;
        if (Read(form) is { } wrong) return wrong;
        var name = form.Name!.Trim();
        Product? product;
        if (id is { } known)
        {
            product = await db.Products.SingleOrDefaultAsync(p => p.County == county && p.Id == known, cancel);
            if (product is null) return No("market.order-product", "Name");
        }
        else
        {
            var code = form.Code!.Trim();
            if (await db.Products.SingleOrDefaultAsync(p => p.County == county && p.Code == code, cancel) is { } there) return there.Name == name ? there : No("products.code-taken", "Code");
            product = new Product { Id = ids.Next(), County = county, Code = code, Name = name, NameEn = "", ByPiece = form.ByPiece, ReturnDays = 0, ShelfDays = 1, Drawing = "almond" };
            db.Products.Add(product);
        }
        product.Name = name;
        product.NameEn = Or(form.NameEn, name);
        (product.Variety, product.VarietyEn) = (form.Variety?.Trim() ?? "", Or(form.VarietyEn, form.Variety ?? ""));
        (product.Category, product.Drawing, product.Cold) = (form.Category!, form.Drawing!, form.Cold);
        (product.ReturnDays, product.ShelfDays) = (Number(form.ReturnDays)!.Value, Number(form.ShelfDays)!.Value);
        (product.SeasonFrom, product.SeasonUntil) = (form.SeasonFrom, form.SeasonUntil);
        (product.Brand, product.Story, product.StoryEn) = (form.Brand?.Trim() ?? "", form.Story?.Trim() ?? "", Or(form.StoryEn, form.Story ?? ""));
        if (product.ByPiece) (product.PieceName, product.PieceNameEn, product.PieceGrams) = (form.PieceName!.Trim(), Or(form.PieceNameEn, form.PieceName!), Number(form.PieceGrams)!.Value);
        await Grades(product, form, cancel);
        try { await db.SaveChangesAsync(cancel); }
        catch (DbUpdateException) when (id is null)
        {
            db.ChangeTracker.Clear();
            return await db.Products.SingleOrDefaultAsync(p => p.County == county && p.Code == product.Code && p.Name == name, cancel) is { } twin ? twin : No("products.code-taken", "Code");
        }
        var productId = product.Id;
        await offers.ShowAnew(county, o => o.ProductId == productId, cancel);
        return product;
    }

    // The best first; a grade that was once given is never taken away.
    private async Task Grades(Product product, ProductForm form, CancellationToken cancel)
    {
        var productId = product.Id;
        var there = await db.Grades.Where(g => g.ProductId == productId).OrderBy(g => g.Rank).ToListAsync(cancel);
        var named = form.Grades.Take(MostGrades).Where(g => !string.IsNullOrWhiteSpace(g.Name)).ToList();
        for (var i = 0; i < named.Count; i++)
        {
            var typed = named[i];
            if (i >= there.Count) db.Grades.Add(new Grade { ProductId = product.Id, Code = $"{i + 1}", Name = typed.Name!.Trim(), NameEn = Or(typed.NameEn, typed.Name!), Standard = typed.Standard?.Trim() ?? "", StandardEn = Or(typed.StandardEn, typed.Standard ?? ""), Rank = i + 1 });
            else (there[i].Name, there[i].NameEn, there[i].Standard, there[i].StandardEn) = (typed.Name!.Trim(), Or(typed.NameEn, typed.Name!), typed.Standard?.Trim() ?? "", Or(typed.StandardEn, typed.Standard ?? ""));
        }
    }

    private static Refusal? Read(ProductForm form)
    {
        if (!CodeForm().IsMatch(form.Code?.Trim() ?? "")) return No("products.code", "Code");
        if (form.Name?.Trim().Length is not (>= 1 and <= 30)) return No("products.name", "Name");
        if (form.NameEn?.Length > 60) return No("products.name", "NameEn");
        if (form.Variety?.Length > 30 || form.VarietyEn?.Length > 60) return No("products.name", "Variety");
        if (GoodsRules.Shipped.Categories.All(c => c.Code != form.Category)) return No("products.category", "Category");
        if (!Drawings.Contains(form.Drawing)) return No("products.drawing", "Drawing");
        if (Number(form.ReturnDays) is not (>= 0 and <= 60)) return No("products.days", "ReturnDays");
        if (Number(form.ShelfDays) is not (>= 1 and <= 3650)) return No("products.days", "ShelfDays");
        if (form.SeasonFrom is < 0 or > 12 || form.SeasonUntil is < 0 or > 12 || form.SeasonFrom == 0 != (form.SeasonUntil == 0)) return No("products.season", "SeasonFrom");
        if (form.ByPiece && form.PieceName?.Trim().Length is not (>= 1 and <= 6)) return No("products.piece-name", "PieceName");
        if (form.ByPiece && Number(form.PieceGrams) is not (>= 1 and <= 2_000_000)) return No("products.piece-grams", "PieceGrams");
        if (form.Brand?.Length > 40) return No("products.name", "Brand");
        if (form.Story?.Length > 2000 || form.StoryEn?.Length > 4000) return No("products.story", "Story");
        if (form.Grades.All(g => string.IsNullOrWhiteSpace(g.Name))) return No("products.grades", "Grades[0].Name");
        for (var i = 0; i < form.Grades.Count; i++)
            if (form.Grades[i] is { Name.Length: > 20 } or { NameEn.Length: > 40 } or { Standard.Length: > 200 } or { StandardEn.Length: > 400 }) return No("products.grade-long", $"Grades[{i}].Name");
        return null;
    }

    private static int? Number(string? text) => Numerals.TryParseFixed(text, 0, out var number) && number is >= 0 and < 10_000_000 ? (int)number : null;

    private static string Or(string? text, string other) => string.IsNullOrWhiteSpace(text) ? other.Trim() : text.Trim();

    private static Refusal No(string code, string field) => new(code, Place.Input(field));

    [GeneratedRegex("^[a-z][a-z0-9-]{1,29}$")]
    private static partial Regex CodeForm();
}
