using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;

namespace Shanhuo.Settlement.Payouts;

internal sealed class ReconcilePage(ShanhuoDb db, MirrorBook book, TimeProvider clock, Say say) : PageModel
{
    private IReadOnlyDictionary<string, string> words = new Dictionary<string, string>();


    [BindProperty] public StatementForm Form { get; set; } = new();
    [BindProperty] public MoneyForm Money { get; set; } = new();
    public DateOnly Day { get; private set; }
    public IReadOnlyList<AccountDay> Accounts { get; private set; } = [];
    public IEnumerable<string> Names => Accounts.Select(a => a.Name).Append("bank/main").Append("institution/wechat").Distinct();
    public bool MayWrite => db.Scope.Role == Role.CountyStaff;

    /// <summary>What caused a movement, as people call it; a number of a file as it is.</summary>
    public string Words(string key) => words.GetValueOrDefault(key, key);

    public async Task OnGetAsync(DateOnly? day, CancellationToken cancel)
    {
        await Load(day ?? clock.Today, cancel);
        Fresh();
    }

    public async Task<IActionResult> OnPostStatementAsync(IFormFile? file, CancellationToken cancel)
    {
        if (!MayWrite) return NotFound();
        Refusal? no = null;
        IReadOnlyList<(Fen, string)> lines = [];
        if (Form.Day is not { } day) no = new Refusal("payouts.day-missing", Place.Input("Day"));
        else if (!Fen.TryParseYuan(Form.Balance, out var balance)) no = new Refusal("payouts.not-money", Place.Input("Balance"), Form.Balance ?? "");
        else
        {
            if (file is { Length: > 0 })
            {
                await using var content = file.OpenReadStream();
                if ((await StatementFile.Read(content, file.FileName, cancel)).Ok(out var read, out no)) lines = read;
            }
            if (no is null && (await book.Handle(new EnterStatement(Form.RequestId, db.Scope.County, Form.Account ?? "", day, balance, lines), cancel)).Ok(out _, out no)) return To(day);
        }
        return await No(no!, "Form", cancel);
    }

    public async Task<IActionResult> OnPostMoneyAsync(CancellationToken cancel)
    {
        if (!MayWrite) return NotFound();
        Refusal? no = null;
        if (Money.Day is not { } day) no = new Refusal("payouts.day-missing", Place.Input("Day"));
        else if (!Fen.TryParseYuan(Money.Amount, out var amount)) no = new Refusal("payouts.not-money", Place.Input("Amount"), Money.Amount ?? "");
        else if ((await book.Handle(new BookMoney(Money.RequestId, db.Scope.County, Money.From ?? "", Money.To ?? "", amount, day, Money.Note ?? ""), cancel)).Ok(out _, out no)) return To(day);
        return await No(no, "Money", cancel);
    }

    private LocalRedirectResult To(DateOnly day) => LocalRedirect(FormattableString.Invariant($"/settlement/payouts/reconcile?day={day:yyyy-MM-dd}"));

    private async Task<IActionResult> No(Refusal no, string form, CancellationToken cancel)
    {
        ModelState.Clear();
        await Load((form == "Form" ? Form.Day : Money.Day) ?? clock.Today, cancel);
        var (statement, money) = (Form, Money);
        Fresh();
        if (form == "Form") Form = statement; else Money = money;
        return this.Refuse(no, form);
    }

    private void Fresh() => (Form, Money) = (new StatementForm { RequestId = Guid.CreateVersion7(), Day = Day, Account = "bank/main" }, new MoneyForm { RequestId = Guid.CreateVersion7(), Day = Day });

    private async Task Load(DateOnly day, CancellationToken cancel)
    {
        Day = day;
        Accounts = await Reconciliation.Of(db, db.Scope.County, day, cancel);
        words = await Named(Accounts.SelectMany(a => a.Moves).Select(m => m.Ours).OfType<string>().ToHashSet(StringComparer.Ordinal), cancel);
    }

    private async Task<Dictionary<string, string>> Named(HashSet<string> keys, CancellationToken cancel)
    {
        var county = db.Scope.County;
        var (money, cash) = (Ids("money:"), Ids("cash:"));
        var named = await db.MoneyMoves.Where(m => m.County == county && money.Contains(m.Id)).ToDictionaryAsync(m => FormattableString.Invariant($"money:{m.Id}"), m => m.Note, cancel);
        foreach (var paid in await db.CashPayments.Where(p => p.County == county && cash.Contains(p.Id)).Select(p => new { p.Id, p.HouseholdCode }).ToListAsync(cancel)) named[FormattableString.Invariant($"cash:{paid.Id}")] = say["payouts.cause-cash", paid.HouseholdCode];
        foreach (var key in keys.Where(k => k.StartsWith("allowance:", StringComparison.Ordinal))) named[key] = say[key.EndsWith(":out", StringComparison.Ordinal) ? "payouts.cause-allowance-out" : "payouts.cause-allowance-back"];
        return named;

        List<long> Ids(string prefix) => [.. keys.Where(k => k.StartsWith(prefix, StringComparison.Ordinal)).Select(k => long.Parse(k.AsSpan(prefix.Length), CultureInfo.InvariantCulture))];
    }

    internal sealed class StatementForm
    {
        public Guid RequestId { get; set; }
        public string? Account { get; set; }
        public DateOnly? Day { get; set; }
        public string? Balance { get; set; }
    }

    internal sealed class MoneyForm
    {
        public Guid RequestId { get; set; }
        public string? From { get; set; }
        public string? To { get; set; }
        public string? Amount { get; set; }
        public DateOnly? Day { get; set; }
        public string? Note { get; set; }
    }
}
