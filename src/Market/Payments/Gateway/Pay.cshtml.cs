using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Market.Contracts;

namespace Shanhuo.Market.Payments.Gateway;

/// <summary>Where a person pays, fails or leaves at the test gateway. There is no such page where there is no test gateway.</summary>
internal sealed class PayPage(PaymentOptions options, IServiceProvider services) : PageModel
{
    public GatewayPayment Payment { get; private set; } = null!;

    public bool IsOpen { get; private set; }

    public bool Failed { get; private set; }

    /// <summary>A place of this installation, whatever was asked for.</summary>
    public string ReturnUrl { get; private set; } = "/";

    public IActionResult OnGet([FromQuery(Name = "prepay_id")] string? id, [FromQuery(Name = "redirect_url")] string? back) => Show(id, back) is null ? NotFound() : Page();

    public IActionResult OnPost([FromForm(Name = "prepay_id")] string? id, [FromForm(Name = "redirect_url")] string? back, [FromForm(Name = "act")] string? act)
    {
        if (Show(id, back) is not { } gateway) return NotFound();
        if (act == "fail")
        {
            Failed = true;
            return Page();
        }
        if (act == "pay" && !gateway.Pay(Payment.PrepayId))
        {
            Show(id, back);
            return Page();
        }
        return Redirect(ReturnUrl);
    }

    private TestGateway? Show(string? id, string? back)
    {
        if (!options.TestGateway || services.GetRequiredService<TestGateway>() is not { } gateway || gateway.Find(id ?? "") is not { } payment) return null;
        (Payment, IsOpen) = (payment, gateway.StateOf(payment) == "NOTPAY");
        ReturnUrl = Uri.TryCreate(back, UriKind.Absolute, out var uri) && uri.Scheme == Request.Scheme && uri.Authority == Request.Host.Value ? uri.PathAndQuery is ['/', '/' or '\\', ..] ? "/" : uri.PathAndQuery : Url.IsLocalUrl(back) ? back! : "/";
        return gateway;
    }
}
