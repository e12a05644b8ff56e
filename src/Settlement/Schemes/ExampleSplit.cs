using Shanhuo.Kernel;
using Shanhuo.Kernel.Pages;
using Shanhuo.Settlement.Schemes.Trials;
using Shanhuo.Settlement.Splits;

namespace Shanhuo.Settlement.Schemes;

/// <summary>One invented sale split by a scheme, step by step, with the drawing of where the money goes.</summary>
internal sealed class ExampleSplit
{
    private readonly Part[] parts;

    private ExampleSplit(Part[] parts) => this.parts = parts;

    /// <summary>Each step's parts in order: whom, how much (below zero: put in).</summary>
    public IEnumerable<(int Step, SchemeRole Role, Fen Amount)> Rows => parts.Select(part => (part.Step, part.Role, new Fen(part.Fen)));

    /// <summary>The buyer's money.</summary>
    public static Fen Gross => new(InventedOrders.One.Amounts.Gross);

    /// <summary>Null where the amounts of the scheme are beyond all bounds.</summary>
    public static ExampleSplit? Of(Scheme scheme)
    {
        var line = InventedOrders.One;
        var amounts = line.Amounts with { Applies = scheme.Match.Of(line.Channel, line.Station, line.Campaign, line.Product, InventedOrders.Lot.IsPoor) };
        var (shares, parts) = (new long[scheme.OrderSteps.Length], new Part[scheme.MostParts]);
        OrderParts.Fill(scheme, [amounts], [0], shares);
        var count = LineSplit.Parts(scheme, amounts, InventedOrders.Lot.Terms, shares, null, parts);
        return count < 0 ? null : new ExampleSplit(parts[..count]);
    }

    /// <summary>The way of the money: who pays on the left, who receives on the right, largest first.</summary>
    public Markup Draw(Say say)
    {
        var (nodes, links) = (new List<FlowNode> { new("buyer", Short(SchemeRole.Buyer, say), 0) }, new List<FlowLink>());
        var received = parts.Where(p => p.Fen > 0).GroupBy(p => p.Role).Select(g => (Role: g.Key, Fen: g.Sum(p => p.Fen))).OrderByDescending(r => r.Fen).ThenBy(r => r.Role).ToList();
        var given = parts.Where(p => p.Fen < 0).GroupBy(p => p.Role).Select(g => (Role: g.Key, Fen: -g.Sum(p => p.Fen))).OrderBy(p => p.Role).ToList();
        foreach (var (role, _) in given) nodes.Add(new FlowNode("from-" + role.Name(), Short(role, say), 0));
        foreach (var (role, _) in received) nodes.Add(new FlowNode("to-" + role.Name(), Short(role, say), 1));
        // A step's own payers come first, the buyer's money is the rest of it.
        foreach (var (role, fen) in received)
        {
            var paid = Payers(role);
            foreach (var (payer, amount) in paid.Where(p => p.Value > 0)) links.Add(new FlowLink("from-" + payer.Name(), "to-" + role.Name(), new Fen(amount)));
            if (fen - paid.Values.Sum() > 0) links.Add(new FlowLink("buyer", "to-" + role.Name(), new Fen(fen - paid.Values.Sum())));
        }
        return FlowChart.Draw(nodes, links, new ChartHead(say["scheme.example-title"], string.Join(say.Language == Language.En ? ", " : "，", received.Select(r => $"{say[Sentences.Key(r.Role)]} {new Fen(r.Fen).ToDisplay()}")), say.Language));
    }

    private Dictionary<SchemeRole, long> Payers(SchemeRole receiver)
    {
        var paid = new Dictionary<SchemeRole, long>();
        foreach (var step in parts.GroupBy(p => p.Step).Where(s => s.Any(p => p.Role == receiver && p.Fen > 0)))
            foreach (var part in step.Where(p => p.Fen < 0)) paid[part.Role] = paid.GetValueOrDefault(part.Role) - part.Fen;
        return paid;
    }

    private static string Short(SchemeRole role, Say say) => say["scheme.short-" + role.Name()];
}
