using Shanhuo.Kernel;
using Shanhuo.Market.Payments;
using Shanhuo.Market.Payments.Gateway;
using Shanhuo.Tests.Databases;

namespace Shanhuo.Tests.Market.Payments;

/// <summary>The test gateway and our WeChat Pay adapter in one process: each request goes through an HttpClient, byte by byte as it would over a line. What the gateway sends is heard here.</summary>
internal sealed class GatewayBench : IDisposable
{
    private static readonly string SharedKeys = MakeKeys();

    public GatewayBench(bool sharing = false, IReadOnlyList<TimeSpan>? repeats = null)
    {
        Directory.CreateDirectory(Path.Combine(Folder, "keys"));
        foreach (var key in Directory.GetFiles(Path.Combine(SharedKeys, "keys"))) File.Copy(key, Path.Combine(Folder, "keys", Path.GetFileName(key)));
        Gateway = Open(repeats);
        Settings = Gateway.Settings(new Uri("http://127.0.0.1:8620"), sharing);
        Client = new HttpClient(new GatewayHandler(this));
        Pay = new WeChatPay(Client, Settings, Clock);
        Sharing = new ProfitSharing(Client, Settings, Clock);
    }

    public string Folder { get; } = Path.Combine(Path.GetTempPath(), $"shanhuo-gateway-{Guid.NewGuid():N}");

    public TestClock Clock { get; } = new();

    public TestGateway Gateway { get; private set; }

    public WeChatSettings Settings { get; }

    public HttpClient Client { get; }

    public WeChatPay Pay { get; }

    public ProfitSharing Sharing { get; }

    /// <summary>Requests as they were sent.</summary>
    public List<(HttpRequestMessage Request, byte[] Body)> Sent { get; } = [];

    /// <summary>Notifications as they were heard, with what the adapter made of them.</summary>
    public List<Outcome<PaymentNotice>> Heard { get; } = [];

    /// <summary>What the gateway hears back.</summary>
    public Func<Outcome<PaymentNotice>, int> Reply { get; set; } = seen => seen.Refused is null ? 204 : 401;

    public PaymentAsked Asked(string number = "SH20261121-0001", long fen = 5890, string? ip = "10.0.0.7") =>
        new(number, new Fen(fen), "杏仁 500 克, 两袋", Clock.Now.AddMinutes(30), ip, "http://127.0.0.1:8620/market/payments/notice/wechat", "http://127.0.0.1:8620/back");

    /// <summary>Begins a payment and pays it; the notification is owed, not sent.</summary>
    public async Task<GatewayPayment> Paid(string number = "SH20261121-0001", long fen = 5890)
    {
        Assert.Null((await Pay.Begin(Asked(number, fen), default)).Refused);
        Assert.True(Gateway.Pay(Gateway.Book.Payments[number].PrepayId));
        return Gateway.Book.Payments[number];
    }

    public void Restart(IReadOnlyList<TimeSpan>? repeats = null) => Gateway = Open(repeats);

    public void Dispose() => Directory.Delete(Folder, true);

    private TestGateway Open(IReadOnlyList<TimeSpan>? repeats) => new(Folder, Clock, repeats) { Http = new HttpClient(new Ear(this)) };

    private static string MakeKeys()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"shanhuo-gateway-keys-{Guid.NewGuid():N}");
        GatewayKeys.In(folder);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => { try { Directory.Delete(folder, true); } catch (IOException) { } };
        return folder;
    }

    private sealed class GatewayHandler(GatewayBench bench) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel)
        {
            var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancel);
            bench.Sent.Add((request, body));
            var said = await bench.Gateway.Answer(request.Method.Method, request.RequestUri!.PathAndQuery, name => request.Headers.TryGetValues(name, out var values) ? values.First() : null, body, "http://127.0.0.1:8620", cancel) ?? throw new HttpRequestException("The line was cut.");
            var answer = new HttpResponseMessage((System.Net.HttpStatusCode)said.Status) { Content = new ByteArrayContent(said.Body) };
            foreach (var (name, value) in said.Headers) answer.Headers.TryAddWithoutValidation(name, value);
            return answer;
        }
    }

    private sealed class Ear(GatewayBench bench) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel)
        {
            var seen = bench.Pay.Read(request.Headers.ToDictionary(h => h.Key, h => h.Value.First()), await request.Content!.ReadAsByteArrayAsync(cancel));
            bench.Heard.Add(seen);
            return new HttpResponseMessage((System.Net.HttpStatusCode)bench.Reply(seen));
        }
    }
}
