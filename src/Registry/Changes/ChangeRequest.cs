using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;

namespace Shanhuo.Registry.Changes;

/// <summary>Where a change request stands.</summary>
internal enum ChangeState { Open, Done, Refused, Withdrawn, Undone }

/// <summary>Somebody asks that the register say something else. Nothing changes before those whom the route names have agreed.</summary>
internal sealed class ChangeRequest : IInArea
{
    public const string Table = "registry_change_requests";

    public required long Id { get; init; }

    /// <summary>Made by the device or form before it sends.</summary>
    public required Guid RequestId { get; init; }

    /// <summary>Village of the household.</summary>
    public required AreaCode Area { get; init; }

    /// <summary>0: a household that is to be registered.</summary>
    public required long HouseholdId { get; set; }

    /// <summary>Which operation (see <see cref="ChangeOperation"/>).</summary>
    public required string Kind { get; init; }

    /// <summary>The operation as JSON, hidden: it can hold identity numbers.</summary>
    public required string OperationHidden { get; init; }

    /// <summary>Names of the fields concerned, with commas.</summary>
    public required string Fields { get; init; }

    /// <summary>Why, in the words of who asks.</summary>
    public required string Reason { get; init; }

    /// <summary>What proves it, such as a certificate that was seen.</summary>
    public string? Evidence { get; init; }

    public required long ByAccountId { get; init; }
    public required string ByRole { get; init; }
    public required long AtMs { get; init; }

    /// <summary>Who must agree one after the other: <c>village</c>, <c>township</c>, <c>county</c>, with commas.</summary>
    public required string Route { get; init; }

    /// <summary>How many of them have agreed.</summary>
    public int StepsDone { get; set; }
    public ChangeState State { get; set; }

    /// <summary>When it was done, refused, withdrawn or undone.</summary>
    public long? EndedMs { get; set; }

    /// <summary>What is needed to undo a merge, hidden.</summary>
    public string? UndoHidden { get; set; }

    /// <summary>Stamp against two decisions at once.</summary>
    public Guid Stamp { get; set; }

    /// <summary>The step that is waited for; null when none is.</summary>
    public string? NextStep => State == ChangeState.Open ? Route.Split(',')[StepsDone] : null;
}

/// <summary>Somebody agreed to a change request or refused it.</summary>
internal sealed class ChangeDecision
{
    public required long Id { get; init; }
    public required long ChangeId { get; init; }

    /// <summary>The step of the route, from 0.</summary>
    public required int Step { get; init; }
    public required bool Agrees { get; init; }
    public required long ByAccountId { get; init; }
    public required string ByRole { get; init; }
    public string? Note { get; init; }
    public required long AtMs { get; init; }
}

/// <summary>What an open request touches: <c>m/ID/FIELD</c>, <c>h/ID/people</c>… While it is open no other request can touch it; the database itself refuses the second.</summary>
internal sealed class ChangeTouch
{
    public required string Subject { get; init; }
    public required long ChangeId { get; init; }
}

internal sealed class ChangeTables : IEntityTypeConfiguration<ChangeRequest>, IEntityTypeConfiguration<ChangeDecision>, IEntityTypeConfiguration<ChangeTouch>
{
    public void Configure(EntityTypeBuilder<ChangeRequest> table)
    {
        table.ToTable(ChangeRequest.Table);
        table.HasKey(c => c.Id);
        table.HasIndex(c => c.RequestId).IsUnique();
        table.HasIndex(c => new { c.HouseholdId, c.AtMs });
        table.HasIndex(c => new { c.State, c.Area });
        table.Property(c => c.Stamp).IsConcurrencyToken();
        table.Ignore(c => c.NextStep);
    }

    public void Configure(EntityTypeBuilder<ChangeDecision> table)
    {
        table.ToTable("registry_change_decisions");
        table.HasKey(d => d.Id);
        table.HasIndex(d => new { d.ChangeId, d.Step }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<ChangeTouch> table)
    {
        table.ToTable("registry_change_touches");
        table.HasKey(t => t.Subject);
        table.HasIndex(t => t.ChangeId);
    }
}
