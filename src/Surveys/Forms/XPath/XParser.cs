using System.Globalization;
using Shanhuo.Kernel;

namespace Shanhuo.Surveys.Forms.XPath;

/// <summary>Parses the part of XPath 1.0 that XLSForms use: literals, <c>${name}</c>, <c>.</c>, operators and the functions of <see cref="XFunctions"/>. Paths (<c>/</c>, <c>..</c>, <c>[ ]</c>) are refused: a form says <c>${name}</c>.</summary>
internal sealed class XParser
{
    /// <summary>Nodes of one expression at most; keeps the tree shallow enough for any stack.</summary>
    public const int Nodes = 1_000;

    private const int Depth = 60;
    private static readonly string[][] Levels = [["or"], ["and"], ["=", "!="], ["<", "<=", ">", ">="], ["+", "-"], ["*", "div", "mod"]];

    private readonly List<XToken> tokens;
    private readonly Place place;
    private readonly bool names;
    private int at, nodes, depth;

    private XParser(List<XToken> tokens, Place place, bool names) => (this.tokens, this.place, this.names) = (tokens, place, names);

    /// <summary>Parses an expression.</summary>
    /// <param name="text">As it stands in the cell.</param>
    /// <param name="place">The cell, for a refusal.</param>
    /// <param name="bareNames">May a bare name stand for a column of the choices sheet?</param>
    /// <returns>The tree, or <c>form.xpath</c>, <c>form.xpath-path</c>, <c>form.xpath-function</c>, <c>form.xpath-arguments</c>, <c>form.xpath-long</c>, <c>form.xpath-pattern</c>.</returns>
    public static Outcome<XNode> Parse(string text, Place place, bool bareNames = false)
    {
        try
        {
            var parser = new XParser(XToken.Split(text, place), place, bareNames);
            var node = parser.Binary(0);
            return parser.Here.Kind == XTokenKind.End ? node : throw parser.Unexpected();
        }
        catch (XPathRefused no) { return no.Refusal; }
    }

    private XToken Here => tokens[at];

    private XNode Binary(int level)
    {
        if (level == Levels.Length) return Unary();
        var left = Binary(level + 1);
        while (Here.Kind == XTokenKind.Operator && Levels[level].Contains(Here.Text))
        {
            var sign = tokens[at++].Text;
            left = Counted(new XBinary(sign, left, Binary(level + 1)));
        }
        return left;
    }

    private XNode Unary()
    {
        if (!Here.Is("-")) return Primary();
        at++;
        Deeper();
        var node = Counted(new XMinus(Unary()));
        depth--;
        return node;
    }

    private XNode Primary()
    {
        var token = Here;
        switch (token.Kind)
        {
            case XTokenKind.Number: at++; return Counted(new XLiteral(XValue.Of(double.Parse(token.Text, CultureInfo.InvariantCulture))));
            case XTokenKind.Text: at++; return Counted(new XLiteral(XValue.Of(token.Text)));
            case XTokenKind.Reference: at++; return Counted(new XReference(token.Text));
            case XTokenKind.Self: at++; return Counted(new XSelf());
            case XTokenKind.Name when tokens[at + 1].Is("("): return Call();
            case XTokenKind.Name when names: at++; return Counted(new XChoiceColumn(token.Text));
            case XTokenKind.Operator when token.Text == "(":
                at++;
                Deeper();
                var inner = Binary(0);
                depth--;
                Expect(")");
                return inner;
            default: throw Unexpected();
        }
    }

    private XNode Call()
    {
        var (name, column) = (Here.Text, Here.Column);
        var function = XFunctions.Find(name) ?? throw new XPathRefused(new("form.xpath-function", place, name, column, XFunctions.Names));
        at += 2;
        Deeper();
        var arguments = new List<XNode>();
        while (!Here.Is(")"))
        {
            if (arguments.Count > 0) Expect(",");
            arguments.Add(Binary(0));
        }
        at++;
        depth--;
        var (least, most) = XFunctions.Arguments(name);
        if (arguments.Count < least || arguments.Count > most) throw new XPathRefused(new("form.xpath-arguments", place, name, arguments.Count, least, most));
        if (name == "regex" && arguments[1] is XLiteral pattern && !XFunctions.IsPattern(pattern.Value.ToText())) throw new XPathRefused(new("form.xpath-pattern", place, pattern.Value.ToText()));
        return Counted(new XCall(name, function, arguments));
    }

    private void Expect(string sign)
    {
        if (!Here.Is(sign)) throw Unexpected();
        at++;
    }

    private void Deeper()
    {
        if (++depth > Depth) throw new XPathRefused(new("form.xpath-long", place, Nodes));
    }

    private XNode Counted(XNode node) => ++nodes > Nodes ? throw new XPathRefused(new("form.xpath-long", place, Nodes)) : node;

    private XPathRefused Unexpected() => new(new("form.xpath", place, Here.Kind == XTokenKind.End ? "…" : Here.Text, Here.Column));
}

/// <summary>Ends the parsing of one expression; never leaves <see cref="XParser"/>, which hands out its refusal.</summary>
internal sealed class XPathRefused(Refusal refusal) : Exception(refusal.Code)
{
    public Refusal Refusal { get; } = refusal;
}
