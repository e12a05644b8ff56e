using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;
using Shanhuo.Registry.Households;
using Shanhuo.Registry.Households.Fields;

namespace Shanhuo.Registry.Changes;

/// <summary>The form of each operation. A field is chosen first, then what it shall say, so that each step is one question and works without script.</summary>
internal sealed class AskPage(ShanhuoDb db, TimeProvider clock, Texts texts, Say say, AskChangeHandler ask) : PageModel
{
    private static readonly string[] Ops = ["correct-field", "causes", "add-member", "member-left", "move-member", "split-household", "change-head", "move-household", "register-household"];

    [BindProperty(SupportsGet = true)] public string Op { get; set; } = "";
    [BindProperty(SupportsGet = true, Name = "household")] public long HouseholdId { get; set; }

    /// <summary><c>h/KEY</c> or <c>m/ID/KEY</c>.</summary>
    [BindProperty(SupportsGet = true)] public string? Field { get; set; }
    [BindProperty] public Guid RequestId { get; set; }
    [BindProperty] public string? Value { get; set; }
    [BindProperty] public long? Member { get; set; }
    [BindProperty] public string? Relation { get; set; }
    [BindProperty] public string? Because { get; set; }
    [BindProperty] public string? On { get; set; }
    [BindProperty] public string? To { get; set; }
    [BindProperty] public string? Village { get; set; }
    [BindProperty] public List<long> Members { get; set; } = [];
    [BindProperty] public Dictionary<long, string> Relations { get; set; } = [];
    [BindProperty] public List<string> Causes { get; set; } = [];
    [BindProperty] public Dictionary<string, string?> Values { get; set; } = [];
    [BindProperty] public string? Reason { get; set; }
    [BindProperty] public string? Evidence { get; set; }

    public Household? Home { get; private set; }
    public IReadOnlyList<Member> People { get; private set; } = [];
    public IReadOnlyList<AreaFact> Villages { get; private set; } = [];
    public RegisterField? Chosen { get; private set; }
    public Member? ChosenMember { get; private set; }
    public DateOnly Today => clock.Today;

    /// <summary>What a new household or member is asked at once; the rest is added by corrections or a sheet.</summary>
    public static IReadOnlyList<RegisterField> Asked(FieldOwner owner) => owner == FieldOwner.Household
        ? [.. RegisterFields.OfHousehold.Where(f => f.Key is "group" or "book" or "phone")]
        : [.. RegisterFields.OfMember.Where(f => f.Key is "name" or "identity" or "sex" or "birth-day" or "ethnicity" or "schooling" or "labour" or "health")];

    public string Now => Chosen is null ? "" : AskChangeHandler.Shown(Chosen, Home!, ChosenMember) is var kept && Chosen.Privacy == FieldPrivacy.Secret ? kept ?? say["register.unknown"] : FieldValue.Show(Chosen, kept, key => say[key]);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        RequestId = Guid.CreateVersion7();
        return await Load(cancel) ? Page() : NotFound();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!await Load(cancel)) return NotFound();
        if (!Made().Ok(out var operation, out var no)) return this.Refuse(no, "");
        var outcome = await ask.Handle(new AskChange(RequestId, HouseholdId, operation, Reason ?? "", Evidence), cancel);
        return outcome.Ok(out var change, out no) ? LocalRedirect($"/registry/changes/show/{change.Id}") : this.Refuse(no, "");
    }

    private Outcome<ChangeOperation> Made()
    {
        var on = clock.Today;
        if (On is { Length: > 0 } && !DateOnly.TryParseExact(Numerals.Narrow(On), ["yyyy-M-d", "yyyy/M/d", "yyyy年M月d日"], System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out on)) return new Refusal("register.day", Place.Input("On"), On);
        switch (Op)
        {
            case "correct-field":
                if (Chosen is null) return new Refusal("change.no-field", Place.Input("Field"), "");
                return FieldValue.TryRead(Chosen, Value, on, texts, Place.Input("Value")).Ok(out var value, out var wrong) ? new CorrectField(ChosenMember?.Id, Chosen.Key, value, null) : wrong;
            case "causes": return new SetCauses([.. PovertyCause.All.Where(c => c == Value).Concat(PovertyCause.All.Where(c => Causes.Contains(c) && c != Value))]);
            case "add-member": return new AddMember(Relation ?? "", Given(FieldOwner.Member), on);
            case "member-left": return new MemberLeft(Member ?? 0, Because ?? "", on);
            case "move-member":
                var code = Numerals.Narrow(To ?? "").ToUpperInvariant();
                var target = db.Unfiltered<Household>("somebody may marry into a household of another area").Where(h => h.Code == code).Select(h => h.Id).SingleOrDefault();
                return new MoveMember(Member ?? 0, target, Relation ?? "", on);
            case "split-household": return new SplitHousehold(Members, Member ?? 0, Relations.Where(r => Members.Contains(r.Key) && r.Key != Member).ToDictionary(), on);
            case "change-head": return new ChangeHead(Member ?? 0, Relation ?? "", on);
            case "move-household": return AreaCode.TryParse(Village, out var there) ? new MoveHousehold(there, on) : new Refusal("change.no-village", Place.Input("Village"));
            default:
                var household = Given(FieldOwner.Household);
                household["village"] = Village ?? "";
                return new RegisterHousehold(household, Given(FieldOwner.Member), on);
        }
    }

    private Dictionary<string, string> Given(FieldOwner owner) => Asked(owner).Where(f => !string.IsNullOrWhiteSpace(Values.GetValueOrDefault(f.Key))).ToDictionary(f => f.Key, f => Values[f.Key]!);

    private async Task<bool> Load(CancellationToken cancel)
    {
        if (!Ops.Contains(Op)) return false;
        if (Op is "register-household" or "move-household") Villages = await db.AreaFacts.Where(a => a.Level == AreaLevel.Village && a.Code >= (Op == "move-household" ? db.Scope.Area.County : db.Scope.Area) && a.Code <= db.Scope.LastArea).OrderBy(a => a.Code).ToListAsync(cancel);
        if (Op == "register-household") return db.Scope.HouseholdId is null;
        if (db.Scope.HouseholdId is { } own) HouseholdId = own;
        Home = await db.Households.AsNoTracking().SingleOrDefaultAsync(h => h.Id == HouseholdId && h.Until == null, cancel);
        if (Home is null) return false;
        People = await db.Members.AsNoTracking().Where(m => m.HouseholdId == HouseholdId && m.Until == null).OrderBy(m => m.Id).ToListAsync(cancel);
        if (Field?.Split('/') is ["h", var key]) Chosen = RegisterFields.Find(FieldOwner.Household, key);
        if (Field?.Split('/') is ["m", var id, var own2] && long.TryParse(id, System.Globalization.CultureInfo.InvariantCulture, out var who) && (ChosenMember = People.FirstOrDefault(m => m.Id == who)) is not null) Chosen = RegisterFields.Find(FieldOwner.Member, own2);
        return true;
    }
}
