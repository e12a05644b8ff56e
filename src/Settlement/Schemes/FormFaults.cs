using System.Text.RegularExpressions;
using Shanhuo.Kernel;

namespace Shanhuo.Settlement.Schemes;

/// <summary>Where in the form a fault of the document stands, and in whose words it is said.</summary>
internal static partial class FormFaults
{
    /// <summary>The field of a place in the document: <c>steps[3].rate</c> is <c>Steps[3].Rate</c>.</summary>
    public static string Field(Refusal fault)
    {
        var path = fault.Where.Column ?? "";
        if (path is "" or "name" or "steps") return path.Length == 0 ? "" : path == "name" ? nameof(SchemeForm.Name) : nameof(SchemeForm.Steps);
        if (path.StartsWith("refunds", StringComparison.Ordinal)) return nameof(SchemeForm.RefundBearer);
        if (path.StartsWith("close", StringComparison.Ordinal)) return path.Length > 6 ? Pascal(path[6..]) : nameof(SchemeForm.Patronage);
        if (InStep().Match(path) is not { Success: true } found) return "";
        var (step, key, index, part) = ($"Steps[{found.Groups["n"].Value}]", found.Groups["key"].Value, found.Groups["i"].Value, found.Groups["part"].Value);
        if (key.StartsWith("ifShort", StringComparison.Ordinal)) key = "bearers";
        if (key.StartsWith("when.", StringComparison.Ordinal)) return $"{step}.{Pascal(key[5..])}";
        if (key is "split" or "bearers" && index.Length > 0) return $"{step}.{Pascal(key)}[{index}].{(part.Length > 0 ? Pascal(part) : "To")}";
        return key switch
        {
            "" or "rest" => $"{step}.Kind",
            "when" => $"{step}.Channel",
            "contained" => $"{step}.Rate",
            _ => $"{step}.{Pascal(key)}",
        };
    }

    /// <summary>The step at which a fault stands, from 0; null: at none.</summary>
    public static int? Step(Refusal fault) => InStep().Match(fault.Where.Column ?? "") is { Success: true } found ? int.Parse(found.Groups["n"].ValueSpan, System.Globalization.CultureInfo.InvariantCulture) : null;

    /// <summary>The fault in words: those of the form where it has its own, since nobody there sees the keys of a document; roles by their names.</summary>
    public static string Say(Refusal fault, Say say, Texts texts)
    {
        var own = "scheme.form" + fault.Code["scheme".Length..];
        var arguments = fault.Arguments.Select(a => a is string name && Roles.TryParse(name, out var role) ? say[Sentences.Key(role)] : a).ToArray();
        return say[texts.Has(own) ? own : fault.Code, arguments];
    }

    private static string Pascal(string key) => key.Length == 0 ? key : char.ToUpperInvariant(key[0]) + key[1..];

    [GeneratedRegex(@"^steps\[(?<n>\d+)\]\.?(?<key>(when\.|ifShort\.)?[A-Za-z]*)(\[(?<i>\d+)\])?\.?(?<part>[a-z]*)$", RegexOptions.CultureInvariant)]
    private static partial Regex InStep();
}
