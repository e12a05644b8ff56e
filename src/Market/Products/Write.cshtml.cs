using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Products;

internal sealed class WritePage(ShanhuoDb db, WriteProductHandler write) : PageModel
{
    [BindProperty(SupportsGet = true)] public long? Id { get; set; }
    [BindProperty] public ProductForm Form { get; set; } = new();

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (Id is not { } id)
        {
            Form = new ProductForm { ReturnDays = "7", Category = "dry", Drawing = "almond" };
        }
        else
        {
            var county = db.Scope.County;
            if (await db.Products.AsNoTracking().SingleOrDefaultAsync(p => p.County == county && p.Id == id, cancel) is not { } p) return NotFound();
            Form = new ProductForm
            {
                Code = p.Code, Name = p.Name, NameEn = p.NameEn, Variety = p.Variety, VarietyEn = p.VarietyEn, ByPiece = p.ByPiece, PieceName = p.PieceName, PieceNameEn = p.PieceNameEn, PieceGrams = p.PieceGrams.ToString(CultureInfo.InvariantCulture),
                Category = p.Category, Drawing = p.Drawing, ReturnDays = p.ReturnDays.ToString(CultureInfo.InvariantCulture), ShelfDays = p.ShelfDays.ToString(CultureInfo.InvariantCulture), Cold = p.Cold,
                SeasonFrom = p.SeasonFrom, SeasonUntil = p.SeasonUntil, Brand = p.Brand, Story = p.Story, StoryEn = p.StoryEn,
                Grades = [.. (await db.Grades.AsNoTracking().Where(g => g.ProductId == id).OrderBy(g => g.Rank).ToListAsync(cancel)).Select(g => new GradeForm { Name = g.Name, NameEn = g.NameEn, Standard = g.Standard, StandardEn = g.StandardEn })],
            };
        }
        Fill();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if ((await write.Handle(Id, Form, cancel)).Ok(out _, out var no)) return Redirect("/market/products");
        Fill();
        return this.Refuse(no);
    }

    // Empty lines for further grades.
    private void Fill()
    {
        while (Form.Grades.Count < WriteProductHandler.MostGrades) Form.Grades.Add(new GradeForm());
    }
}
