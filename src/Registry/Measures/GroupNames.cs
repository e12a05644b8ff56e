using System.Globalization;

namespace Shanhuo.Registry.Measures;

/// <summary>The groups of households, shared by the samples that are compared.</summary>
internal sealed class GroupNames
{
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private readonly List<string> names = [];

    public int Count => names.Count;

    public string this[int group] => names[group];

    public int NumberOf(string name)
    {
        if (numbers.TryGetValue(name, out var number)) return number;
        names.Add(name);
        return numbers[name] = names.Count - 1;
    }

    /// <summary>By number where all names are whole numbers, else by character; the group without a name first.</summary>
    public int[] InOrder()
    {
        var order = Enumerable.Range(0, names.Count).ToArray();
        var values = new decimal[names.Count];
        var areNumbers = names.Select((name, i) => name.Length is > 0 and <= 20 && name.All(char.IsAsciiDigit) && decimal.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out values[i])).All(is_ => is_);
        Array.Sort(order, (a, b) => areNumbers && values[a] != values[b] ? values[a].CompareTo(values[b]) : string.CompareOrdinal(names[a], names[b]));
        return order;
    }
}
