using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;

namespace Shanhuo.Market.Payments.Gateway;

/// <summary>The test gateway over HTTP, under <see cref="TestGateway.Root"/>; not there at all in an installation that is no demo.</summary>
internal static class TestGatewayEndpoints
{
    private const int MostBytes = 256 * 1024;

    public static void Map(IEndpointRouteBuilder routes)
    {
        if (routes.ServiceProvider.GetService<PaymentOptions>() is not { TestGateway: true }) return;
        routes.MapMethods(TestGateway.Root + "/{**rest}", ["GET", "POST"], Answer).WithMetadata(new OpenToAllAttribute());
    }

    private static async Task Answer(HttpContext http, TestGateway gateway)
    {
        using var body = new MemoryStream();
        var buffer = new byte[16_384];
        for (int read; (read = await http.Request.Body.ReadAsync(buffer, http.RequestAborted)) > 0;)
        {
            if (body.Length + read > MostBytes) { http.Response.StatusCode = StatusCodes.Status413PayloadTooLarge; return; }
            body.Write(buffer, 0, read);
        }
        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var answer = await gateway.Answer(http.Request.Method, target, name => http.Request.Headers[name].FirstOrDefault(), body.ToArray(), $"{http.Request.Scheme}://{http.Request.Host}", http.RequestAborted);
        if (answer is null) { http.Abort(); return; }
        http.Response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers) http.Response.Headers[name] = value;
        if (answer.Body.Length == 0) return;
        http.Response.ContentType = answer.ContentType;
        http.Response.ContentLength = answer.Body.Length;
        await http.Response.Body.WriteAsync(answer.Body, http.RequestAborted);
    }
}

/// <summary>Sends what the gateway owes, once a second.</summary>
internal sealed class TestGatewaySender(IServiceProvider services, ILogger<TestGatewaySender> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (services.GetService<PaymentOptions>() is not { TestGateway: true }) return;
        var gateway = services.GetRequiredService<TestGateway>();
        using var second = new PeriodicTimer(TimeSpan.FromSeconds(1));
        try
        {
            while (await second.WaitForNextTickAsync(stoppingToken))
                // A full disk must not end the program for the sake of its test gateway; what could not be written is sent again.
                try { await gateway.SendDue(stoppingToken); }
                catch (IOException e) { log.LogWarning(e, "The test gateway could not write its journal."); }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { }
    }
}
