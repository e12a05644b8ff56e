using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Shanhuo.Kernel;

namespace Shanhuo.Registry.Accounts;

/// <summary>Sign-in by ASP.NET Core Identity: the account's role, area, organisation and household become claims, and the claims of a request become its <see cref="Scope"/>.</summary>
internal static class AccountSetup
{
    private const string Area = "area", Organisation = "organisation", Household = "household", Display = "display";

    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<SignInBrake>();
        services.AddIdentityCore<Account>(options =>
            {
                options.User.AllowedUserNameCharacters = "";
                options.Password.RequiredLength = 8;
                options.Password.RequireDigit = options.Password.RequireLowercase = options.Password.RequireUppercase = options.Password.RequireNonAlphanumeric = false;
                // Guessing is slowed per account and device at the endpoint; locking the account would let anyone shut a village out.
                options.Lockout.AllowedForNewUsers = false;
            })
            .AddUserStore<UserOnlyStore<Account, ShanhuoDb, long>>()
            .AddSignInManager()
            .AddClaimsPrincipalFactory<AccountClaims>();
        services.Configure<SecurityStampValidatorOptions>(options => options.ValidationInterval = TimeSpan.FromMinutes(1));
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddCookie(IdentityConstants.ApplicationScheme, cookie =>
        {
            cookie.Cookie.Name = "shanhuo";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.LoginPath = "/sign-in";
            cookie.AccessDeniedPath = "/not-allowed";
            cookie.ExpireTimeSpan = TimeSpan.FromDays(30);
            cookie.Events.OnValidatePrincipal = SecurityStampValidator.ValidatePrincipalAsync;
        });
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/sign-out", async (SignInManager<Account> signIn) =>
        {
            await signIn.SignOutAsync();
            return Results.LocalRedirect("~/");
        }).WithMetadata(new OpenToAllAttribute(), new Microsoft.AspNetCore.Antiforgery.RequireAntiforgeryTokenAttribute());

    /// <summary>The scope that these claims give.</summary>
    public static Scope ScopeOf(ClaimsPrincipal person)
    {
        if (person.Identity?.IsAuthenticated != true) return Scope.Nobody;
        return new Scope
        {
            AccountId = Number(ClaimTypes.NameIdentifier) ?? 0,
            Name = person.FindFirstValue(Display) ?? "",
            Role = person.FindFirstValue(ClaimTypes.Role) ?? "",
            Area = Number(Area) is { } area ? new AreaCode(area) : new AreaCode(-1),
            OrganisationId = Number(Organisation),
            HouseholdId = Number(Household),
        };

        long? Number(string claim) => long.TryParse(person.FindFirstValue(claim), NumberStyles.Integer, CultureInfo.InvariantCulture, out var n) ? n : null;
    }

    /// <summary>The claims from which <see cref="ScopeOf"/> makes this scope again.</summary>
    public static ClaimsPrincipal PersonOf(Scope scope, string scheme)
    {
        var person = new ClaimsIdentity([new Claim(ClaimTypes.Role, scope.Role), new Claim(Display, scope.Name), new Claim(Area, scope.Area.Value.ToString(CultureInfo.InvariantCulture))], scheme);
        if (scope.OrganisationId is { } organisation) person.AddClaim(new Claim(Organisation, organisation.ToString(CultureInfo.InvariantCulture)));
        return new ClaimsPrincipal(person);
    }

    private sealed class AccountClaims(UserManager<Account> users, IOptions<IdentityOptions> options) : UserClaimsPrincipalFactory<Account>(users, options)
    {
        protected override async Task<ClaimsIdentity> GenerateClaimsAsync(Account user)
        {
            var claims = await base.GenerateClaimsAsync(user);
            claims.AddClaim(new Claim(ClaimTypes.Role, user.Role));
            claims.AddClaim(new Claim(Display, user.DisplayName));
            claims.AddClaim(new Claim(Area, user.ScopeArea.Value.ToString(CultureInfo.InvariantCulture)));
            if (user.OrganisationId is { } organisation) claims.AddClaim(new Claim(Organisation, organisation.ToString(CultureInfo.InvariantCulture)));
            if (user.HouseholdId is { } household) claims.AddClaim(new Claim(Household, household.ToString(CultureInfo.InvariantCulture)));
            return claims;
        }
    }
}
