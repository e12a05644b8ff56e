using System.Globalization;

namespace Shanhuo.Bench;

/// <summary>The options behind a verb, each a name and a value.</summary>
internal sealed class Options(IEnumerable<string> arguments)
{
    private readonly string[] all = [.. arguments];

    public string Text(string name, string otherwise) => Array.IndexOf(all, name) is >= 0 and var at && at + 1 < all.Length ? all[at + 1] : otherwise;

    public long Number(string name, long otherwise) => long.Parse(Text(name, otherwise.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);
}
