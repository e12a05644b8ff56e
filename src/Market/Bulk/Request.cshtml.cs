using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Buying;
using Shanhuo.Market.Intakes;
using Shanhuo.Market.Products;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Bulk;

/// <summary>A request for the seller and staff: quotations, the signed paper, a no.</summary>
internal sealed class RequestPage(ShanhuoDb db, Ids ids, TimeProvider clock, Secrets secrets, QuoteBook book, WriteQuotationHandler write, AcceptQuotationHandler accept, DeclineQuoteHandler decline, AddPaperHandler papers) : PageModel
{
    [BindProperty] public QuotationForm Form { get; set; } = new();
    [BindProperty] public IFormFile? Paper { get; set; }
    public QuoteView View { get; private set; } = null!;
    public IReadOnlyList<Product> Products { get; private set; } = [];
    public IReadOnlyList<Grade> Grades { get; private set; } = [];
    public IReadOnlyList<OrganisationFact> Sellers { get; private set; } = [];
    public IReadOnlyList<int> Papers { get; private set; } = [];
    public Recipient? Contact { get; private set; }
    public string BuyersPage { get; private set; } = "";
    public DateOnly Today => clock.Today;
    public bool MayWrite => db.Scope.Role is Role.Station or Role.Cooperative or Role.CountyStaff;
    public bool MayQuote => MayWrite && View.Request.State < QuoteState.Accepted;

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken cancel)
    {
        if (!await Load(id, cancel)) return NotFound();
        Form.SellerId = View.Request.SellerId ?? 0;
        Form.Lines = [new QuotedLineForm { Goods = $"{View.Request.ProductId}|{View.Request.Grade}" }];
        (Form.DeliverFrom, Form.DeliverUntil, Form.ValidUntil) = (View.Request.WantedDay, View.Request.WantedDay, new[] { Today.AddDays(7), View.Request.WantedDay }.Min());
        Pad();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long id, CancellationToken cancel)
    {
        if (!MayWrite) return Forbid();
        if (!await Load(id, cancel)) return NotFound();
        var outcome = Form.ToRequest(id, Products);
        if (outcome.Ok(out var wish, out var no) && (await write.Handle(wish, cancel)).Ok(out _, out no)) return Redirect($"/market/bulk/request/{id}");
        Pad();
        return this.Refuse(no!);
    }

    /// <summary>Shows contact, phone and address; the look is on record.</summary>
    public async Task<IActionResult> OnPostContactAsync(long id, CancellationToken cancel)
    {
        if (!MayWrite) return Forbid();
        if (await OnGetAsync(id, cancel) is NotFoundResult none) return none;
        Contact = accept.Recipient(View.Request);
        db.Record(ids, clock, "look", "bulk-contact", 0, fields: "name,phone,address", reason: View.Request.Number);
        await db.SaveChangesAsync(cancel);
        ModelState.Clear();
        return Page();
    }

    public async Task<IActionResult> OnPostDeclineAsync(long id, string? why, CancellationToken cancel)
    {
        if (!MayWrite) return Forbid();
        if (await decline.Handle(id, why ?? "", cancel) is not { } no) return Redirect($"/market/bulk/request/{id}");
        return await OnGetAsync(id, cancel) is NotFoundResult none ? none : this.Refuse(no, "");
    }

    public async Task<IActionResult> OnPostPaperAsync(long id, Guid requestId, CancellationToken cancel)
    {
        if (!MayWrite) return Forbid();
        var outcome = await Uploads.Read(Paper, "Paper", FileKind.Paper, "bulk.paper-kind", cancel);
        var no = outcome.Ok(out var paper, out var wrong) ? await papers.Handle(requestId, id, paper, cancel) : wrong;
        if (no is null) return Redirect($"/market/bulk/request/{id}");
        return await OnGetAsync(id, cancel) is NotFoundResult none ? none : this.Refuse(no, "");
    }

    private void Pad()
    {
        while (Form.Lines.Count < 3) Form.Lines.Add(new QuotedLineForm());
    }

    private async Task<bool> Load(long id, CancellationToken cancel)
    {
        if (await book.One(id, cancel) is not { } view) return false;
        View = view;
        var (county, first, last, own) = (db.Scope.County, db.Scope.FirstArea, db.Scope.LastArea, db.Scope.OrganisationId);
        Products = await db.Products.AsNoTracking().Where(p => p.County == county).OrderBy(p => p.Code).ToListAsync(cancel);
        var productIds = Products.Select(p => p.Id).ToList();
        Grades = await db.Grades.AsNoTracking().Where(g => productIds.Contains(g.ProductId)).OrderBy(g => g.ProductId).ThenBy(g => g.Rank).ToListAsync(cancel);
        Sellers = await db.OrganisationFacts.Where(o => o.Area >= first && o.Area <= last && (own == null || o.Id == own) && o.Kind != OrganisationKind.Platform && o.Kind != OrganisationKind.Collective).OrderBy(o => o.Kind == OrganisationKind.Cooperative ? 0 : 1).ThenBy(o => o.Code).ToListAsync(cancel);
        if (view.Request.ContractId is { } contract) Papers = await db.ContractPapers.Where(p => p.County == county && p.ContractId == contract).OrderBy(p => p.Number).Select(p => p.Number).ToListAsync(cancel);
        BuyersPage = "/shop/quote/" + OrderKey.Of(secrets, county, id, QuoteRequest.Page);
        return true;
    }
}
