using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market.Buying;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Bulk;

/// <summary>A contract in the clear.</summary>
/// <param name="IsWhole">Does the text still have its fingerprint?</param>
internal sealed record ContractView(Contract Contract, string Zh, string En, bool IsWhole)
{
    /// <summary>Reads and checks it.</summary>
    public static ContractView Of(Contract contract, Secrets secrets)
    {
        var (zh, en) = (secrets.Reveal(contract.ZhHidden, Contract.Binding("zh", contract.Id)), secrets.Reveal(contract.EnHidden, Contract.Binding("en", contract.Id)));
        return new ContractView(contract, zh, en, ContractText.Fingerprint(zh, en) == contract.Sha256);
    }
}

/// <summary>The contract, for the buyer who holds the request's link.</summary>
internal sealed class ContractPage(IServiceScopeFactory scopes, Secrets secrets) : PageModel
{
    public ContractView View { get; private set; } = null!;
    public string Key { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(string key, CancellationToken cancel)
    {
        if (OrderKey.Read(secrets, key, QuoteRequest.Page) is not var (county, id)) return NotFound();
        if (await scopes.In(county, s => s.GetRequiredService<ShanhuoDb>().Contracts.AsNoTracking().SingleOrDefaultAsync(c => c.County == county && c.QuoteId == id, cancel)) is not { } contract) return NotFound();
        (View, Key) = (ContractView.Of(contract, secrets), key);
        return Page();
    }
}

/// <summary>The contract for the seller and staff; it names people, so each look is on record.</summary>
internal sealed class ContractOfPage(ShanhuoDb db, QuoteBook book, Ids ids, TimeProvider clock, Secrets secrets) : PageModel
{
    public ContractView View { get; private set; } = null!;
    public long Id { get; private set; }

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken cancel)
    {
        var county = db.Scope.County;
        if (await book.Mine.Where(q => q.Id == id).Select(q => q.ContractId).SingleOrDefaultAsync(cancel) is not { } contract) return NotFound();
        (View, Id) = (ContractView.Of(await db.Contracts.AsNoTracking().SingleAsync(c => c.County == county && c.Id == contract, cancel), secrets), id);
        db.Record(ids, clock, "look", "bulk-contact", 0, fields: "name,phone,address", reason: View.Contract.Number);
        await db.SaveChangesAsync(cancel);
        return Page();
    }
}
