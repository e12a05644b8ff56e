using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Changes;
using Shanhuo.Registry.Contracts;
using Shanhuo.Registry.Households.Fields;

namespace Shanhuo.Registry.Households;

/// <summary>One household, to those who serve it and to itself. Each look by others is on record.</summary>
internal sealed class ShowPage(ShanhuoDb db, Ids ids, TimeProvider clock, Say say, RegisterBook book) : PageModel
{
    /// <summary>What is told of a member under the name: the year of birth stands in for an unknown day, and where somebody is away is asked for sheets only.</summary>
    public static IReadOnlyList<RegisterField> Told { get; } = [.. RegisterFields.OfMember.Where(f => f.Key is not ("name" or "birth-year" or "away-place"))];

    public Household Home { get; private set; } = null!;
    public string Village { get; private set; } = "";
    public IReadOnlyList<Member> Members { get; private set; } = [];
    public IReadOnlyDictionary<long, string> Behind { get; private set; } = new Dictionary<long, string>();
    public IReadOnlyList<PovertyCause> Causes { get; private set; } = [];
    public IReadOnlyList<IGrouping<int, HouseholdIncome>> Incomes { get; private set; } = [];
    public IReadOnlyList<HouseholdStatus> Statuses { get; private set; } = [];
    public IReadOnlyList<Consent> Consents { get; private set; } = [];
    public IReadOnlyList<ChangeRequest> Requests { get; private set; } = [];
    public IReadOnlyList<FieldChange> History { get; private set; } = [];
    public string? Revealed { get; private set; }
    public bool IsOwn => db.Scope.HouseholdId is not null;
    public bool MayAsk => ChangeRoutes.Askers.Contains(db.Scope.Role) && Home.Until is null;
    public bool MayReveal => db.Scope.Role is Role.TownshipOfficial or Role.CountyStaff or Role.CountyOfficial;
    public bool MayRecordConsent => db.Scope.Role == Role.VillageCadre;
    public DateOnly Today => clock.Today;

    public string Show(RegisterField field, object owner) => field.Kind switch
    {
        FieldKind.Identity => ((Member)owner).IdentityMask ?? say["register.unknown"],
        FieldKind.Phone => ((Household)owner).PhoneHidden is null ? say["register.unknown"] : Secrets.Mask(book.PhoneOf((Household)owner)!),
        _ => FieldValue.Show(field, field.Read(owner), key => say[key]),
    };

    /// <summary>A line of history in words.</summary>
    public string Says(FieldChange change, string? value) => value is null ? "—" : (RegisterFields.Find(change.MemberId is null ? FieldOwner.Household : FieldOwner.Member, change.Field), change.Field) switch
    {
        ({ Privacy: FieldPrivacy.Secret }, _) => value,
        ({ } field, _) => FieldValue.Show(field, value, key => say[key]),
        (_, "relation") => say["register.relation." + value],
        (_, "causes") => string.Join("、", value.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(c => say["register.cause." + c])),
        _ => value,
    };

    public string NameOf(FieldChange change) => change.Field.StartsWith("income-", StringComparison.Ordinal) ? say["register.income." + change.Field.Split('-')[^1]] + " " + change.Field.Split('-')[1] : say["register." + change.Field];

    /// <summary>Net income of a year, or null when something of it is not known: a kind that nobody has asked about is not nothing.</summary>
    public static Fen? Net(IReadOnlyCollection<HouseholdIncome> year) => year.Count < HouseholdIncome.Kinds.Count || year.Any(i => i.Costs is null) ? null : new Fen(year.Sum(i => i.Gross.Value - i.Costs!.Value.Value));

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken cancel)
    {
        if (!await Load(id, cancel)) return NotFound();
        if (!IsOwn)
        {
            db.RecordLook(ids, clock, id, "register");
            await db.SaveChangesAsync(cancel);
        }
        return Page();
    }

    /// <summary>Shows a hidden field whole. The record is written before anything is opened, so it is there also when opening fails; it is one record a look, also for one that is refused.</summary>
    public async Task<IActionResult> OnPostRevealAsync(long id, string field, long? member, string? reason, CancellationToken cancel)
    {
        if (!await Load(id, cancel)) return NotFound();
        var person = member is null ? null : Members.FirstOrDefault(m => m.Id == member);
        if (member is not null && person is null || (field == "identity") != (person is not null) || field is not ("identity" or "phone")) return NotFound();
        var why = (reason ?? "").Trim();
        var may = (MayReveal || IsOwn) && (IsOwn || why.Length >= 4);
        db.Record(ids, clock, may ? "reveal" : "refused", field, id, person?.Id, field, why.Length == 0 ? null : why.Length > 200 ? why[..200] : why);
        await db.SaveChangesAsync(cancel);
        if (!MayReveal && !IsOwn) return Forbid();
        if (!may) return this.Refuse(new Refusal("register.reveal-why"), "");
        Revealed = person is null ? book.PhoneOf(Home) : book.IdentityOf(person);
        Response.Headers.CacheControl = "no-store";
        return Page();
    }

    private async Task<bool> Load(long id, CancellationToken cancel)
    {
        if (await db.Households.AsNoTracking().SingleOrDefaultAsync(h => h.Id == id && (db.Scope.HouseholdId == null || db.Scope.HouseholdId == h.Id), cancel) is not { } home) return false;
        Home = home;
        Village = await db.Areas.Where(a => a.Code == home.Area).Select(a => a.Name).SingleOrDefaultAsync(cancel) ?? "";
        Members = await db.Members.AsNoTracking().Where(m => m.HouseholdId == id && m.Until == null).OrderBy(m => m.Id).ToListAsync(cancel);
        Members = [.. Members.OrderBy(m => MemberRole.All.ToList().IndexOf(m.Relation))];
        Behind = LeftBehind.Of(Members, clock.Today);
        Causes = await db.PovertyCauses.AsNoTracking().Where(c => c.HouseholdId == id && c.Until == null).OrderByDescending(c => c.IsMain).ToListAsync(cancel);
        Incomes = [.. (await db.Incomes.AsNoTracking().Where(i => i.HouseholdId == id).ToListAsync(cancel)).GroupBy(i => i.Year).OrderByDescending(g => g.Key).Take(5)];
        Statuses = await db.HouseholdStatuses.AsNoTracking().Where(s => s.HouseholdId == id).OrderBy(s => s.Since).ToListAsync(cancel);
        Consents = await db.Consents.AsNoTracking().Where(c => c.HouseholdId == id).OrderBy(c => c.Since).ToListAsync(cancel);
        Requests = await db.ChangeRequests.AsNoTracking().Where(c => c.HouseholdId == id && c.State == ChangeState.Open).OrderByDescending(c => c.AtMs).Take(20).ToListAsync(cancel);
        History = await db.FieldChanges.AsNoTracking().Where(c => c.HouseholdId == id).OrderByDescending(c => c.AtMs).Take(30).ToListAsync(cancel);
        return true;
    }
}
