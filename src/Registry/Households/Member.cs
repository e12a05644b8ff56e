using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;

namespace Shanhuo.Registry.Households;

/// <summary>A person of the register. In which household the person is or was, as what and when, stands in <see cref="MemberRole"/>; here stands the household of today, or the last one. What is null is unknown.</summary>
internal sealed class Member : IOfHousehold, IInArea
{
    public const string Table = "registry_members";

    public required long Id { get; init; }
    public required long HouseholdId { get; set; }

    /// <summary>Village of the household.</summary>
    public required AreaCode Area { get; set; }
    public required string Name
    {
        get;
        set
        {
            field = value;
            NameSound = Pinyin.Of(value);
        }
    }

    /// <summary>How the name sounds (see <see cref="Pinyin"/>).</summary>
    public string NameSound { get; private set; } = "";

    /// <summary>To the head: one of <see cref="MemberRole.All"/>.</summary>
    public required string Relation { get; set; }

    public int? BirthYear { get; set; }
    public DateOnly? BirthDay { get; set; }

    /// <summary><c>female</c> or <c>male</c>.</summary>
    public string? Sex { get; set; }

    /// <summary>Since when in this household.</summary>
    public required DateOnly Since { get; set; }

    /// <summary>Last day as a member of any household; null: still one.</summary>
    public DateOnly? Until { get; set; }

    /// <summary>Why the person is no member any more: <c>died</c>, <c>moved-away</c>, <c>merged</c>.</summary>
    public string? LeftBecause { get; set; }

    /// <summary>Identity number, hidden (see <see cref="Secrets"/>).</summary>
    public string? IdentityHidden { get; set; }

    /// <summary>Key by which the identity number is found (see <see cref="Secrets.LookUp"/>); once in the register.</summary>
    public string? IdentityKey { get; set; }

    /// <summary>First six and last four characters of the identity number, to show.</summary>
    public string? IdentityMask { get; set; }

    /// <summary>Two digits of GB/T 3304: <c>01</c> Han, <c>03</c> Hui.</summary>
    public string? Ethnicity { get; set; }

    /// <summary>Highest: <c>none</c>, <c>primary</c>, <c>junior</c>, <c>senior</c>, <c>vocational</c>, <c>college</c>.</summary>
    public string? Schooling { get; set; }

    public bool? InSchool { get; set; }

    /// <summary><c>skilled</c>, <c>ordinary</c>, <c>weak</c> (half), <c>none</c>.</summary>
    public string? Labour { get; set; }

    /// <summary><c>well</c>, <c>chronic</c>, <c>serious</c>, <c>disabled</c>.</summary>
    public string? Health { get; set; }

    public bool? MedicalInsurance { get; set; }

    /// <summary>Months a year working or living away, 0 to 12.</summary>
    public int? AwayMonths { get; set; }

    /// <summary><c>township</c>, <c>county</c>, <c>province</c> or <c>elsewhere</c>.</summary>
    public string? AwayPlace { get; set; }
}

/// <summary>A person's place in a household for a time: members have dated roles.</summary>
internal sealed class MemberRole : IOfHousehold
{
    /// <summary>What a member is to the head.</summary>
    public static IReadOnlyList<string> All { get; } = ["head", "spouse", "child", "parent", "grandchild", "grandparent", "sibling", "child-in-law", "other"];

    public required long Id { get; init; }
    public required long MemberId { get; init; }
    public required long HouseholdId { get; init; }

    /// <summary>One of <see cref="All"/>.</summary>
    public required string Relation { get; init; }
    public required DateOnly Since { get; init; }

    /// <summary>First day on which it is over.</summary>
    public DateOnly? Until { get; set; }
}

internal sealed class MemberTables : IEntityTypeConfiguration<Member>, IEntityTypeConfiguration<MemberRole>
{
    public void Configure(EntityTypeBuilder<Member> table)
    {
        table.ToTable(Member.Table);
        table.HasKey(m => m.Id);
        table.HasIndex(m => m.HouseholdId);
        table.HasIndex(m => new { m.Area, m.Name });
        // Counting the people of an area needs nothing but this index.
        table.HasIndex(m => new { m.Area, m.HouseholdId, m.Since, m.Until });
        table.HasIndex(m => new { m.NameSound, m.BirthYear });
        table.HasIndex(m => m.IdentityKey).IsUnique();
    }

    public void Configure(EntityTypeBuilder<MemberRole> table)
    {
        table.ToTable("registry_member_roles");
        table.HasKey(r => r.Id);
        // One household at a time, and one head of a household: the database itself refuses the second.
        table.HasIndex(r => r.MemberId).IsUnique().HasDatabaseName("ix_registry_member_roles_now").HasFilter("until is null");
        table.HasIndex(r => r.HouseholdId).IsUnique().HasDatabaseName("ix_registry_member_roles_head").HasFilter("until is null and relation = 'head'");
        table.HasIndex(r => new { r.HouseholdId, r.Since });
        table.HasIndex(r => new { r.MemberId, r.Since });
    }
}
