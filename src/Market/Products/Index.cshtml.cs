using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Products;

internal sealed class ProductsPage(ShanhuoDb db) : PageModel
{
    public List<(Product Product, List<Grade> Grades)> Products { get; private set; } = [];

    /// <summary>May the reader add pictures?</summary>
    public bool MayShow => db.Scope.Role is Role.Station or Role.Cooperative or Role.CountyStaff;

    /// <summary>May the reader register and change products?</summary>
    public bool MayWrite => db.Scope.Role == Role.CountyStaff;

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var products = await db.Products.AsNoTracking().Where(p => p.County == db.Scope.County).OrderBy(p => p.Code).ToListAsync(cancel);
        var ids = products.Select(p => p.Id).ToList();
        var grades = await db.Grades.AsNoTracking().Where(g => ids.Contains(g.ProductId)).OrderBy(g => g.Rank).ToListAsync(cancel);
        Products = [.. products.Select(p => (p, grades.Where(g => g.ProductId == p.Id).ToList()))];
    }
}
