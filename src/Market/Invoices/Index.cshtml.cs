using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Invoices;

internal sealed class IndexPage(ShanhuoDb db, InvoiceBook book, IssueInvoiceHandler issue, Ids ids, TimeProvider clock, Secrets secrets) : PageModel
{
    [BindProperty(SupportsGet = true)] public InvoiceState State { get; set; }
    [BindProperty(SupportsGet = true)] public long? After { get; set; }
    public IReadOnlyList<InvoiceView> Rows { get; private set; } = [];
    public long? Next { get; private set; }

    /// <summary>The one whose contact was asked for.</summary>
    public (long Invoice, string Contact)? Shown { get; private set; }

    /// <summary>Period of the sheet as it is offered: this year.</summary>
    public DateOnly From => new(Until.Year, 1, 1);
    public DateOnly Until => clock.Today;
    public string Title(InvoiceAsk invoice) => secrets.Reveal(invoice.TitleHidden, InvoiceAsk.Binding("title", invoice.Id));

    public Task OnGetAsync(CancellationToken cancel) => Load(cancel);

    public async Task<IActionResult> OnPostAsync(long id, string? step, string? number, long shown, CancellationToken cancel)
    {
        if (step == "show") return await Show(id, cancel);
        var no = await issue.Handle(new IssueInvoice(id, number, new Fen(shown)), cancel);
        if (no is null) return RedirectToPage(new { State });
        db.ChangeTracker.Clear();
        await Load(cancel);
        return this.Refuse(no, "");
    }

    private async Task<IActionResult> Show(long id, CancellationToken cancel)
    {
        if (await book.Mine.AsNoTracking().SingleOrDefaultAsync(i => i.Id == id, cancel) is not { } invoice) return NotFound();
        db.Record(ids, clock, "look", "invoice", 0, fields: "contact");
        await db.SaveChangesAsync(cancel);
        Shown = (id, secrets.Reveal(invoice.ContactHidden, InvoiceAsk.Binding("contact", id)));
        await Load(cancel);
        return Page();
    }

    private async Task Load(CancellationToken cancel)
    {
        if (!Enum.IsDefined(State)) State = InvoiceState.Asked;
        var rows = await book.Page(State, After, InvoiceBook.PageSize + 1, cancel);
        if (rows.Count > InvoiceBook.PageSize) (Next, rows) = (rows[InvoiceBook.PageSize - 1].Invoice.Id, rows[..InvoiceBook.PageSize]);
        Rows = rows;
    }
}
