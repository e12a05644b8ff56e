using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;

namespace Shanhuo.Registry.Accounts;

/// <summary>Somebody who can sign in, with one role in one area. <see cref="IdentityUser{TKey}.UserName"/> is a name or a phone number.</summary>
internal sealed class Account : IdentityUser<long>
{
    /// <summary>Name to greet with.</summary>
    public required string DisplayName { get; set; }

    /// <summary>One of <see cref="Kernel.Role"/>.</summary>
    public required string Role { get; set; }

    /// <summary>The area whose rows this person sees.</summary>
    public required AreaCode ScopeArea { get; set; }

    /// <summary>The organisation this person acts for, if any.</summary>
    public long? OrganisationId { get; set; }

    /// <summary>The household this person belongs to, if any.</summary>
    public long? HouseholdId { get; set; }
}

internal sealed class AccountTables : IEntityTypeConfiguration<Account>, IEntityTypeConfiguration<IdentityUserClaim<long>>, IEntityTypeConfiguration<IdentityUserLogin<long>>, IEntityTypeConfiguration<IdentityUserToken<long>>
{
    public void Configure(EntityTypeBuilder<Account> table)
    {
        table.ToTable("registry_accounts");
        table.HasKey(a => a.Id);
        table.HasIndex(a => a.NormalizedUserName).IsUnique();
        table.Property(a => a.LockoutEnd).HasConversion(at => at!.Value.ToUnixTimeMilliseconds(), ms => DateTimeOffset.FromUnixTimeMilliseconds(ms));
        table.Property(a => a.ConcurrencyStamp).IsConcurrencyToken();
    }

    public void Configure(EntityTypeBuilder<IdentityUserClaim<long>> table) { table.ToTable("registry_account_claims"); table.HasKey(c => c.Id); }

    public void Configure(EntityTypeBuilder<IdentityUserLogin<long>> table) { table.ToTable("registry_account_logins"); table.HasKey(l => new { l.LoginProvider, l.ProviderKey }); }

    public void Configure(EntityTypeBuilder<IdentityUserToken<long>> table) { table.ToTable("registry_account_tokens"); table.HasKey(t => new { t.UserId, t.LoginProvider, t.Name }); }
}
