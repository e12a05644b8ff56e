using System.Globalization;
using Shanhuo.Kernel;

namespace Shanhuo.Surveys.FigureAudit;

/// <summary>A stated relation between figures: <c>= Z01 - Z47</c>, <c>L13 = 0</c>. Signs + - * / and brackets; = &lt; &gt; &lt;= &gt;=.</summary>
/// <remarks>Computed on the intervals of the figures, so it fails only when no values that could have been printed so would satisfy it.</remarks>
internal sealed class Relation
{
    /// <summary>Longest text taken; also keeps the depth of brackets small.</summary>
    public const int Longest = 200;

    private readonly string text;
    private readonly Func<string, Span?> value;
    private int at;
    private bool unknown;

    private Relation(string text, Func<string, Span?> value) => (this.text, this.value) = (text, value);

    /// <summary>The ids that it names, without doubles.</summary>
    /// <returns>False when the text is no relation.</returns>
    public static bool TryParse(string text, out IReadOnlyList<string> ids)
    {
        var named = new List<string>();
        ids = named;
        if (text.Length > Longest) return false;
        var relation = new Relation(Narrow(text), id =>
        {
            if (!named.Contains(id)) named.Add(id);
            return Span.Exactly(1);
        });
        return relation.Judge(Span.Exactly(1)) is not null;
    }

    /// <summary>Both sides, the sign and whether they can agree; <c>Holds</c> is null when a figure in it is unknown.</summary>
    public static (bool? Holds, Span Left, Span Right, string Sign) Judge(string text, Span? own, Func<string, Span?> value)
    {
        var relation = new Relation(Narrow(text), value);
        return relation.Judge(own) is { } judged && !relation.unknown ? judged : (null, default, default, "");
    }

    private (bool? Holds, Span Left, Span Right, string Sign)? Judge(Span? own)
    {
        try
        {
            Blank();
            var begins = at < text.Length && "=<>".Contains(text[at], StringComparison.Ordinal);
            if (begins && own is null) unknown = true;
            if ((begins ? own ?? Span.Exactly(1) : Sum()) is not { } left || at >= text.Length || !"=<>".Contains(text[at], StringComparison.Ordinal)) return null;
            var sign = text[at++].ToString();
            if (sign != "=" && at < text.Length && text[at] == '=') (sign, at) = (sign + "=", at + 1);
            if (Sum() is not { } right || at < text.Length) return null;
            bool holds = sign switch
            {
                "=" => left.Meets(right),
                "<" => left.Low < right.High,
                "<=" => left.Low <= right.High,
                ">" => left.High > right.Low,
                _ => left.High >= right.Low,
            };
            return (holds, left, right, sign);
        }
        catch (OverflowException)
        {
            unknown = true;
            return (null, default, default, "=");
        }
    }

    private Span? Sum()
    {
        var sum = Product();
        while (sum is { } left && at < text.Length && text[at] is '+' or '-')
        {
            var plus = text[at++] == '+';
            if (Product() is not { } right) return null;
            sum = plus ? left + right : left - right;
        }
        return sum;
    }

    private Span? Product()
    {
        var product = Factor();
        while (product is { } left && at < text.Length && text[at] is '*' or '/')
        {
            var times = text[at++] == '*';
            if (Factor() is not { } right) return null;
            if (!times && Span.Divide(left, right) is null) unknown = true;
            product = times ? left * right : Span.Divide(left, right) ?? Span.Exactly(1);
        }
        return product;
    }

    private Span? Factor()
    {
        Blank();
        var start = at;
        if (at < text.Length && text[at] == '(')
        {
            at++;
            var inside = Sum();
            if (at >= text.Length || text[at++] != ')') return null;
            Blank();
            return inside;
        }
        while (at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] is '_' or '.')) at++;
        var word = text[start..at];
        Blank();
        if (word.Length == 0) return null;
        if (char.IsAsciiDigit(word[0])) return decimal.TryParse(word, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number <= Span.Endless ? Span.Exactly(number) : null;
        if (value(word) is { } known) return known;
        unknown = true;
        return Span.Exactly(1);
    }

    private void Blank()
    {
        while (at < text.Length && text[at] == ' ') at++;
    }

    private static string Narrow(string text) => Numerals.Narrow(text).Replace('×', '*').Replace('÷', '/').Replace('−', '-').Replace("≤", "<=", StringComparison.Ordinal).Replace("≥", ">=", StringComparison.Ordinal);
}
