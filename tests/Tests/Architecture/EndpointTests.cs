using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Tests.Databases;

namespace Shanhuo.Tests.Architecture;

public sealed class EndpointTests
{
    [Fact]
    public async Task Every_endpoint_declares_who_may_call_it()
    {
        await using var host = await TestHost.Start(DatabaseKind.Sqlite);
        await host.Site();
        var silent = host.App.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .Where(e => e.Metadata.GetMetadata<AudienceAttribute>() is null && e.Metadata.GetMetadata<OpenToAllAttribute>() is null && e.Metadata.GetMetadata<SignedInAttribute>() is null)
            .Select(e => e.DisplayName);
        Assert.Empty(silent);
    }

    [Fact]
    public async Task Every_answer_forbids_other_hosts_and_inline_script()
    {
        await using var host = await TestHost.Start(DatabaseKind.Sqlite);
        var visitor = await host.Visit();
        foreach (var path in new[] { "/", "/sign-in", "/no-such-page", "/shanhuo.css" })
        {
            using var answer = await visitor.Client.GetAsync(path);
            var policy = string.Join(' ', answer.Headers.GetValues("Content-Security-Policy"));
            Assert.Contains("default-src 'none'", policy);
            Assert.DoesNotContain("unsafe", policy);
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        }
    }
}
