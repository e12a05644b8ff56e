using Shanhuo.Kernel;

namespace Shanhuo.Surveys.Forms.XPath;

internal enum XTokenKind { Number, Text, Reference, Self, Name, Operator, End }

/// <summary>A word of an expression.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Without quotes or <c>${ }</c>.</param>
/// <param name="Column">Its first character in the cell, from 1.</param>
internal readonly record struct XToken(XTokenKind Kind, string Text, int Column)
{
    private static readonly string[] Signs = ["!=", "<=", ">=", "=", "<", ">", "+", "-", "*", "(", ")", ","];
    private static readonly string[] Words = ["and", "or", "div", "mod"];

    public bool Is(string sign) => Kind == XTokenKind.Operator && Text == sign;

    /// <summary>All words of an expression, the last of kind <see cref="XTokenKind.End"/>.</summary>
    /// <exception cref="XPathRefused">A character that has no place in it.</exception>
    public static List<XToken> Split(string text, Place place)
    {
        var found = new List<XToken>();
        for (var i = 0; i < text.Length;)
        {
            var (start, c) = (i, text[i]);
            if (char.IsWhiteSpace(c)) i++;
            else if (c is '\'' or '"' or '‘' or '’' or '“' or '”')
            {
                // Sheet programs turn straight quotes into curly ones.
                var ends = c switch { '‘' or '’' => "’‘'", '“' or '”' => "”“\"", _ => c.ToString() };
                var end = text.AsSpan(i + 1).IndexOfAny(ends);
                if (end < 0) throw Bad(c, start);
                found.Add(new(XTokenKind.Text, text.Substring(i + 1, end), start + 1));
                i += end + 2;
            }
            else if (char.IsAsciiDigit(c) || c == '.' && i + 1 < text.Length && char.IsAsciiDigit(text[i + 1]))
            {
                while (i < text.Length && char.IsAsciiDigit(text[i])) i++;
                if (i < text.Length && text[i] == '.') for (i++; i < text.Length && char.IsAsciiDigit(text[i]);) i++;
                found.Add(new(XTokenKind.Number, text[start..i], start + 1));
            }
            else if (c == '$' && text.AsSpan(i).StartsWith("${"))
            {
                var end = text.IndexOf('}', i);
                if (end < 0) throw Bad(c, start);
                found.Add(new(XTokenKind.Reference, text[(i + 2)..end].Trim(), start + 1));
                i = end + 1;
            }
            else if (c == '.' && !text.AsSpan(i).StartsWith(".."))
            {
                found.Add(new(XTokenKind.Self, ".", start + 1));
                i++;
            }
            else if (c is '.' or '/' or '[' or ']' or '|' or '@' or ':') throw new XPathRefused(new("form.xpath-path", place, c.ToString(), start + 1));
            else if (char.IsLetter(c) || c == '_')
            {
                while (i < text.Length && (char.IsLetterOrDigit(text[i]) || text[i] is '_' or '-' || text[i] == '.' && i + 1 < text.Length && char.IsLetterOrDigit(text[i + 1]))) i++;
                var word = text[start..i];
                // An operator's name is a name where an operand is due (XPath 1.0, 3.7).
                var operand = found.Count > 0 && (found[^1].Kind != XTokenKind.Operator || found[^1].Text == ")");
                found.Add(new(operand && Words.Contains(word) ? XTokenKind.Operator : XTokenKind.Name, word, start + 1));
            }
            else if (Signs.FirstOrDefault(s => string.CompareOrdinal(text, start, s, 0, s.Length) == 0) is { } sign)
            {
                found.Add(new(XTokenKind.Operator, sign, start + 1));
                i += sign.Length;
            }
            else throw Bad(c, start);
        }
        found.Add(new(XTokenKind.End, "", text.Length + 1));
        return found;

        XPathRefused Bad(char c, int column) => new(new("form.xpath", place, c.ToString(), column + 1));
    }
}
