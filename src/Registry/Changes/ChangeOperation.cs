using System.Text.Json.Serialization;
using Shanhuo.Kernel;

namespace Shanhuo.Registry.Changes;

/// <summary>What a change request asks for. Ids are row ids of households and members; values stand in the one spelling of their field.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "op")]
[JsonDerivedType(typeof(CorrectField), "correct-field")]
[JsonDerivedType(typeof(SetCauses), "causes")]
[JsonDerivedType(typeof(AddMember), "add-member")]
[JsonDerivedType(typeof(MemberLeft), "member-left")]
[JsonDerivedType(typeof(MoveMember), "move-member")]
[JsonDerivedType(typeof(SplitHousehold), "split-household")]
[JsonDerivedType(typeof(ChangeHead), "change-head")]
[JsonDerivedType(typeof(MoveHousehold), "move-household")]
[JsonDerivedType(typeof(RegisterHousehold), "register-household")]
[JsonDerivedType(typeof(MergeMembers), "merge-members")]
[JsonDerivedType(typeof(MergeHouseholds), "merge-households")]
internal abstract record ChangeOperation
{
    /// <summary>Its name, as in <see cref="ChangeRequest.Kind"/> and in texts <c>change.KIND</c>.</summary>
    [JsonIgnore]
    public abstract string Kind { get; }
}

/// <summary>A field says something else.</summary>
/// <param name="MemberId">Of this member; null: of the household.</param>
/// <param name="Field">Key of the field.</param>
/// <param name="Value">What it shall say; null: unknown.</param>
/// <param name="Seen">What it said to who asked (secret fields: their mask). If it says something else when the change is due, nobody has seen that, and it is refused.</param>
internal sealed record CorrectField(long? MemberId, string Field, string? Value, string? Seen) : ChangeOperation
{
    public override string Kind => "correct-field";
}

/// <summary>The causes of poverty, the main one first.</summary>
internal sealed record SetCauses(IReadOnlyList<string> Causes) : ChangeOperation
{
    public override string Kind => "causes";
}

/// <summary>Somebody new in the household: born, married in, come back.</summary>
/// <param name="Relation">To the head; not the head.</param>
/// <param name="Values">By key of the field.</param>
/// <param name="On">First day.</param>
internal sealed record AddMember(string Relation, IReadOnlyDictionary<string, string> Values, DateOnly On) : ChangeOperation
{
    public override string Kind => "add-member";
}

/// <summary>Somebody is no member any more.</summary>
/// <param name="MemberId">Who; not the head, who is changed first.</param>
/// <param name="Because"><c>died</c> or <c>moved-away</c>.</param>
/// <param name="On">Last day.</param>
internal sealed record MemberLeft(long MemberId, string Because, DateOnly On) : ChangeOperation
{
    public override string Kind => "member-left";
}

/// <summary>Somebody goes to another household of the register, as by marriage.</summary>
internal sealed record MoveMember(long MemberId, long ToHouseholdId, string Relation, DateOnly On) : ChangeOperation
{
    public override string Kind => "move-member";
}

/// <summary>Some members make a household of their own in the same village (分户).</summary>
/// <param name="MemberIds">Who leaves; the head stays.</param>
/// <param name="HeadMemberId">The head of the new one.</param>
/// <param name="Relations">Of the others to the new head, by member id.</param>
/// <param name="On">First day of the new household.</param>
internal sealed record SplitHousehold(IReadOnlyList<long> MemberIds, long HeadMemberId, IReadOnlyDictionary<long, string> Relations, DateOnly On) : ChangeOperation
{
    public override string Kind => "split-household";
}

/// <summary>Another member is the head.</summary>
/// <param name="HeadMemberId">The new head.</param>
/// <param name="FormerHead">What the former head is to the new one.</param>
/// <param name="On">First day.</param>
internal sealed record ChangeHead(long HeadMemberId, string FormerHead, DateOnly On) : ChangeOperation
{
    public override string Kind => "change-head";
}

/// <summary>The household lives in another village.</summary>
internal sealed record MoveHousehold(AreaCode Village, DateOnly On) : ChangeOperation
{
    public override string Kind => "move-household";
}

/// <summary>A household that is not in the register yet, with its head; its other members are added afterwards.</summary>
internal sealed record RegisterHousehold(IReadOnlyDictionary<string, string> Household, IReadOnlyDictionary<string, string> Head, DateOnly On) : ChangeOperation
{
    public override string Kind => "register-household";
}

/// <summary>Two entries are one person: one is kept and takes what only the other knew.</summary>
internal sealed record MergeMembers(long KeepId, long GoneId) : ChangeOperation
{
    public override string Kind => "merge-members";
}

/// <summary>Two entries are one household: the members of the one that goes come into the one that is kept.</summary>
internal sealed record MergeHouseholds(long KeepId, long GoneId) : ChangeOperation
{
    public override string Kind => "merge-households";
}
