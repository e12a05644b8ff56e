using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Settlement.Close;

internal sealed record MemberRow(CooperativeMember Member, IReadOnlyDictionary<StakeKind, Fen> Sums)
{
    public Fen Of(StakeKind kind) => Sums.GetValueOrDefault(kind);
    public Fen Total => new(Sums.Values.Sum(v => v.Value));
}

/// <summary>Words of a line of a member account.</summary>
internal static class StakeText
{
    public static string Key(StakeKind kind) => $"close.stake-{(int)kind}";
}

internal sealed class MembersPage(ShanhuoDb db, MemberAccounts accounts, TimeProvider clock) : BooksPage(db)
{
    private const int PageRows = 100;

    [BindProperty] public StakeForm Form { get; set; } = new();
    [BindProperty] public StakeForm Aid { get; set; } = new();
    public IReadOnlyList<MemberRow> Rows { get; private set; } = [];
    public string? After { get; private set; }

    public async Task<IActionResult> OnGetAsync(long? cooperative, string? after, CancellationToken cancel)
    {
        if (!await Open(cooperative, cancel)) return NotFound();
        Fresh();
        await Load(after, cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long? cooperative, CancellationToken cancel)
    {
        if (!MayWrite || !await Open(cooperative, cancel)) return NotFound();
        if (Form.Read().Ok(out var read, out var no))
        {
            var code = Form.Household is null ? "" : Numerals.Narrow(Form.Household);
            var household = await Db.MembersOf(Cooperative.Id).Where(m => m.Code == code).Select(m => m.HouseholdId).FirstOrDefaultAsync(cancel);
            if ((await accounts.Handle(new BookStake(Form.RequestId, Cooperative.Id, household, Form.Kind, read.Day, read.Amount, Form.Note ?? ""), cancel)).Ok(out _, out no)) return Back();
        }
        return await No(no, "Form", cancel);
    }

    public async Task<IActionResult> OnPostAidAsync(long? cooperative, CancellationToken cancel)
    {
        if (!MayWrite || !await Open(cooperative, cancel)) return NotFound();
        if (Aid.Read().Ok(out var read, out var no) && (await accounts.Handle(new BookAid(Aid.RequestId, Cooperative.Id, Aid.Kind, read.Day, read.Amount, Aid.Note ?? ""), cancel)).Ok(out _, out no)) return Back();
        return await No(no, "Aid", cancel);
    }

    private LocalRedirectResult Back() => LocalRedirect($"/settlement/close/members?cooperative={Cooperative.Id}");

    private async Task<IActionResult> No(Refusal no, string form, CancellationToken cancel)
    {
        ModelState.Clear();
        if (form == "Form") Aid = new StakeForm { RequestId = Guid.CreateVersion7(), Day = clock.Today, Kind = StakeKind.StateAid };
        else Form = new StakeForm { RequestId = Guid.CreateVersion7(), Day = clock.Today };
        await Load(null, cancel);
        return this.Refuse(no, form);
    }

    private void Fresh() => (Form, Aid) = (new StakeForm { RequestId = Guid.CreateVersion7(), Day = clock.Today }, new StakeForm { RequestId = Guid.CreateVersion7(), Day = clock.Today, Kind = StakeKind.StateAid });

    private async Task Load(string? after, CancellationToken cancel)
    {
        var from = after ?? "";
        var members = (await Db.MembersOf(Cooperative.Id).Where(m => string.Compare(m.Code, from) > 0).OrderBy(m => m.Code).Take(PageRows + 1).ToListAsync(cancel)).DistinctBy(m => m.HouseholdId).ToList();
        if (members.Count > PageRows) After = members[PageRows - 1].Code;
        members = [.. members.Take(PageRows)];
        var shown = members.Select(m => m.HouseholdId).ToList();
        var county = Cooperative.Area.County;
        var sums = (await Db.MemberAccountEntries.Where(e => e.County == county && e.OrganisationId == Cooperative.Id && shown.Contains(e.HouseholdId))
            .GroupBy(e => new { e.HouseholdId, e.Kind }).Select(g => new { g.Key.HouseholdId, g.Key.Kind, Sum = g.Sum(e => (long)e.Amount) }).ToListAsync(cancel)).ToLookup(s => s.HouseholdId);
        Rows = [.. members.Select(m => new MemberRow(m, sums[m.HouseholdId].ToDictionary(s => s.Kind, s => new Fen(s.Sum))))];
    }

    internal sealed class StakeForm
    {
        public Guid RequestId { get; set; }
        public string? Household { get; set; }
        public StakeKind Kind { get; set; } = StakeKind.Money;
        public DateOnly? Day { get; set; }
        public string? Amount { get; set; }
        public string? Note { get; set; }

        public Outcome<(DateOnly Day, Fen Amount)> Read() =>
            Day is not { } day ? new Refusal("close.day-missing", Place.Input(nameof(Day)))
            : !Fen.TryParseYuan(Amount, out var amount) ? new Refusal("close.not-money", Place.Input(nameof(Amount)), Amount ?? "")
            : (day, amount);
    }
}
