using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Payments.Gateway;

namespace Shanhuo.Market.Payments;

/// <summary>The institutions of this installation: those with settings in the data folder; in a demo the test gateway in WeChat Pay's place. Settings are read once.</summary>
internal sealed class PaymentInstitutions(PaymentOptions options, IServiceProvider services, PaymentAddresses addresses, TimeProvider clock) : ISharePayments
{
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5), ConnectTimeout = TimeSpan.FromSeconds(5) }) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly Lock gate = new();
    private Outcome<IReadOnlyList<IPaymentInstitution>>? read;

    /// <summary>All of them, none when none is set up; or what is wrong with the settings.</summary>
    public Outcome<IReadOnlyList<IPaymentInstitution>> All()
    {
        lock (gate) return read ??= Read();
    }

    /// <summary>One by its code; <c>payment.not-set-up</c> when it is not in use here.</summary>
    public bool Find(string code, [NotNullWhen(true)] out IPaymentInstitution? institution, [NotNullWhen(false)] out Refusal? no)
    {
        institution = All().Ok(out var all, out no) ? all.FirstOrDefault(i => i.Code == code) : null;
        if (institution is null) no ??= new Refusal("payment.not-set-up", Place.None, code);
        return no is null;
    }

    /// <inheritdoc/>
    public Outcome<IProfitSharing> Sharing()
    {
        if (!WeChat().Ok(out var settings, out var no)) return no;
        return settings is null ? new Refusal("payment.not-set-up", Place.None, "wechat") : new ProfitSharing(http, settings, clock);
    }

    /// <inheritdoc/>
    public Outcome<IFrozenFunds> Funds(string code)
    {
        // Also where new payments are no longer begun frozen: what is frozen must come free.
        if (!Find(code, out var institution, out var no)) return no;
        return institution is Alipay alipay ? alipay : WeChat().Ok(out var settings, out no) ? new ProfitSharing(http, settings!, clock) : no;
    }

    /// <inheritdoc/>
    public IReadOnlyList<KeptBy> InUse() => All().Ok(out var all, out _) ? [.. all.Select(i => new KeptBy(i.Code, i.Freezes))] : [];

    private Outcome<IReadOnlyList<IPaymentInstitution>> Read()
    {
        if (!WeChat().Ok(out var weChat, out var wrong)) return wrong;
        if (!AlipaySettings.Read(options.DataFolder).Ok(out var alipay, out var no)) return no;
        var all = new List<IPaymentInstitution>();
        if (weChat is not null) all.Add(new WeChatPay(http, weChat, clock));
        if (alipay is not null) all.Add(new Alipay(http, alipay, clock));
        return all;
    }

    private Outcome<WeChatSettings?> WeChat() => options.TestGateway ? services.GetRequiredService<TestGateway>().Settings(new Uri(addresses.Listening), sharing: true) : WeChatSettings.Read(options.DataFolder);
}
