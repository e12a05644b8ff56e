using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Offers;

namespace Shanhuo.Market.Media;

/// <summary>Pictures of a product: stand with every offer of it that has none of its own.</summary>
internal sealed class PicturesPage(ShanhuoDb db, AddPictureHandler add, AddVideoHandler addVideo, ArrangeMediaHandler arrange, OfferBook offers) : MediaPage(db, add, addVideo, arrange)
{
    [BindProperty(SupportsGet = true)] public long Id { get; set; }

    protected override async Task<MediaAbout?> Find(CancellationToken cancel)
    {
        var county = Db.Scope.County;
        return await Db.Products.AsNoTracking().SingleOrDefaultAsync(p => p.Id == Id && p.County == county, cancel) is not { } product ? null
            : new MediaAbout(county, MediaOwner.Product, product.Id, product.Name, product.NameEn, "/market/products", "products.title", null, true, Db.Scope.Role == Role.CountyStaff);
    }

    protected override Task ShowAnew(CancellationToken cancel)
    {
        var (county, id) = (About.County, About.Id);
        return offers.ShowAnew(county, o => o.ProductId == id, cancel);
    }
}
