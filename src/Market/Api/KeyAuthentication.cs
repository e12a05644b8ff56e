using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Api;

/// <summary>Signs a program in by <c>Authorization: Bearer shk_…</c>, with the scope of its organisation. Endpoints of the API ask for this scheme, those of EPCIS for <see cref="OrPerson"/>: a key opens no page, and a person's cookie opens no endpoint of the API.</summary>
internal sealed class KeyAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory log, UrlEncoder encoder, IServiceScopeFactory scopes) : AuthenticationHandler<AuthenticationSchemeOptions>(options, log, encoder)
{
    public const string Name = "api-key";

    /// <summary>The scheme of endpoints for programs and people: a key where the request names one, else the cookie.</summary>
    public const string OrPerson = "api-key-or-person";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        // What went wrong is told in JSON, not on a page.
        if (Context.Features.Get<IStatusCodePagesFeature>() is { } pages) pages.Enabled = false;
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Bearer " + ApiKey.Prefix, StringComparison.Ordinal) || header.Length > 100) return AuthenticateResult.NoResult();
        var hash = ApiKey.HashOf(header["Bearer ".Length..]);
        await using var services = scopes.CreateAsyncScope();
        services.ServiceProvider.GetRequiredService<CurrentScope>().Scope = Scope.Everything;
        var key = await services.ServiceProvider.GetRequiredService<ShanhuoDb>().ApiKeys.AsNoTracking().SingleOrDefaultAsync(k => k.Hash == hash, Context.RequestAborted);
        if (key is null || key.RevokedMs is not null) return AuthenticateResult.Fail("Unknown or revoked key.");
        Context.Items[typeof(ApiKey)] = key;
        var person = SignedInScope.PersonOf(new Scope { Area = key.Area, Role = key.Role, OrganisationId = key.OrganisationId, Name = key.Name }, Scheme.Name);
        return AuthenticateResult.Success(new AuthenticationTicket(person, Scheme.Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return ApiProblem.Of(Context, StatusCodes.Status401Unauthorized, new Refusal("api.no-key")).ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => ApiProblem.Of(Context, StatusCodes.Status403Forbidden, new Refusal("api.no-right")).ExecuteAsync(Context);
}
