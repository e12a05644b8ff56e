using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Registry.Trail;

/// <summary>What was looked at, changed, taken out, decided and refused in the reader's area, newest first.</summary>
internal sealed class IndexPage(ShanhuoDb db, Texts texts, Say say, AuditTrail trail) : PageModel
{
    private const int Size = 50;

    public sealed record Row(AuditRecord Record, string? By, string? Code);

    [BindProperty(SupportsGet = true)] public string? Kind { get; set; }

    public static IReadOnlyList<string> Kinds { get; } = ["look", "reveal", "refused", "change", "export", "decision"];
    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public long? Older { get; private set; }
    public TrailCheck? Check { get; private set; }

    /// <summary>What was done: a part or an act, or <c>ACT-OPERATION</c> of a change of the register.</summary>
    public string Did(AuditRecord record)
    {
        var (act, operation) = record.What.Split('-', 2) is [var first, var rest] ? ("trail.act." + first, "change." + rest) : ("", "");
        return texts.Has(act) && texts.Has(operation) ? say[act, say[operation]] : say["trail.what." + record.What];
    }

    /// <summary>The fields of the register among those that a record names.</summary>
    public string Fields(AuditRecord record) =>
        string.Join(say.Language == Language.Zh ? "、" : ", ", (record.Fields ?? "").Split(',').Where(f => record.What != f && texts.Has("register." + f)).Select(f => say["register." + f]));

    public async Task OnGetAsync(long? before, CancellationToken cancel)
    {
        var (first, last) = (db.Scope.FirstArea, db.Scope.LastArea);
        // By whoever acts for an area in scope: its households are in it too.
        var records = db.Trail.Where(r => r.ActorArea >= first && r.ActorArea <= last && (before == null || r.Id < before) && (Kind == null || r.Kind == Kind)).OrderByDescending(r => r.Id).Take(Size + 1);
        var rows = await (from r in records
                          join a in db.Accounts on r.AccountId equals a.Id into accounts
                          from account in accounts.DefaultIfEmpty()
                          join h in db.Households on r.HouseholdId equals h.Id into homes
                          from home in homes.DefaultIfEmpty()
                          orderby r.Id descending
                          select new Row(r, account.DisplayName, home.Code)).ToListAsync(cancel);
        Rows = [.. rows.Take(Size)];
        Older = rows.Count > Size ? Rows[^1].Record.Id : null;
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        Check = await trail.Verify(cancel);
        await OnGetAsync(null, cancel);
        return Page();
    }
}
