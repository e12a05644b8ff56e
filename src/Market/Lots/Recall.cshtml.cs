using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Pages;
using Shanhuo.Kernel.Sheets;
using Shanhuo.Market.Products;
using Shanhuo.Market.Recalls;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Lots;

internal sealed class RecallPage(ShanhuoDb db, Recall recall, RecallLotHandler recalling, Ids ids, TimeProvider clock) : PageModel
{
    /// <summary>Rows of each table; the file has all.</summary>
    public const int Most = 100;

    [BindProperty(SupportsGet = true)] public long Id { get; set; }
    [BindProperty] public Guid RequestId { get; set; } = Guid.CreateVersion7();
    [BindProperty] public string? Reason { get; set; }
    public RecallStory Story { get; private set; } = null!;

    /// <summary>The recall that has it, or waits for a second person.</summary>
    public LotRecall? Recalled { get; private set; }
    public bool MayRecall => db.Scope.Role == Role.CountyStaff;
    public RecalledLot Lot => Story.Lots.Single(l => l.Id == Id);
    public IReadOnlyList<RecalledIntake> Intakes => [.. Story.Intakes.Take(Most)];
    public Dictionary<long, OrganisationFact> Places { get; private set; } = [];
    public Dictionary<long, Product> Products { get; private set; } = [];
    public WeightUnit Unit => HttpContext.Weight();

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await Load(cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!MayRecall) return Forbid();
        if ((await recalling.Ask(new RecallLot(RequestId, Id, Reason), cancel)).Ok(out var asked, out var no)) return Redirect($"/market/recalls/recall/{asked.Id}");
        db.ChangeTracker.Clear();
        return await Load(cancel) ? this.Refuse(no, "") : NotFound();
    }

    private async Task<bool> Load(CancellationToken cancel)
    {
        if (await recall.Of(Id, cancel) is not { } story) return false;
        Story = story;
        var county = db.Scope.County;
        var by = await db.Unfiltered<Lot>("the lot was met above").Where(l => l.County == county && l.Id == Id).Select(l => l.RecallId).SingleAsync(cancel);
        Recalled = await db.LotRecalls.AsNoTracking().FirstOrDefaultAsync(r => r.County == county && (r.Id == by || r.LotId == Id), cancel);
        (Places, Products) = (await RecallFile.Places(db, story, cancel), await RecallFile.Products(db, story, cancel));
        foreach (var household in Intakes.Select(i => i.HouseholdId).Distinct()) db.RecordLook(ids, clock, household, "recall");
        await db.SaveChangesAsync(cancel);
        return true;
    }

    /// <summary>A quantity of a lot's own goods.</summary>
    public Product Of(string lot) => Products[Story.Lots.First(l => l.Code == lot).ProductId];
}

/// <summary>The whole story as a sheet; each household in it is on record as looked at.</summary>
internal static class RecallFile
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/market/lots/recall/{id:long}.xlsx", Write).WithMetadata(new AudienceAttribute(Role.Station, Role.CountyStaff, Role.CountyOfficial, Role.Auditor));

    private static async Task<IResult> Write(long id, ShanhuoDb db, Recall recall, Ids ids, TimeProvider clock, Say say, CancellationToken cancel)
    {
        if (await recall.Of(id, cancel) is not { } story) return Results.NotFound();
        var (places, products) = (await Places(db, story, cancel), await Products(db, story, cancel));
        var output = new MemoryStream();
        using (var sheet = SheetWriter.Begin(SheetFormat.Xlsx, output, say["recall.title"], new(say["recall.what"]), new(say["lots.code"], Width: 18), new(say["recall.number"], Width: 24), new(say["recall.name"], Width: 20), new(say["lots.place"], Width: 20), new(say["lot.day"], SheetColumnKind.Day), new(say["recall.kg-or-pieces"], SheetColumnKind.Decimal)))
        {
            foreach (var lot in story.Lots) sheet.Row(say[What(lot)], lot.Code, "", Goods(lot, products, say), Place(lot.PlaceId), lot.OpenedDay, Amount(lot.Code, lot.Available));
            foreach (var order in story.Orders) sheet.Row(say["recall.order"], order.Lot, order.Number, order.Buyer, say[$"channel.{order.Channel}"], order.PlacedDay, Amount(order.Lot, order.Quantity));
            foreach (var intake in story.Intakes) sheet.Row(say["recall.intake"], intake.Lot, intake.Code, intake.Name ?? "", Place(intake.StationId), intake.Day, Amount(intake.Lot, intake.Quantity));
        }
        foreach (var household in story.Intakes.Select(i => i.HouseholdId).Distinct()) db.RecordLook(ids, clock, household, "recall");
        db.Record(ids, clock, "export", "recall", 0);
        await db.SaveChangesAsync(cancel);
        return Results.Bytes(output.ToArray(), SheetWriter.ContentType(SheetFormat.Xlsx), $"{story.Lots.Single(l => l.Id == id).Code}.xlsx");

        string Place(long place) => places.TryGetValue(place, out var found) ? found.NameIn(say.Language) : "";

        SheetValue Amount(string lot, long quantity) => products[story.Lots.First(l => l.Code == lot).ProductId].ByPiece ? (SheetValue)quantity : new Grams(quantity);
    }

    /// <summary>Key of the word for where a lot stands.</summary>
    public static string What(RecalledLot lot) => lot.Steps switch { 0 => "recall.this", > 0 => "recall.made-of-it", _ => "recall.made-from" };

    public static async Task<Dictionary<long, OrganisationFact>> Places(ShanhuoDb db, RecallStory story, CancellationToken cancel)
    {
        var places = story.Lots.Select(l => l.PlaceId).Concat(story.Intakes.Select(i => i.StationId)).Distinct().ToList();
        return await db.OrganisationFacts.Where(o => places.Contains(o.Id)).ToDictionaryAsync(o => o.Id, cancel);
    }

    public static async Task<Dictionary<long, Product>> Products(ShanhuoDb db, RecallStory story, CancellationToken cancel)
    {
        var products = story.Lots.Select(l => l.ProductId).Distinct().ToList();
        return await db.Products.AsNoTracking().Where(p => products.Contains(p.Id)).ToDictionaryAsync(p => p.Id, cancel);
    }

    private static string Goods(RecalledLot lot, Dictionary<long, Product> products, Say say) => say.Language == Language.Zh ? products[lot.ProductId].Name : products[lot.ProductId].NameEn;
}
