using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Offers;

/// <summary>The words of a pavilion as they are typed.</summary>
internal sealed record PavilionForm
{
    public string? Name { get; set; }
    public string? NameEn { get; set; }
    public string? Story { get; set; }
    public string? StoryEn { get; set; }
    public string? Merchant { get; set; }
    public string? Licence { get; set; }
    public string? Phone { get; set; }
}

/// <summary>County staff write the words of their county's pavilion, province officials those of their province's.</summary>
internal sealed class PavilionEditPage(ShanhuoDb db, Ids ids, TimeProvider clock) : PageModel
{
    [BindProperty] public PavilionForm Form { get; set; } = new();
    [TempData] public bool Saved { get; set; }
    public AreaCode Area => db.Scope.Area;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!May) return Forbid();
        var own = await Find(cancel);
        var fact = own is null ? await db.AreaFacts.SingleOrDefaultAsync(a => a.Code == Area, cancel) : null;
        Form = new PavilionForm { Name = own?.Name ?? fact?.Name, NameEn = own?.NameEn ?? fact?.NameEn, Story = own?.Story, StoryEn = own?.StoryEn, Merchant = own?.Merchant, Licence = own?.Licence, Phone = own?.Phone };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!May) return Forbid();
        if (Wrong() is { } no) return this.Refuse(no);
        var own = await Find(cancel);
        if (own is null) db.Set<Pavilion>().Add(own = new Pavilion { Area = Area, Name = "", NameEn = "" });
        (own.Name, own.NameEn) = (Form.Name!.Trim(), string.IsNullOrWhiteSpace(Form.NameEn) ? Form.Name!.Trim() : Form.NameEn.Trim());
        (own.Story, own.StoryEn) = (Form.Story?.Trim() ?? "", string.IsNullOrWhiteSpace(Form.StoryEn) ? Form.Story?.Trim() ?? "" : Form.StoryEn.Trim());
        (own.Merchant, own.Licence, own.Phone) = (Form.Merchant?.Trim() ?? "", Numerals.Narrow(Form.Licence ?? "").Trim(), Numerals.Narrow(Form.Phone ?? "").Trim());
        own.ChangedMs = clock.NowMs;
        // The seller of record answers by law: who changed it, and when, is kept.
        db.Record(ids, clock, "change", "pavilion", 0, fields: "words,merchant,licence", reason: own.Merchant);
        await db.SaveChangesAsync(cancel);
        Saved = true;
        return RedirectToPage();
    }

    private bool May => Area.Level is AreaLevel.County or AreaLevel.Province;

    private Task<Pavilion?> Find(CancellationToken cancel)
    {
        var area = Area;
        return db.Set<Pavilion>().SingleOrDefaultAsync(p => p.Area == area, cancel);
    }

    private Refusal? Wrong()
    {
        if (Form.Name?.Trim().Length is not (>= 2 and <= 30)) return new Refusal("pavilion.name", Place.Input("Name"));
        if (Form.NameEn?.Length > 60) return new Refusal("pavilion.name", Place.Input("NameEn"));
        if (Form.Story?.Length > 600 || Form.StoryEn?.Length > 1200) return new Refusal("pavilion.story", Place.Input("Story"));
        var (merchant, licence) = (Form.Merchant?.Trim() ?? "", Form.Licence?.Trim() ?? "");
        if (merchant.Length > 60 || Form.Phone?.Length > 30) return new Refusal("pavilion.merchant", Place.Input("Merchant"));
        return merchant.Length > 0 && licence.Length is < 6 or > 40 ? new Refusal("pavilion.licence", Place.Input("Licence")) : null;
    }
}
