namespace Shanhuo.Registry.Households;

/// <summary>Who stays in the village while those who would care or earn are away most of the year (留守儿童, 留守老人, 留守妇女).</summary>
/// <remarks>Away: six months a year or more, the line that the census draws between residents and others. Child: under 16, all parents of the household away, or one away and the other without ability to care (State Council, opinion no. 13 of 2016). Elder: 60 or older, with children of working age who are all away. Woman: 20 to 59, her husband away. Who is one of them is not known as long as it hangs on a blank.</remarks>
internal static class LeftBehind
{
    private const int AwayMonths = 6;

    /// <summary>Marks each member: <c>child</c>, <c>elder</c>, <c>woman</c>, <c>unknown</c> where a blank decides, or null.</summary>
    /// <param name="members">Of one household.</param>
    /// <param name="today">For ages.</param>
    public static IReadOnlyDictionary<long, string> Of(IReadOnlyCollection<Member> members, DateOnly today)
    {
        var marks = new Dictionary<long, string>();
        var spouses = members.Where(m => m.Relation is "head" or "spouse").ToList();
        foreach (var member in members.Where(m => IsAway(m) != true))
        {
            if (Age(member, today) is not { } age) continue;
            bool? behind = null;
            string? kind = null;
            if (age < 16 && member.Relation is "child" or "grandchild" && age < 16)
            {
                var parents = member.Relation == "child" ? spouses : members.Where(m => m.Relation is "child" or "child-in-law" && Age(m, today) is >= 16).ToList();
                (kind, behind) = ("child", parents.Count == 0 ? false : And(parents.Select(p => Or(IsAway(p), p.Labour is null && p.Health is null ? false : p.Labour == "none" && p.Health is "serious" or "disabled"))) is true && parents.Exists(p => IsAway(p) == true) ? true : And(parents.Select(p => Or(IsAway(p), false))));
            }
            else if (age >= 60)
            {
                var young = (member.Relation == "parent" ? spouses : members.Where(m => m.Relation is "child" or "child-in-law")).Where(m => m.Id != member.Id && Age(m, today) is >= 16 and < 60).ToList();
                (kind, behind) = ("elder", young.Count == 0 ? false : And(young.Select(IsAway)));
            }
            else if (member.Sex == "female" && age is >= 20 and < 60 && member.Relation is "head" or "spouse" && member.Sex == "female")
                (kind, behind) = ("woman", spouses.Find(m => m.Id != member.Id && m.Sex == "male") is { } husband ? IsAway(husband) : false);
            if (kind is not null && behind != false) marks[member.Id] = behind == true ? kind : "unknown";
        }
        return marks;
    }

    /// <summary>Age in whole years; null when neither day nor year of birth is known.</summary>
    public static int? Age(Member member, DateOnly today) => member.BirthDay is { } born ? today.Year - born.Year - (today < born.AddYears(today.Year - born.Year) ? 1 : 0) : today.Year - member.BirthYear;

    private static bool? IsAway(Member member) => member.AwayMonths is { } months ? months >= AwayMonths : null;

    private static bool? And(IEnumerable<bool?> all)
    {
        bool? result = true;
        foreach (var one in all)
        {
            if (one == false) return false;
            if (one is null) result = null;
        }
        return result;
    }

    private static bool? Or(bool? a, bool? b) => a == true || b == true ? true : a is null || b is null ? null : false;
}
