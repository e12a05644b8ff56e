using System.Text.Json;
using Shanhuo.Kernel;

namespace Shanhuo.Settlement.Schemes;

/// <summary>A value in a scheme document with its path; every reading that fails logs one fault and gives null.</summary>
internal sealed class Node(JsonElement element, string path, FaultLog log)
{
    public FaultLog Log => log;

    /// <summary>Logs a fault at a key below this value, or at this value when the key is empty.</summary>
    public void Fault(string key, string code, params object[] arguments) => log.Add(Below(key), code, arguments);

    /// <summary>Is it an object with no other keys than these, none twice? Says each key that is wrong; true also then, so that the rest is checked too.</summary>
    public bool IsObject(params string[] keys)
    {
        if (element.ValueKind != JsonValueKind.Object) return Wrong("scheme.kind-object");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in element.EnumerateObject())
        {
            var name = Name(property);
            if (!keys.Contains(name)) Fault(name, "scheme.unknown-key", name, string.Join(", ", keys));
            else if (!seen.Add(name)) Fault(name, "scheme.double-key", name);
        }
        return true;
    }

    /// <summary>Is it exactly this text?</summary>
    public bool IsText(string word) => element.ValueKind == JsonValueKind.String && element.ValueEquals(word);

    /// <summary>As <see cref="IsObject"/>, for a value that may also be the word reduce.</summary>
    public bool IsObjectOrWord(params string[] keys) => element.ValueKind == JsonValueKind.Object ? IsObject(keys) : Wrong("scheme.kind-short");

    /// <summary>The value of a key; null where there is none.</summary>
    public Node? Find(string key) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(key, out var value) ? new Node(value, Below(key), log) : null;

    /// <summary>Is there such a key?</summary>
    public bool Has(string key) => Find(key) is not null;

    /// <summary>The value of a key that must be there.</summary>
    public Node? Required(string key)
    {
        var found = Find(key);
        if (found is null) Fault(key, "scheme.missing-key", key);
        return found;
    }

    /// <summary>A list with at least one entry.</summary>
    public List<Node>? List()
    {
        if (element.ValueKind != JsonValueKind.Array)
        {
            Wrong("scheme.kind-list");
            return null;
        }
        var list = element.EnumerateArray().Select((entry, i) => new Node(entry, $"{path}[{i}]", log)).ToList();
        if (list.Count > 0) return list;
        Fault("", "scheme.empty-list");
        return null;
    }

    /// <summary>Text that is not empty.</summary>
    public string? Text()
    {
        if (element.ValueKind != JsonValueKind.String)
        {
            Wrong("scheme.kind-text");
            return null;
        }
        try
        {
            var text = element.GetString()!;
            if (!string.IsNullOrWhiteSpace(text)) return text;
            Fault("", "scheme.empty-text");
        }
        catch (InvalidOperationException)
        {
            Fault("", "scheme.broken-text"); // an escaped half of a surrogate pair
        }
        return null;
    }

    /// <summary>The word true; anything else is a fault.</summary>
    public bool True()
    {
        if (element.ValueKind == JsonValueKind.True) return true;
        Wrong("scheme.kind-true");
        return false;
    }

    /// <summary>true or false.</summary>
    public bool? YesOrNo()
    {
        if (element.ValueKind is JsonValueKind.True or JsonValueKind.False) return element.GetBoolean();
        Wrong("scheme.kind-yes-or-no");
        return null;
    }

    public Rate? Rate()
    {
        if (Text() is not { } text) return null;
        if (Words.TryRate(text, out var rate)) return rate;
        Fault("", "scheme.not-a-rate", text);
        return null;
    }

    public Fen? Money()
    {
        if (Text() is not { } text) return null;
        if (Words.TryMoney(text, out var fen)) return fen;
        Fault("", "scheme.not-money", text, Numerals.Largest);
        return null;
    }

    /// <summary>A whole number, at least 1.</summary>
    public long? Weight()
    {
        if (element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out var weight) && weight >= 1) return weight;
        Fault("", "scheme.weight", element.GetRawText());
        return null;
    }

    public T? Word<T>(IReadOnlyDictionary<string, T> words) where T : struct
    {
        if (Text() is not { } text) return null;
        if (words.TryGetValue(text, out var value)) return value;
        Fault("", "scheme.unknown-word", text, string.Join(", ", words.Keys));
        return null;
    }

    public SchemeRole? Role()
    {
        if (Text() is not { } text) return null;
        if (Roles.TryParse(text, out var role)) return role;
        Fault("", "scheme.unknown-role", text, string.Join(", ", Roles.All.Select(known => known.Name())));
        return null;
    }

    /// <summary>A role that may pay on top or bear.</summary>
    public SchemeRole? Payer()
    {
        if (Role() is not { } role) return null;
        if (role.MayPay()) return role;
        Fault("", "scheme.may-not-pay", role.Name(), string.Join(", ", Roles.All.Where(Roles.MayPay).Select(payer => payer.Name())));
        return null;
    }

    private string Below(string key) => key.Length == 0 ? path : path.Length == 0 ? key : $"{path}.{key}";

    private bool Wrong(string code)
    {
        var raw = element.GetRawText();
        Fault("", code, raw.Length <= 40 ? raw : raw[..40] + "…");
        return false;
    }

    private static string Name(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return "?"; // an escaped half of a surrogate pair: no key of ours
        }
    }
}
