using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Accounts;

namespace Shanhuo.Registry.Contracts;

/// <summary>Makes an account that can sign in.</summary>
/// <param name="Name">Name or phone number; once in the installation.</param>
/// <param name="DisplayName">To greet with.</param>
/// <param name="Password">At least 8 characters.</param>
/// <param name="RoleName">One of <see cref="Role"/>.</param>
/// <param name="Area">What the person may see.</param>
/// <param name="Organisation">Code of the organisation it acts for, or null.</param>
/// <param name="Household">Code of its household, or null.</param>
public sealed record AddAccount(string Name, string DisplayName, string Password, string RoleName, AreaCode Area, string? Organisation = null, string? Household = null);

/// <summary>Handles <see cref="AddAccount"/>.</summary>
public sealed class AddAccountHandler(ShanhuoDb db, IServiceProvider services, Ids ids)
{
    /// <summary>The id of the new account, or the refusal: unknown role, area, organisation or household, a name that is taken, a password that is too short.</summary>
    public async Task<Outcome<long>> Handle(AddAccount request, CancellationToken cancel)
    {
        if (!Role.All.Contains(request.RoleName)) return new Refusal("account.role", Place.Input(nameof(request.RoleName)), request.RoleName, string.Join(", ", Role.All));
        if (!await db.Areas.AnyAsync(a => a.Code == request.Area, cancel)) return new Refusal("account.area", Place.Input(nameof(request.Area)), request.Area.ToString());
        long? organisation = null, household = null;
        if (request.Organisation is { } code)
        {
            organisation = await db.Organisations.Where(o => o.Code == code).Select(o => (long?)o.Id).SingleOrDefaultAsync(cancel);
            if (organisation is null) return new Refusal("account.organisation", Place.Input(nameof(request.Organisation)), code);
        }
        if (request.Household is { } home)
        {
            household = await db.Households.Where(h => h.Code == home).Select(h => (long?)h.Id).SingleOrDefaultAsync(cancel);
            if (household is null) return new Refusal("account.household", Place.Input(nameof(request.Household)), home);
        }
        if (request.RoleName == Role.Household && household is null) return new Refusal("account.needs-household", Place.Input(nameof(request.Household)));
        if (request.RoleName is Role.Station or Role.Cooperative && organisation is null) return new Refusal("account.needs-organisation", Place.Input(nameof(request.Organisation)));
        if (request.Password.Length < 8) return new Refusal("account.password", Place.Input(nameof(request.Password)), 8);
        var users = (UserManager<Account>)services.GetService(typeof(UserManager<Account>))!;
        if (await users.FindByNameAsync(request.Name) is not null) return new Refusal("account.taken", Place.Input(nameof(request.Name)), request.Name);
        var account = new Account { Id = ids.Next(), UserName = request.Name, DisplayName = request.DisplayName, Role = request.RoleName, ScopeArea = request.Area, OrganisationId = organisation, HouseholdId = household };
        var made = await users.CreateAsync(account, request.Password);
        return made.Succeeded ? account.Id : new Refusal("account.taken", Place.Input(nameof(request.Name)), request.Name);
    }
}
