using System.Collections.Concurrent;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Shanhuo.Kernel;

namespace Shanhuo.Registry.Accounts;

internal sealed class SignInPage(SignInManager<Account> signIn, UserManager<Account> users, SignInBrake brake) : PageModel
{
    [BindProperty(SupportsGet = true)] public string? Name { get; set; }
    [BindProperty] public string? Password { get; set; }
    [BindProperty(SupportsGet = true, Name = "ReturnUrl")] public string? Back { get; set; }

    public void OnGet() { }

    public async Task<IActionResult> OnPostAsync()
    {
        var name = Numerals.Narrow(Name ?? "");
        if (!brake.May(name, HttpContext.Connection.RemoteIpAddress?.ToString() ?? "")) return this.Refuse(new Refusal("sign-in.too-often"), "");
        if (await users.FindByNameAsync(name) is { } account && await users.CheckPasswordAsync(account, Password ?? ""))
        {
            await signIn.SignInAsync(account, isPersistent: true);
            return LocalRedirect(Url.IsLocalUrl(Back) ? Back! : "/");
        }
        return this.Refuse(new Refusal("sign-in.wrong"), "");
    }
}

/// <summary>At most ten tries a minute for one account from one address: a guesser is slowed, a village that shares an address is not shut out.</summary>
internal sealed class SignInBrake(TimeProvider clock)
{
    private readonly ConcurrentDictionary<(string, string), (long Minute, int Tries)> tries = new();

    public bool May(string name, string address)
    {
        var minute = clock.NowMs / 60_000;
        if (tries.Count > 100_000) tries.Clear();
        return tries.AddOrUpdate((name.ToUpperInvariant(), address), _ => (minute, 1), (_, t) => t.Minute == minute ? (minute, t.Tries + 1) : (minute, 1)).Tries <= 10;
    }
}
