using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Pages;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Epcis;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Lots;

internal sealed class LabelsPage(ShanhuoDb db, Secrets secrets, Say say) : PageModel
{
    /// <summary>Labels at once, at most.</summary>
    public const int Most = 200;

    [BindProperty(SupportsGet = true)] public long Id { get; set; }
    [BindProperty(SupportsGet = true)] public int Count { get; set; } = 12;
    public PackLabel Label { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        Count = Math.Clamp(Count, 1, Most);
        if (await LabelFiles.Of(db, secrets, say, HttpContext, Id, cancel) is not { } label) return NotFound();
        Label = label;
        return Page();
    }
}

/// <summary>A label as a picture and as bytes for a printer.</summary>
internal static class LabelFiles
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var audience = new AudienceAttribute(Role.Station, Role.Cooperative, Role.CountyStaff);
        routes.MapGet("/market/lots/labels/code/{id:long}", async (long id, ShanhuoDb db, Secrets secrets, Say say, HttpContext http, CancellationToken cancel) =>
            await Of(db, secrets, say, http, id, cancel) is { } label ? Results.Text(QrDrawing.Svg(label.Address), "image/svg+xml") : Results.NotFound()).WithMetadata(audience);
        routes.MapGet("/market/lots/labels/printer/{id:long}", async (long id, int? count, ShanhuoDb db, Secrets secrets, Say say, HttpContext http, CancellationToken cancel) =>
            await Of(db, secrets, say, http, id, cancel) is { } label ? Results.Bytes(label.EscPos(Math.Clamp(count ?? 1, 1, LabelsPage.Most)), "application/octet-stream", $"{label.Code}.bin") : Results.NotFound()).WithMetadata(audience);
    }

    /// <summary>The label of a lot that the asker meets; null: none.</summary>
    public static async Task<PackLabel?> Of(ShanhuoDb db, Secrets secrets, Say say, HttpContext http, long id, CancellationToken cancel)
    {
        if (await db.MyLots.AsNoTracking().SingleOrDefaultAsync(l => l.Id == id, cancel) is not { } lot) return null;
        var product = await db.Products.AsNoTracking().SingleAsync(p => p.Id == lot.ProductId, cancel);
        var grade = await db.Grades.AsNoTracking().SingleAsync(g => g.ProductId == lot.ProductId && g.Code == lot.Grade, cancel);
        var sellerId = lot.CooperativeId ?? lot.EnterpriseId;
        var seller = sellerId is null ? null : await db.OrganisationFacts.SingleOrDefaultAsync(o => o.Id == sellerId, cancel);
        var names = await TraceNames.Of(db, secrets, lot.County, cancel);
        // Where the county has named no address yet, the one by which this page was reached.
        var address = names?.Pack(lot) ?? $"{http.Request.Scheme}://{http.Request.Host}/trace/{lot.Code}";
        var zh = say.Language == Language.Zh;
        return new PackLabel(zh ? $"{product.Name} {grade.Name}" : $"{product.NameEn}, {grade.NameEn}", lot.Code, PackLabel.Spell(lot.Code, say.Language), say["label.keeps", lot.BestBefore.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)], seller?.NameIn(say.Language) ?? "", address);
    }
}
