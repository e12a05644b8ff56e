using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Intakes;

namespace Shanhuo.Market.Media;

/// <summary>What a page of pictures is about.</summary>
/// <param name="County">Under which the pictures lie; of a province's pavilion the province.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Id">Row id of that.</param>
/// <param name="Name">In Chinese.</param>
/// <param name="NameEn">In English.</param>
/// <param name="Back">Address of the page before.</param>
/// <param name="BackWords">Text that names it.</param>
/// <param name="Where">Text that says where buyers see them; null: nothing to say.</param>
/// <param name="HasVideos">Are short videos of it shown too?</param>
/// <param name="TakesAll">May this person take away what others added?</param>
internal sealed record MediaAbout(AreaCode County, MediaOwner Kind, long Id, string Name, string? NameEn, string Back, string BackWords, string? Where, bool HasVideos, bool TakesAll);

/// <summary>Pictures and short videos of one thing: adds, orders and takes away. Its markup is <c>_Media.cshtml</c>; whose they are says the page.</summary>
internal abstract class MediaPage(ShanhuoDb db, AddPictureHandler add, AddVideoHandler addVideo, ArrangeMediaHandler arrange) : PageModel
{
    [BindProperty] public MediaForm Form { get; set; } = new();
    [TempData] public string? Said { get; set; }

    public MediaAbout About { get; private set; } = null!;
    public List<PictureFact> Pictures { get; private set; } = [];
    public List<(VideoFact Video, PictureFact? Poster)> Videos { get; private set; } = [];

    /// <summary>Names of those that this person may take away: all, or what their own organisation added.</summary>
    public HashSet<string> Mine { get; private set; } = [];
    protected ShanhuoDb Db => db;

    /// <summary>What the pictures are of; null: there is none, or it is not this person's to show.</summary>
    protected abstract Task<MediaAbout?> Find(CancellationToken cancel);

    /// <summary>Makes the shop window read it anew, after the change is saved.</summary>
    protected abstract Task ShowAnew(CancellationToken cancel);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!await Load(cancel)) return NotFound();
        Form = new MediaForm { AltZh = Short(About.Name), AltEn = Short(About.NameEn ?? "") };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!await Load(cancel)) return NotFound();
        if (!(await Uploads.Read(Form.Photo, "Photo", FileKind.Photo, "market.upload-photo", cancel)).Ok(out var photo, out var no)) return this.Refuse(no);
        return await Told(await add.Handle(new AddPicture(Form.RequestId, About.County, About.Kind, About.Id, Form.AltZh, Form.AltEn, photo), cancel), "media.added", cancel);
    }

    public async Task<IActionResult> OnPostVideoAsync(CancellationToken cancel)
    {
        if (!await Load(cancel) || !About.HasVideos) return NotFound();
        if (!(await Uploads.Read(Form.Clip, "Clip", Mp4.Type, "market.media-video", cancel, Mp4.MostBytes)).Ok(out var clip, out var no)) return this.Refuse(no);
        if (!(await Uploads.Read(Form.Poster, "Poster", FileKind.Photo, "market.upload-photo", cancel)).Ok(out var poster, out no)) return this.Refuse(no);
        return await Told(await addVideo.Handle(new AddVideo(Form.RequestId, About.County, About.Kind, About.Id, Form.AltZh, Form.AltEn, clip, poster), cancel), "media.added-video", cancel);
    }

    public async Task<IActionResult> OnPostFirstAsync(long picture, CancellationToken cancel) =>
        await Load(cancel) && Pictures.Exists(p => p.Id == picture) ? await Told(await arrange.PutFirst(About.County, picture, cancel), "media.first-now", cancel) : NotFound();

    public async Task<IActionResult> OnPostAwayAsync(long picture, CancellationToken cancel) =>
        await Load(cancel) && Pictures.Exists(p => p.Id == picture && Mine.Contains(p.Name)) ? await Told(await arrange.TakeAwayPicture(About.County, picture, cancel), "media.away", cancel) : NotFound();

    public async Task<IActionResult> OnPostAwayVideoAsync(long video, CancellationToken cancel) =>
        await Load(cancel) && Videos.Exists(v => v.Video.Id == video && Mine.Contains(v.Video.Name)) ? await Told(await arrange.TakeAwayVideo(About.County, video, cancel), "media.away", cancel) : NotFound();

    private async Task<IActionResult> Told<T>(Outcome<T> outcome, string said, CancellationToken cancel)
    {
        if (!outcome.Ok(out _, out var no)) return this.Refuse(no);
        await ShowAnew(cancel);
        Said = said;
        return Redirect(Request.Path);
    }

    private async Task<bool> Load(CancellationToken cancel)
    {
        if (await Find(cancel) is not { } about) return false;
        About = about;
        var (county, kind, id) = (about.County, about.Kind, about.Id);
        Pictures = await db.PictureFacts.Where(p => p.County == county && p.OwnerKind == kind && p.OwnerId == id).OrderBy(p => p.Position).ThenBy(p => p.Id).ToListAsync(cancel);
        var videos = await db.VideoFacts.Where(v => v.County == county && v.OwnerKind == kind && v.OwnerId == id).OrderBy(v => v.Id).ToListAsync(cancel);
        var ids = videos.Select(v => v.Id).ToList();
        var posters = await db.PictureFacts.Where(p => p.County == county && p.OwnerKind == MediaOwner.Video && ids.Contains(p.OwnerId)).ToListAsync(cancel);
        Videos = [.. videos.Select(v => (v, posters.Find(p => p.OwnerId == v.Id)))];
        var (all, own) = (about.TakesAll, db.Scope.OrganisationId);
        Mine = [.. await db.Pictures.Where(p => p.County == county && p.OwnerKind == kind && p.OwnerId == id && (all || own != null && p.OrganisationId == own)).Select(p => p.Name).ToListAsync(cancel),
            .. await db.Videos.Where(v => v.County == county && v.OwnerKind == kind && v.OwnerId == id && (all || own != null && v.OrganisationId == own)).Select(v => v.Name).ToListAsync(cancel)];
        return true;
    }

    private static string Short(string name) => name.Length > AddPictureHandler.MostAlt ? name[..AddPictureHandler.MostAlt] : name;
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
