using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;

namespace Shanhuo.Registry.Households.Fields;

/// <summary>A field of a household or member was changed: what it said before and after. Of secret fields only that it changed, with the mask.</summary>
internal sealed class FieldChange : IOfHousehold
{
    public required long Id { get; init; }
    public required long HouseholdId { get; init; }
    public long? MemberId { get; init; }

    /// <summary>Key of the <see cref="RegisterField"/>, or of a typed operation such as <c>role</c>, <c>village</c>.</summary>
    public required string Field { get; init; }
    public string? Before { get; init; }
    public string? After { get; init; }

    /// <summary>By what: <c>request</c>, <c>import</c>.</summary>
    public required string Cause { get; init; }

    /// <summary>Id of the change request or import.</summary>
    public required long CauseId { get; init; }
    public required long ByAccountId { get; init; }
    public required long AtMs { get; init; }
}

/// <summary>What makes a change, for its history.</summary>
internal sealed record ChangeCause(string Kind, long Id)
{
    public static ChangeCause Request(long id) => new("request", id);
    public static ChangeCause Import(long id) => new("import", id);
}

/// <summary>The only writer of the fields of known households and members: it keeps the history of each. It adds to the current change and saves nothing itself.</summary>
internal sealed class RegisterBook(ShanhuoDb db, Ids ids, TimeProvider clock, Secrets secrets)
{
    /// <summary>Sets a field of a household.</summary>
    /// <param name="household">Followed by the change or not yet.</param>
    /// <param name="field">One of <see cref="RegisterFields.OfHousehold"/>.</param>
    /// <param name="value">In the field's one spelling, in clear; null: unknown.</param>
    /// <param name="cause">By what.</param>
    /// <returns>False: it said so already.</returns>
    public bool Set(Household household, RegisterField field, string? value, ChangeCause cause)
    {
        if (field.Kind != FieldKind.Phone) return Write(household, household.Id, null, field, value, cause);
        var before = PhoneOf(household);
        if (before == value) return false;
        Follow(household);
        household.PhoneHidden = value is null ? null : secrets.Hide(value, PhoneBinding(household.Id));
        Keep(household.Id, null, field.Key, before is null ? null : Secrets.Mask(before), value is null ? null : Secrets.Mask(value), cause);
        return true;
    }

    /// <summary>Sets a field of a member. An identity number brings birth day and sex with it where these are unknown; the head's name is the household's.</summary>
    public bool Set(Member member, Household household, RegisterField field, string? value, ChangeCause cause)
    {
        if (field.Kind == FieldKind.Identity)
        {
            var key = value is null ? null : IdentityKey(value);
            if (member.IdentityKey == key) return false;
            Follow(member);
            var before = member.IdentityMask;
            Identify(member, value);
            Keep(household.Id, member.Id, field.Key, before, member.IdentityMask, cause);
            return true;
        }
        if (!Write(member, household.Id, member.Id, field, value, cause)) return false;
        if (field.Key == "name" && member.Relation == "head")
        {
            Follow(household);
            household.HeadName = member.Name;
        }
        if (field.Key == "birth-day" && member.BirthDay is { } day) member.BirthYear = day.Year;
        return true;
    }

    /// <summary>Gives a member, new or known, its identity number, without history.</summary>
    public void Identify(Member member, string? number)
    {
        member.IdentityHidden = number is null ? null : secrets.Hide(number, IdentityBinding(member.Id));
        member.IdentityKey = number is null ? null : IdentityKey(number);
        member.IdentityMask = number is null ? null : $"{number[..6]}********{number[^4..]}";
        if (number is null) return;
        member.BirthDay = DateOnly.ParseExact(number.AsSpan(6, 8), "yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture);
        member.BirthYear = member.BirthDay.Value.Year;
        member.Sex = (number[16] - '0') % 2 == 1 ? "male" : "female";
    }

    /// <summary>A member's identity number in clear. Who shows it to somebody records that first.</summary>
    public string? IdentityOf(Member member) => member.IdentityHidden is { } hidden ? secrets.Reveal(hidden, IdentityBinding(member.Id)) : null;

    /// <summary>A household's phone in clear.</summary>
    public string? PhoneOf(Household household) => household.PhoneHidden is { } hidden ? secrets.Reveal(hidden, PhoneBinding(household.Id)) : null;

    /// <summary>Gives a household, new or known, its phone, without history.</summary>
    public void Reach(Household household, string? phone) => household.PhoneHidden = phone is null ? null : secrets.Hide(phone, PhoneBinding(household.Id));

    /// <summary>Adds a line of history.</summary>
    public void Keep(long householdId, long? memberId, string field, string? before, string? after, ChangeCause cause) => db.FieldChanges.Add(new FieldChange
    {
        Id = ids.Next(), HouseholdId = householdId, MemberId = memberId, Field = field, Before = before, After = after, Cause = cause.Kind, CauseId = cause.Id, ByAccountId = db.Scope.AccountId, AtMs = clock.NowMs,
    });

    /// <summary>By which a number is found.</summary>
    public string IdentityKey(string number) => secrets.LookUp(number, $"{Member.Table}:identity");

    public static string IdentityBinding(long memberId) => Secrets.Binding(Member.Table, "identity", memberId);

    public static string PhoneBinding(long householdId) => Secrets.Binding(Household.Table, "phone", householdId);

    /// <summary>A bulk reader looks at rows without following them; only what changes is followed.</summary>
    private void Follow(object owner)
    {
        if (db.Entry(owner).State == EntityState.Detached) db.Attach(owner);
    }

    private bool Write(object owner, long householdId, long? memberId, RegisterField field, string? value, ChangeCause cause)
    {
        var before = field.Read(owner);
        if (before == value) return false;
        Follow(owner);
        field.Write(owner, value);
        Keep(householdId, memberId, field.Key, before, value, cause);
        return true;
    }
}

internal sealed class FieldChangeTable : IEntityTypeConfiguration<FieldChange>
{
    public void Configure(EntityTypeBuilder<FieldChange> table)
    {
        table.ToTable("registry_field_changes");
        table.HasKey(c => c.Id);
        table.HasIndex(c => new { c.HouseholdId, c.AtMs });
        table.HasIndex(c => new { c.Cause, c.CauseId });
    }
}
