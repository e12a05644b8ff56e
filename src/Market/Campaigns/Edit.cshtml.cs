using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Pages;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Intakes;
using Shanhuo.Market.Lots;
using Shanhuo.Market.Media;
using Shanhuo.Market.Products;

namespace Shanhuo.Market.Campaigns;

/// <summary>A campaign as it is typed.</summary>
internal sealed record CampaignForm
{
    public Guid RequestId { get; set; } = Guid.CreateVersion7();
    public string? Code { get; set; }
    public string? Title { get; set; }
    public string? TitleEn { get; set; }
    public string? Story { get; set; }
    public string? StoryEn { get; set; }
    public string? Host { get; set; }
    public string? HostOffice { get; set; }
    public DateOnly? From { get; set; }
    public DateOnly? Until { get; set; }
    public string? CommissionPerMille { get; set; }
}

/// <summary>A sample in the list.</summary>
internal sealed record SampleRow(CampaignSample Sample, string Lot, Product Product);

/// <summary>A campaign for those who make it: words, picture, video, samples.</summary>
internal sealed class EditPage(ShanhuoDb db, CampaignDesk desk, AddPictureHandler addPicture, AddVideoHandler addVideo, ArrangeMediaHandler arrange) : PageModel
{
    [BindProperty(SupportsGet = true)] public long? Id { get; set; }
    [BindProperty] public CampaignForm Form { get; set; } = new();
    [BindProperty] public MediaForm Media { get; set; } = new();
    /// <summary>What was typed of a sample, shown again when it is refused.</summary>
    public (Guid Request, long Lot, string? Quantity) Sample { get; private set; } = (Guid.CreateVersion7(), 0, null);
    public Campaign? Campaign { get; private set; }
    public PictureFact? Picture { get; private set; }
    public VideoFact? Video { get; private set; }
    public IReadOnlyList<SampleRow> Samples { get; private set; } = [];
    public IReadOnlyList<(Lot Lot, Product Product)> Lots { get; private set; } = [];
    public WeightUnit Unit => HttpContext.Weight();
    public bool MayWrite => db.Scope.Role is Role.Cooperative or Role.CountyStaff && (Campaign is null || desk.IsMine(Campaign));

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!await Load(cancel)) return NotFound();
        if (Campaign is { } c) Form = new CampaignForm { RequestId = Form.RequestId, Code = c.Code, Title = c.Title, TitleEn = c.TitleEn, Story = c.Story, StoryEn = c.StoryEn, Host = c.Host, HostOffice = c.HostOffice, From = c.From, Until = c.Until, CommissionPerMille = c.CommissionPerMille.ToString(CultureInfo.InvariantCulture) };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!MayWrite) return Forbid();
        if (!await Load(cancel) || !MayWrite) return NotFound();
        if (Form.From is not { } from || Form.Until is not { } until) return this.Refuse(new Refusal("campaign.days", Place.Input("Until")));
        if (!Numerals.TryParseFixed(string.IsNullOrWhiteSpace(Form.CommissionPerMille) ? "0" : Form.CommissionPerMille, 0, out var commission)) return this.Refuse(new Refusal("offers.unread", Place.Input("CommissionPerMille"), Form.CommissionPerMille ?? ""));
        var outcome = await desk.Write(new WriteCampaign(Form.RequestId, Id, Campaign?.Code ?? Form.Code ?? "", Form.Title ?? "", Form.TitleEn is { Length: > 0 } en ? en : Form.Title ?? "", Form.Story ?? "", Form.StoryEn ?? "", Form.Host ?? "", Form.HostOffice ?? "", from, until, (int)Math.Clamp(commission, -1, 501)), cancel);
        return outcome.Ok(out var campaign, out var no) ? RedirectToPage(new { campaign.Id }) : this.Refuse(no);
    }

    public async Task<IActionResult> OnPostPictureAsync(CancellationToken cancel)
    {
        if (!MayWrite) return Forbid();
        if (!await Load(cancel) || !MayWrite || Campaign is not { } c) return NotFound();
        if (!(await Uploads.Read(Media.Photo, "Photo", FileKind.Photo, "market.upload-photo", cancel)).Ok(out var photo, out var no)) return await Refused(no, cancel);
        return await Told(await addPicture.Handle(new AddPicture(Media.RequestId, c.County, MediaOwner.Campaign, c.Id, Media.AltZh, Media.AltEn, photo), cancel), cancel);
    }

    public async Task<IActionResult> OnPostVideoAsync(CancellationToken cancel)
    {
        if (!MayWrite) return Forbid();
        if (!await Load(cancel) || !MayWrite || Campaign is not { } c) return NotFound();
        if (!(await Uploads.Read(Media.Clip, "Clip", Mp4.Type, "market.media-video", cancel, Mp4.MostBytes)).Ok(out var clip, out var no)) return await Refused(no, cancel);
        if (!(await Uploads.Read(Media.Poster, "Poster", FileKind.Photo, "market.upload-photo", cancel)).Ok(out var poster, out no)) return await Refused(no, cancel);
        return await Told(await addVideo.Handle(new AddVideo(Media.RequestId, c.County, MediaOwner.Campaign, c.Id, Media.AltZh, Media.AltEn, clip, poster), cancel), cancel);
    }

    public async Task<IActionResult> OnPostAwayAsync(string what, CancellationToken cancel)
    {
        if (!MayWrite) return Forbid();
        if (!await Load(cancel) || !MayWrite || Campaign is not { } c) return NotFound();
        return what == "video" && Video is { } v ? await Told(await arrange.TakeAwayVideo(c.County, v.Id, cancel), cancel) : what == "picture" && Picture is { } p ? await Told(await arrange.TakeAwayPicture(c.County, p.Id, cancel), cancel) : NotFound();
    }

    public async Task<IActionResult> OnPostSampleAsync(Guid request, long lotId, string? quantity, CancellationToken cancel)
    {
        if (!MayWrite) return Forbid();
        if (!await Load(cancel) || !MayWrite || Campaign is not { } c) return NotFound();
        Sample = (request, lotId, quantity);
        if (Lots.FirstOrDefault(l => l.Lot.Id == lotId) is not { Product: { } product }) return await Refused(new Refusal("market.lot-unknown", Place.None, lotId), cancel);
        if (!WeightChoice.TryParse(quantity, product, Unit, out var amount)) return await Refused(new Refusal("offers.unread", Place.None, quantity ?? ""), cancel);
        return (await desk.Send(request, c.Id, lotId, amount, cancel)).Ok(out _, out var no) ? RedirectToPage(new { Id }) : await Refused(no, cancel);
    }

    private async Task<IActionResult> Told<T>(Outcome<T> outcome, CancellationToken cancel)
    {
        if (!outcome.Ok(out _, out var no)) return await Refused(no, cancel);
        await desk.Touch(Id!.Value, cancel);
        return RedirectToPage(new { Id });
    }

    private async Task<IActionResult> Refused(Refusal no, CancellationToken cancel)
    {
        ModelState.Clear();
        await OnGetAsync(cancel);
        return this.Refuse(no with { Where = Place.None }, "");
    }

    private async Task<bool> Load(CancellationToken cancel)
    {
        db.ChangeTracker.Clear();
        if (Id is not { } id) return MayWrite;
        var county = db.Scope.County;
        if (await db.Campaigns.AsNoTracking().SingleOrDefaultAsync(c => c.County == county && c.Id == id, cancel) is not { } campaign) return false;
        Campaign = campaign;
        Picture = await db.PictureFacts.Where(p => p.County == county && p.OwnerKind == MediaOwner.Campaign && p.OwnerId == id).OrderBy(p => p.Position).FirstOrDefaultAsync(cancel);
        Video = await db.VideoFacts.Where(v => v.County == county && v.OwnerKind == MediaOwner.Campaign && v.OwnerId == id).OrderByDescending(v => v.Id).FirstOrDefaultAsync(cancel);
        Samples = (await (from s in db.CampaignSamples.AsNoTracking()
                          where s.County == county && s.CampaignId == id
                          join l in db.Unfiltered<Lot>("what was sent to a host stands on the campaign") on new { s.County, Id = s.LotId } equals new { l.County, l.Id }
                          join p in db.Products on l.ProductId equals p.Id
                          orderby s.Id descending
                          select new { s, l.Code, p }).Take(100).ToListAsync(cancel)).ConvertAll(r => new SampleRow(r.s, r.Code, r.p));
        Lots = (await (from l in db.MyLots.AsNoTracking() where l.County == county && l.ClosedDay == null && l.Available > 0 join p in db.Products on l.ProductId equals p.Id orderby l.Id descending select new { l, p }).Take(100).ToListAsync(cancel)).ConvertAll(r => (r.l, r.p));
        return true;
    }
}
