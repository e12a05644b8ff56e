using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Intakes;
using Shanhuo.Market.Offers;
using Shanhuo.Market.Products;

namespace Shanhuo.Market.Media;

internal sealed class PicturesPage(ShanhuoDb db, AddPictureHandler add, AddVideoHandler addVideo, ArrangeMediaHandler arrange, OfferBook offers) : PageModel
{
    [BindProperty(SupportsGet = true)] public long Id { get; set; }
    [BindProperty] public MediaForm Form { get; set; } = new();
    [TempData] public string? Said { get; set; }

    public Product Product { get; private set; } = null!;
    public List<PictureFact> Pictures { get; private set; } = [];
    public List<(VideoFact Video, PictureFact? Poster)> Videos { get; private set; } = [];

    /// <summary>Names of those that this person may take away: staff of the county all, others what their own organisation added.</summary>
    public HashSet<string> Mine { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!await Load(cancel)) return NotFound();
        Form = new MediaForm { AltZh = Product.Name, AltEn = Product.NameEn };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!await Load(cancel)) return NotFound();
        if (!(await Uploads.Read(Form.Photo, "Photo", FileKind.Photo, "market.upload-photo", cancel)).Ok(out var photo, out var no)) return this.Refuse(no);
        return await Told(await add.Handle(new AddPicture(Form.RequestId, Product.County, MediaOwner.Product, Product.Id, Form.AltZh, Form.AltEn, photo), cancel), "media.added", cancel);
    }

    public async Task<IActionResult> OnPostVideoAsync(CancellationToken cancel)
    {
        if (!await Load(cancel)) return NotFound();
        if (!(await Uploads.Read(Form.Clip, "Clip", Mp4.Type, "market.media-video", cancel, Mp4.MostBytes)).Ok(out var clip, out var no)) return this.Refuse(no);
        if (!(await Uploads.Read(Form.Poster, "Poster", FileKind.Photo, "market.upload-photo", cancel)).Ok(out var poster, out no)) return this.Refuse(no);
        return await Told(await addVideo.Handle(new AddVideo(Form.RequestId, Product.County, MediaOwner.Product, Product.Id, Form.AltZh, Form.AltEn, clip, poster), cancel), "media.added-video", cancel);
    }

    public async Task<IActionResult> OnPostFirstAsync(long picture, CancellationToken cancel) =>
        await Load(cancel) && Pictures.Exists(p => p.Id == picture) ? await Told(await arrange.PutFirst(Product.County, picture, cancel), "media.first-now", cancel) : NotFound();

    public async Task<IActionResult> OnPostAwayAsync(long picture, CancellationToken cancel) =>
        await Load(cancel) && Pictures.Exists(p => p.Id == picture && Mine.Contains(p.Name)) ? await Told(await arrange.TakeAwayPicture(Product.County, picture, cancel), "media.away", cancel) : NotFound();

    public async Task<IActionResult> OnPostAwayVideoAsync(long video, CancellationToken cancel) =>
        await Load(cancel) && Videos.Exists(v => v.Video.Id == video && Mine.Contains(v.Video.Name)) ? await Told(await arrange.TakeAwayVideo(Product.County, video, cancel), "media.away", cancel) : NotFound();

    private async Task<IActionResult> Told<T>(Outcome<T> outcome, string said, CancellationToken cancel)
    {
        if (!outcome.Ok(out _, out var no)) return this.Refuse(no);
        var (county, id) = (Product.County, Product.Id);
        await offers.ShowAnew(county, o => o.ProductId == id, cancel);
        Said = said;
        return RedirectToPage(new { Id });
    }

    private async Task<bool> Load(CancellationToken cancel)
    {
        var county = db.Scope.County;
        if (await db.Products.AsNoTracking().SingleOrDefaultAsync(p => p.Id == Id && p.County == county, cancel) is not { } product) return false;
        Product = product;
        Pictures = await db.PictureFacts.Where(p => p.County == county && p.OwnerKind == MediaOwner.Product && p.OwnerId == Id).OrderBy(p => p.Position).ThenBy(p => p.Id).ToListAsync(cancel);
        var videos = await db.VideoFacts.Where(v => v.County == county && v.OwnerKind == MediaOwner.Product && v.OwnerId == Id).OrderBy(v => v.Id).ToListAsync(cancel);
        var ids = videos.Select(v => v.Id).ToList();
        var posters = await db.PictureFacts.Where(p => p.County == county && p.OwnerKind == MediaOwner.Video && ids.Contains(p.OwnerId)).ToListAsync(cancel);
        Videos = [.. videos.Select(v => (v, posters.Find(p => p.OwnerId == v.Id)))];
        var (all, own) = (db.Scope.Role == Role.CountyStaff, db.Scope.OrganisationId);
        Mine = [.. await db.Pictures.Where(p => p.County == county && p.OwnerKind == MediaOwner.Product && p.OwnerId == Id && (all || own != null && p.OrganisationId == own)).Select(p => p.Name).ToListAsync(cancel),
            .. await db.Videos.Where(v => v.County == county && v.OwnerKind == MediaOwner.Product && v.OwnerId == Id && (all || own != null && v.OrganisationId == own)).Select(v => v.Name).ToListAsync(cancel)];
        return true;
    }
}

internal sealed class MediaForm
{
    public Guid RequestId { get; set; } = Guid.CreateVersion7();
    public IFormFile? Photo { get; set; }
    public IFormFile? Clip { get; set; }
    public IFormFile? Poster { get; set; }
    public string? AltZh { get; set; }
    public string? AltEn { get; set; }
}
