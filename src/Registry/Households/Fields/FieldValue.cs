using System.Globalization;
using Shanhuo.Kernel;

namespace Shanhuo.Registry.Households.Fields;

/// <summary>Reads what people type or what stands in a cell into the one spelling that a field keeps.</summary>
internal static class FieldValue
{
    private static readonly string[] Yes = ["1", "是", "有", "yes", "y", "true", "TRUE"], No = ["0", "否", "无", "没有", "no", "n", "false", "FALSE"];
    private static readonly string[] Days = ["yyyy-M-d", "yyyy/M/d", "yyyy.M.d", "yyyyMMdd", "yyyy年M月d日"];

    /// <summary>The value in its one spelling; null when the text is blank, which means unknown. Choices are taken as code or by their name in either language.</summary>
    /// <param name="field">The field.</param>
    /// <param name="text">What was typed.</param>
    /// <param name="today">No day may be after it.</param>
    /// <param name="texts">Names of choices; null: only codes are taken.</param>
    /// <param name="where">The cell or input, for the refusal.</param>
    public static Outcome<string?> TryRead(RegisterField field, string? text, DateOnly today, Texts? texts, Place where)
    {
        var clean = (text ?? "").Trim();
        if (clean.Length == 0) return field.IsRequired ? new Refusal("register.required", where) : (string?)null!;
        switch (field.Kind)
        {
            case FieldKind.Text:
                if (clean.Length > field.Most || clean.Any(char.IsControl)) return new Refusal("register.too-long", where, field.Most);
                return field.Key == "book" ? Numerals.Narrow(clean).Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant() : clean;
            case FieldKind.Choice:
                if (field.Choices.FirstOrDefault(c => c == clean) is { } code) return code;
                if (texts is not null && field.Choices.FirstOrDefault(c => NameIs(texts, field, c, clean)) is { } named) return named;
                return new Refusal("register.no-choice", where, Short(clean), texts is null ? string.Join(", ", field.Choices.Take(12)) : string.Join("、", field.Choices.Take(12).Select(c => texts.Say(Language.Zh, $"{field.TextKey}.{c}"))));
            case FieldKind.YesNo:
                return Yes.Contains(clean) ? "1" : No.Contains(clean) ? "0" : new Refusal("register.yes-no", where, Short(clean));
            case FieldKind.Whole:
                return Numerals.TryParseFixed(clean, 0, out var whole) && whole >= field.Least && whole <= field.Most ? whole.ToString(CultureInfo.InvariantCulture)
                    : new Refusal("register.whole", where, Short(clean), field.Least, field.Most);
            case FieldKind.Mu:
            case FieldKind.Money:
                return Numerals.TryParseFixed(clean.Replace("亩", "", StringComparison.Ordinal), 2, out var hundredths) && hundredths >= 0 && hundredths <= field.Most ? hundredths.ToString(CultureInfo.InvariantCulture)
                    : new Refusal("register.amount", where, Short(clean), field.Most / 100);
            case FieldKind.Day:
                if (!DateOnly.TryParseExact(Numerals.Narrow(clean), Days, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return new Refusal("register.day", where, Short(clean));
                return day > today ? new Refusal("register.future", where, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)) : day < today.AddYears(-130) ? new Refusal("register.long-ago", where, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))
                    : day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            case FieldKind.Identity:
                return IdentityNumber.Parse(clean, today).Ok(out var number, out var no) ? number.Text : no with { Where = where };
            default:
                var digits = string.Concat(Numerals.Narrow(clean).Where(c => c is not (' ' or '-' or '(' or ')')));
                return digits.TrimStart('+').All(char.IsAsciiDigit) && digits.Length is >= 7 and <= 16 ? digits : new Refusal("register.phone-number", where);
        }
    }

    /// <summary>A kept value as people read it; of a secret field its mask must be given instead.</summary>
    public static string Show(RegisterField field, string? kept, Func<string, string> say) => kept is null ? say("register.unknown") : field.Kind switch
    {
        FieldKind.Choice => say($"{field.TextKey}.{kept}"),
        FieldKind.YesNo => say(kept == "1" ? "register.yes" : "register.no"),
        FieldKind.Mu => string.Create(CultureInfo.InvariantCulture, $"{long.Parse(kept, CultureInfo.InvariantCulture) / 100m:0.##} {say("register.mu")}"),
        FieldKind.Money => new Fen(long.Parse(kept, CultureInfo.InvariantCulture)).ToString(),
        _ => kept,
    };

    private static bool NameIs(Texts texts, RegisterField field, string code, string name) =>
        string.Equals(texts.Say(Language.Zh, $"{field.TextKey}.{code}"), name, StringComparison.Ordinal) || string.Equals(texts.Say(Language.En, $"{field.TextKey}.{code}"), name, StringComparison.OrdinalIgnoreCase);

    private static string Short(string text) => text.Length <= 20 ? text : text[..20] + "…";
}
