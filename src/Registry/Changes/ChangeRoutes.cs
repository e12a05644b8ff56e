using Shanhuo.Kernel;
using Shanhuo.Registry.Households.Fields;

namespace Shanhuo.Registry.Changes;

/// <summary>Who must agree to a change, by what it changes and by how far it reaches.</summary>
internal static class ChangeRoutes
{
    /// <summary>Who may ask. A household asks about itself only.</summary>
    public static IReadOnlyList<string> Askers { get; } = [Role.Household, Role.VillageCadre, Role.TownshipOfficial, Role.CountyStaff, Role.CountyOfficial];

    /// <summary>The steps, with commas.</summary>
    /// <param name="operation">What is asked.</param>
    /// <param name="from">Village of the household.</param>
    /// <param name="to">Village to which it, or a member of it, goes; null: none.</param>
    public static string Of(ChangeOperation operation, AreaCode from, AreaCode? to = null) => operation switch
    {
        CorrectField field => RegisterFields.Find(field.MemberId is null ? FieldOwner.Household : FieldOwner.Member, field.Field)!.Route switch
        {
            FieldRoute.County => "township,county",
            FieldRoute.Township => "township",
            _ => "village",
        },
        ChangeHead or SetCauses => "village",
        MoveMember or MoveHousehold when to is { } there && there.At(AreaLevel.Township) != from.At(AreaLevel.Township) => "township,county",
        MergeMembers or MergeHouseholds => "township,county",
        _ => "township",
    };

    /// <summary>May this role take this step? A step may be taken from above, never from below.</summary>
    public static bool MayTake(string role, string? step) => step switch
    {
        "village" => role is Role.VillageCadre or Role.TownshipOfficial or Role.CountyStaff or Role.CountyOfficial,
        "township" => role is Role.TownshipOfficial or Role.CountyStaff or Role.CountyOfficial,
        "county" => role is Role.CountyStaff or Role.CountyOfficial,
        _ => false,
    };
}
