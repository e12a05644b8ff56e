using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;

namespace Shanhuo.Kernel;

/// <summary>The two languages of the program.</summary>
public enum Language
{
    /// <summary>简体中文, the first language.</summary>
    Zh,

    /// <summary>English.</summary>
    En,
}

/// <summary>Every text of the program in both languages, read once from the <c>*.texts</c> files beside the pages.</summary>
/// <remarks>A block is the key at the start of a line, then <c>  zh …</c> and <c>  en …</c>; a further line indented by four continues the text; lines that start with # are remarks.</remarks>
public sealed class Texts
{
    private readonly FrozenDictionary<string, (string Zh, string En)> all;

    /// <summary>Reads the texts of these assemblies.</summary>
    /// <exception cref="FormatException">A key stands twice, or lacks a language.</exception>
    public Texts(IEnumerable<Assembly> assemblies)
    {
        var found = new Dictionary<string, (string Zh, string En)>(StringComparer.Ordinal);
        foreach (var assembly in assemblies.Distinct())
            foreach (var name in assembly.GetManifestResourceNames().Where(n => n.EndsWith(".texts", StringComparison.Ordinal)))
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                foreach (var (key, text) in Read(reader, $"{assembly.GetName().Name}/{name}"))
                    if (!found.TryAdd(key, text)) throw new FormatException($"{name}: the text '{key}' stands twice.");
            }
        all = found.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>All keys with both texts.</summary>
    public IReadOnlyDictionary<string, (string Zh, string En)> All => all;

    /// <summary>The text in a language, its {0}, {1}… filled; the key itself in brackets when there is none, which a test forbids.</summary>
    public string Say(Language language, string key, params object[] arguments)
    {
        if (!all.TryGetValue(key, out var both)) return $"[{key}]";
        var text = language == Language.Zh ? both.Zh : both.En;
        return arguments.Length == 0 ? text : string.Format(CultureInfo.InvariantCulture, text, arguments);
    }

    /// <summary>Is there such a text?</summary>
    public bool Has(string key) => all.ContainsKey(key);

    /// <summary>The refusal in words, with its place in front.</summary>
    public string Say(Language language, Refusal refusal)
    {
        var why = Say(language, refusal.Code, refusal.Arguments);
        return refusal.Where.File is null ? why : $"{refusal.Where}: {why}";
    }

    private static IEnumerable<(string Key, (string, string) Text)> Read(TextReader reader, string file)
    {
        string? key = null, zh = null, en = null;
        var inEnglish = false;
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#') continue;
            if (line.StartsWith("    ", StringComparison.Ordinal))
            {
                if (inEnglish) en += "\n" + line[4..]; else zh += "\n" + line[4..];
            }
            else if (line.StartsWith("  zh ", StringComparison.Ordinal)) (zh, inEnglish) = (line[5..], false);
            else if (line.StartsWith("  en ", StringComparison.Ordinal)) (en, inEnglish) = (line[5..], true);
            else if (line[0] != ' ')
            {
                if (key is not null) yield return (key, Whole());
                (key, zh, en) = (line.Trim(), null, null);
            }
            else throw new FormatException($"{file}: cannot read the line '{line}'.");
        }
        if (key is not null) yield return (key, Whole());

        (string, string) Whole() => zh is not null && en is not null ? (zh, en) : throw new FormatException($"{file}: the text '{key}' lacks a language.");
    }
}
