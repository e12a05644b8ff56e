using Shanhuo.Registry.Households;
using Shanhuo.Registry.Households.Fields;

namespace Shanhuo.Registry.Targeting.Features;

/// <summary>All features of a household by key. Numbers of people count members of today; "away" is six months a year or more.</summary>
internal static class HouseholdFeature
{
    private const int MostPeople = 60;
    private static readonly string[] Ethnicities = [.. RegisterFields.Find(FieldOwner.Member, "ethnicity")!.Choices];

    public static IReadOnlyList<Feature> All { get; } = [.. Made().Select((f, i) => f with { Index = i })];

    /// <summary>What rules may ask for.</summary>
    public static IReadOnlyList<Feature> ForRules { get; } = [.. All.Where(f => !f.ForGroups)];

    private static readonly Dictionary<string, Feature> ByKey = All.ToDictionary(f => f.Key, StringComparer.Ordinal);

    public static Feature? Find(string key) => ByKey.GetValueOrDefault(key);

    /// <exception cref="KeyNotFoundException">There is none of the key.</exception>
    public static Feature Of(string key) => ByKey[key];

    private static IEnumerable<Feature> Made()
    {
        foreach (var field in RegisterFields.OfHousehold)
            switch (field.Kind)
            {
                case FieldKind.YesNo: yield return YesNo(field.Key, field.Key); break;
                case FieldKind.Choice: yield return Choice(field.Key, field.TextKey, field.Choices, field.Key); break;
                case FieldKind.Mu: yield return Number(field.Key, "mu", 100, (int)field.Most, field.Key); break;
                case FieldKind.Money: yield return Number(field.Key, "yuan", 100, Feature.Largest, field.Key); break;
                case FieldKind.Whole: yield return Number(field.Key, field.Key == "station-distance" ? "m" : "heads", 1, (int)field.Most, field.Key); break;
            }
        yield return People("people", "name");
        yield return People("children", "birth-day", "birth-year");
        yield return People("elders", "birth-day", "birth-year");
        yield return People("workers", "labour");
        yield return People("skilled-workers", "labour");
        yield return People("away", "away-months");
        yield return People("helpers", "birth-day", "birth-year", "labour", "away-months");
        yield return Choice("schooling", "register.schooling", RegisterFields.Find(FieldOwner.Member, "schooling")!.Choices, "schooling");
        yield return People("seriously-ill", "health");
        yield return People("chronically-ill", "health");
        yield return People("disabled", "health");
        yield return People("out-of-school", "birth-day", "birth-year", "in-school");
        yield return People("uninsured", "insurance");
        foreach (var cause in PovertyCause.All) yield return YesNo("cause-" + cause);
        yield return YesNo("registered");
        yield return YesNo("exited");
        yield return YesNo("monitored");
        yield return Money("net-income") with { Least = -Feature.Largest };
        yield return Money("gross-income");
        yield return YesNo("station-active");
        yield return Money("village-sales");
        yield return Money("received");
        yield return YesNo("trained");
        yield return YesNo("credit");
        yield return Choice("head-sex", "register.sex", ["female", "male"], "sex") with { ForGroups = true };
        yield return Number("head-age", "years", 1, 130, "birth-day", "birth-year") with { ForGroups = true };
        yield return Choice("head-ethnicity", "register.ethnicity", Ethnicities, "ethnicity") with { ForGroups = true };
    }

    private static Feature YesNo(string key, params string[] fields) => new(key, FeatureKind.YesNo) { Fields = fields };

    private static Feature Choice(string key, string texts, IReadOnlyList<string> choices, params string[] fields) => new(key, FeatureKind.Choice) { Most = choices.Count - 1, Choices = choices, ChoiceKey = texts, Fields = fields };

    private static Feature Number(string key, string unit, int scale, int most, params string[] fields) => new(key, FeatureKind.Number) { Unit = unit, Scale = scale, Most = most, Fields = fields };

    private static Feature Money(string key) => Number(key, "yuan", 100, Feature.Largest);

    private static Feature People(string key, params string[] fields) => Number(key, "people", 1, MostPeople, fields);
}
