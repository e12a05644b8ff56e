using Shanhuo.Kernel;
using Shanhuo.Surveys.Forms.XPath;

namespace Shanhuo.Surveys.Forms;

/// <summary>Looks whether the expressions of a form can be evaluated: each reference has its question, and nothing depends on itself.</summary>
internal static class FormChecks
{
    /// <summary>The items in an order in which each stands after all that it depends on (Kahn 1962).</summary>
    /// <param name="items">In order of the sheet.</param>
    /// <param name="byName">The same by name.</param>
    /// <param name="bad">Takes <c>form.reference</c>, <c>form.reference-no-answer</c>, <c>form.self</c> and <c>form.cycle</c>.</param>
    public static IReadOnlyList<FormItem> Order(IReadOnlyList<FormItem> items, IReadOnlyDictionary<string, FormItem> byName, List<Refusal> bad)
    {
        foreach (var item in items)
            foreach (var (column, node) in Expressions(item))
            {
                foreach (var name in node.References)
                    if (!byName.TryGetValue(name, out var referred)) bad.Add(new("form.reference", item.Place with { Column = column }, name));
                    else if (referred.Kind is ItemKind.Group or ItemKind.Repeat or ItemKind.Note) bad.Add(new("form.reference-no-answer", item.Place with { Column = column }, name));
                if (column != "constraint" && column != "choice_filter" && node.All.Any(n => n is XSelf)) bad.Add(new("form.self", item.Place with { Column = column }));
            }
        if (bad.Count > 0) return [];
        var needs = items.ToDictionary(i => i, i => Needs(i, byName).ToHashSet());
        var neededBy = items.ToDictionary(i => i, _ => new List<FormItem>());
        foreach (var (item, of) in needs)
            foreach (var need in of) neededBy[need].Add(item);
        var order = new List<FormItem>(items.Count);
        var open = items.ToDictionary(i => i, i => needs[i].Count);
        var ready = new PriorityQueue<FormItem, int>(items.Select((item, i) => (item, i)).Where(p => open[p.item] == 0));
        var rank = items.Select((item, i) => (item, i)).ToDictionary(p => p.item, p => p.i);
        while (ready.TryDequeue(out var item, out _))
        {
            order.Add(item);
            foreach (var next in neededBy[item])
                if (--open[next] == 0) ready.Enqueue(next, rank[next]);
        }
        if (order.Count < items.Count) bad.Add(Cycle(items.First(i => open[i] > 0), needs, open));
        return order;
    }

    private static IEnumerable<(string Column, XNode Node)> Expressions(FormItem item)
    {
        if (item.Relevant is { } relevant) yield return ("relevant", relevant);
        if (item.Constraint is { } constraint) yield return ("constraint", constraint);
        if (item.Calculation is { } calculation) yield return ("calculation", calculation);
        if (item.ChoiceFilter is { } filter) yield return ("choice_filter", filter);
    }

    // A constraint may look at its own question and at later ones: it judges and makes no value.
    private static IEnumerable<FormItem> Needs(FormItem item, IReadOnlyDictionary<string, FormItem> byName)
    {
        var of = Expressions(item).Where(e => e.Column != "constraint").SelectMany(e => e.Node.References).Select(n => byName[n]);
        return item.Parent is { } parent ? of.Append(parent) : of;
    }

    private static Refusal Cycle(FormItem from, Dictionary<FormItem, HashSet<FormItem>> needs, Dictionary<FormItem, int> open)
    {
        // Every item that is left needs another that is left, so walking on must meet one twice.
        var walked = new List<FormItem>();
        var here = from;
        while (!walked.Contains(here))
        {
            walked.Add(here);
            here = needs[here].First(n => open[n] > 0);
        }
        var round = walked[walked.IndexOf(here)..];
        var column = round[0].Relevant is not null ? "relevant" : round[0].Calculation is not null ? "calculation" : "choice_filter";
        return new("form.cycle", round[0].Place with { Column = column }, string.Join(" → ", round.Append(here).Select(i => i.Name)));
    }
}
