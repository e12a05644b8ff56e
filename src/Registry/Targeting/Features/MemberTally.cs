using Shanhuo.Kernel;

namespace Shanhuo.Registry.Targeting.Features;

/// <summary>A member as far as features ask. Null is unknown.</summary>
internal readonly record struct MemberLine(long HouseholdId, string Relation, int? BirthYear, DateOnly? BirthDay, string? Sex, string? Ethnicity, string? Schooling, bool? InSchool, string? Labour, string? Health, bool? Insurance, int? AwayMonths);

/// <summary>Counts members into features. A member of whom it is not known whether he counts widens the span by one.</summary>
internal sealed class MemberTally(HouseholdFeatures features, DateOnly today)
{
    private static readonly Feature People = F("people"), Children = F("children"), Elders = F("elders"), Workers = F("workers"), Skilled = F("skilled-workers"), Away = F("away"), Helpers = F("helpers"),
        Schooling = F("schooling"), Ill = F("seriously-ill"), Chronic = F("chronically-ill"), Disabled = F("disabled"), OutOfSchool = F("out-of-school"), Uninsured = F("uninsured"),
        HeadSex = F("head-sex"), HeadAge = F("head-age"), HeadEthnicity = F("head-ethnicity");

    private readonly HashSet<int> met = [];

    public void Add(int row, in MemberLine member)
    {
        if (met.Add(row)) Begin(row);
        var (young, old) = Age(member);
        var child = Below(young, old, 16);
        var working = Both(Not(child), Below(young, old, 70));
        Count(People, row, true);
        Count(Children, row, child);
        Count(Elders, row, Not(Below(young, old, 60)));
        Count(Workers, row, member.Labour is null ? null : member.Labour is "skilled" or "ordinary");
        Count(Skilled, row, member.Labour is null ? null : member.Labour == "skilled");
        bool? away = member.AwayMonths is { } months ? months >= 6 : null;
        Count(Away, row, away);
        Count(Helpers, row, Both(Both(working, member.Labour is null ? null : member.Labour != "none"), Not(away)));
        Count(Ill, row, Is(member.Health, "serious"));
        Count(Chronic, row, Is(member.Health, "chronic"));
        Count(Disabled, row, Is(member.Health, "disabled"));
        Count(OutOfSchool, row, Both(Both(Not(Below(young, old, 6)), child), Not(member.InSchool)));
        Count(Uninsured, row, Not(member.Insurance));
        var (least, most) = Degree(member.Schooling);
        var (low, high) = features[Schooling, row];
        features.Set(Schooling, row, Math.Max(low, least), Math.Max(high, most));
        if (member.Relation != "head") return;
        features.Set(HeadSex, row, member.Sex);
        features.Set(HeadAge, row, young, old);
        features.Set(HeadEthnicity, row, member.Ethnicity);
    }

    // A household of which no member is written down stays unknown; of the others each count begins at none.
    private void Begin(int row)
    {
        foreach (var feature in new[] { People, Children, Elders, Workers, Skilled, Away, Helpers, Ill, Chronic, Disabled, OutOfSchool, Uninsured, Schooling }) features.Set(feature, row, 0, 0);
    }

    private void Count(Feature feature, int row, bool? counts)
    {
        if (counts == false) return;
        var (low, high) = features[feature, row];
        features.Set(feature, row, counts == true ? low + 1 : low, high + 1);
    }

    private (int Young, int Old) Age(in MemberLine member)
    {
        if (member.BirthDay is { } day)
        {
            var age = Math.Max(0, today.Year - day.Year - (day.AddYears(today.Year - day.Year) > today ? 1 : 0));
            return (age, age);
        }
        // Of the year alone it is open whether the birthday has been.
        return member.BirthYear is { } year ? (Math.Max(0, today.Year - year - 1), Math.Max(0, today.Year - year)) : (0, 130);
    }

    private static bool? Below(int young, int old, int age) => old < age ? true : young >= age ? false : null;

    private static bool? Not(bool? one) => !one;

    private static bool? Both(bool? one, bool? other) => one & other;

    private static bool? Is(string? health, string what) => health is null ? null : health == what;

    private static (int Least, int Most) Degree(string? schooling)
    {
        for (var i = 0; i < Schooling.Choices.Count; i++)
            if (Schooling.Choices[i] == schooling) return (i, i);
        return (Schooling.Least, Schooling.Most);
    }

    private static Feature F(string key) => HouseholdFeature.Of(key);
}
