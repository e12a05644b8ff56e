namespace Shanhuo.Surveys.Forms.XPath;

/// <summary>What an expression may look at while it is evaluated.</summary>
internal interface IXContext
{
    /// <summary>The answer of a question by its name: unknown when asked and blank, nothing when not asked.</summary>
    XValue Answer(string name);

    /// <summary>The value that a constraint judges, written <c>.</c>.</summary>
    XValue Self { get; }

    /// <summary>A column of the choices sheet for the choice that a filter judges.</summary>
    XValue ChoiceColumn(string name);

    /// <summary>The day of the interview; null where the file does not say, which makes <c>today()</c> unknown.</summary>
    DateOnly? Today { get; }
}

/// <summary>A node of a parsed expression.</summary>
internal abstract record XNode
{
    public abstract XValue Evaluate(IXContext context);

    /// <summary>The nodes below it.</summary>
    public virtual IEnumerable<XNode> Below => [];

    /// <summary>This node and all below it.</summary>
    public IEnumerable<XNode> All
    {
        get
        {
            var waiting = new Stack<XNode>([this]);
            while (waiting.TryPop(out var node))
            {
                yield return node;
                foreach (var below in node.Below) waiting.Push(below);
            }
        }
    }

    /// <summary>Names of the questions it refers to.</summary>
    public IEnumerable<string> References => All.OfType<XReference>().Select(r => r.Name).Distinct(StringComparer.Ordinal);
}

/// <summary>A number or a text as written.</summary>
internal sealed record XLiteral(XValue Value) : XNode
{
    public override XValue Evaluate(IXContext context) => Value;
}

/// <summary><c>${name}</c></summary>
internal sealed record XReference(string Name) : XNode
{
    public override XValue Evaluate(IXContext context) => context.Answer(Name);
}

/// <summary><c>.</c></summary>
internal sealed record XSelf : XNode
{
    public override XValue Evaluate(IXContext context) => context.Self;
}

/// <summary>A bare name in a choice filter: a column of the choices sheet.</summary>
internal sealed record XChoiceColumn(string Name) : XNode
{
    public override XValue Evaluate(IXContext context) => context.ChoiceColumn(Name);
}

/// <summary><c>-x</c></summary>
internal sealed record XMinus(XNode Of) : XNode
{
    public override IEnumerable<XNode> Below => [Of];

    public override XValue Evaluate(IXContext context) => XValue.Of(-Of.Evaluate(context).ToNumber());
}

/// <summary>A function of <see cref="XFunctions"/>.</summary>
internal sealed record XCall(string Name, Func<XValue[], IXContext, XValue> Function, IReadOnlyList<XNode> Arguments) : XNode
{
    public override IEnumerable<XNode> Below => Arguments;

    public override XValue Evaluate(IXContext context)
    {
        var values = new XValue[Arguments.Count];
        for (var i = 0; i < values.Length; i++) values[i] = Arguments[i].Evaluate(context);
        return Function(values, context);
    }
}

/// <summary>Two operands. <c>and</c> and <c>or</c> are Kleene's (1952): unknown only where the other side does not decide.</summary>
internal sealed record XBinary(string Operator, XNode Left, XNode Right) : XNode
{
    public override IEnumerable<XNode> Below => [Left, Right];

    public override XValue Evaluate(IXContext context)
    {
        var left = Left.Evaluate(context);
        if (Operator == "and" && left.ToTruth() == false) return XValue.Of(false);
        if (Operator == "or" && left.ToTruth() == true) return XValue.Of(true);
        var right = Right.Evaluate(context);
        return Operator switch
        {
            "and" => right.ToTruth() == false ? XValue.Of(false) : left.IsBlank || right.IsBlank ? XValue.Blank : XValue.Of(true),
            "or" => right.ToTruth() == true ? XValue.Of(true) : left.IsBlank || right.IsBlank ? XValue.Blank : XValue.Of(false),
            "=" => Same(left, right),
            "!=" => Same(left, right) is { IsBlank: false } same ? XValue.Of(same.ToTruth() == false) : XValue.Blank,
            "<" or "<=" or ">" or ">=" => Order(left, right),
            "+" => XValue.Of(left.ToNumber() + right.ToNumber()),
            "-" => XValue.Of(left.ToNumber() - right.ToNumber()),
            "*" => XValue.Of(left.ToNumber() * right.ToNumber()),
            "div" => Finite(left.ToNumber() / right.ToNumber()),
            _ => Finite(left.ToNumber() % right.ToNumber()),
        };
    }

    // XPath 1.0, 3.4. Asking whether an answer is blank (= '') has a known answer also for a blank one.
    private static XValue Same(XValue left, XValue right)
    {
        if (left.IsNothing && right.IsBlank || left.IsBlank && right.IsNothing) return XValue.Of(true);
        if (left.IsBlank || right.IsBlank) return XValue.Blank;
        if (left.Kind == XKind.Truth || right.Kind == XKind.Truth) return XValue.Of(left.ToTruth() == right.ToTruth());
        if (left.Kind == XKind.Number || right.Kind == XKind.Number) return XValue.Of(left.ToNumber() == right.ToNumber());
        return XValue.Of(string.Equals(left.ToText(), right.ToText(), StringComparison.Ordinal));
    }

    private XValue Order(XValue left, XValue right)
    {
        if (left.IsBlank || right.IsBlank) return XValue.Blank;
        var (a, b) = (left.ToNumber(), right.ToNumber());
        return XValue.Of(Operator switch { "<" => a < b, "<=" => a <= b, ">" => a > b, _ => a >= b });
    }

    private static XValue Finite(double value) => double.IsFinite(value) ? XValue.Of(value) : XValue.Blank;
}
