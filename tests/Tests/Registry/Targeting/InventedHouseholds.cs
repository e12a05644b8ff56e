using Shanhuo.Kernel;
using Shanhuo.Registry.Targeting.Features;

namespace Shanhuo.Tests.Registry.Targeting;

/// <summary>Households of whom everything is known, drawn by a seed, and blanks put into them.</summary>
internal static class InventedHouseholds
{
    public static HouseholdFeatures Make(int count, int seed)
    {
        var chance = new Random(seed);
        var features = new HouseholdFeatures([.. Enumerable.Range(1, count).Select(i => (long)i)], [.. Enumerable.Range(0, count).Select(i => new AreaCode(620525_100_201 + i * 20 / count))]);
        for (var row = 0; row < count; row++)
            foreach (var feature in HouseholdFeature.All)
                features.Set(feature, row, feature.Kind == FeatureKind.Number ? chance.NextInt64(feature.Scale == 100 ? 0 : feature.Least, feature.Unit switch { "yuan" => 12_000_00, "mu" => 15_00, "m" => 16_000, "people" => 5, "years" => 90, _ => 20 }) : chance.NextInt64(feature.Least, feature.Most + 1L));
        return features;
    }

    /// <summary>The same with some values wholly unknown and some numbers only between two others.</summary>
    public static HouseholdFeatures Blanked(HouseholdFeatures whole, double share, int seed)
    {
        var chance = new Random(seed);
        var features = whole.Take([.. Enumerable.Range(0, whole.Count)]);
        for (var row = 0; row < features.Count; row++)
            foreach (var feature in HouseholdFeature.All)
            {
                if (chance.NextDouble() >= share) continue;
                var (low, high) = features[feature, row];
                if (feature.Kind == FeatureKind.Number && chance.Next(3) == 0) features.Set(feature, row, Math.Max(feature.Least, (long)low - chance.Next(500)), Math.Min(feature.Most, (long)high + chance.Next(500)));
                else features.Blank(feature, row);
            }
        return features;
    }

    /// <summary>A random rule document: conditions nested, a score and a cut-off in one of two.</summary>
    public static string Rule(Random chance)
    {
        var score = chance.Next(2) == 0;
        return $$"""{ "name": { "zh": "随机", "en": "random" }, "source": { "zh": "种子", "en": "seed" }, "pick": {{Condition(chance, 3)}}{{(score ? $$""", "score": { "start": {{chance.Next(20)}}, "terms": [{{Term(chance)}}, {{Term(chance)}}, {{Term(chance)}}] }, "pick-{{(chance.Next(2) == 0 ? "at-least" : "below")}}": {{chance.Next(5, 60)}}""" : "")}} }""";
    }

    private static string Condition(Random chance, int depth)
    {
        if (depth > 0 && chance.Next(3) > 0)
        {
            var parts = string.Join(", ", Enumerable.Range(0, chance.Next(1, 5)).Select(_ => Condition(chance, depth - 1)));
            return chance.Next(4) switch { 0 => $$"""{ "all": [{{parts}}] }""", 1 => $$"""{ "any": [{{parts}}] }""", 2 => $$"""{ "of": [{{parts}}], "at-least": 1 }""", _ => $$"""{ "not": {{Condition(chance, depth - 1)}} }""" };
        }
        var feature = HouseholdFeature.ForRules[chance.Next(HouseholdFeature.ForRules.Count)];
        return feature.Kind switch
        {
            FeatureKind.YesNo => $$"""{ "feature": "{{feature.Key}}", "is": {{(chance.Next(2) == 0 ? "true" : "false")}} }""",
            FeatureKind.Choice => $$"""{ "feature": "{{feature.Key}}", "in": ["{{feature.Choices[0]}}", "{{feature.Choices[chance.Next(feature.Choices.Count)]}}"] }""",
            _ => $$"""{ "feature": "{{feature.Key}}", {{(chance.Next(3) == 0 ? "\"between\": [1, 40]" : $"\"{new[] { "below", "at-most", "above", "at-least" }[chance.Next(4)]}\": {chance.Next(1, feature.Unit == "people" ? 50 : 6000)}")}} }""",
        };
    }

    private static string Term(Random chance)
    {
        while (true)
        {
            var feature = HouseholdFeature.ForRules[chance.Next(HouseholdFeature.ForRules.Count)];
            if (feature.Kind == FeatureKind.YesNo) return $$"""{ "feature": "{{feature.Key}}", "points": { "no": {{chance.Next(-10, 10)}}, "yes": {{chance.Next(20)}} } }""";
            if (feature.Kind == FeatureKind.Choice) continue;
            return chance.Next(2) == 0 ? $$"""{ "feature": "{{feature.Key}}", "per": {{chance.Next(-50, 50)}}e-2, "from": 0, "to": 30 }""" : $$"""{ "feature": "{{feature.Key}}", "bands": [{ "below": 2, "points": {{chance.Next(20)}} }, { "below": 5, "points": {{chance.Next(20)}}.5 }, { "points": {{chance.Next(20)}} }] }""";
        }
    }
}
