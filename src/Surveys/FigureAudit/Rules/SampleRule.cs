using Shanhuo.Surveys.Contracts;

namespace Shanhuo.Surveys.FigureAudit.Rules;

/// <summary>A sample was announced and no figure of the table rests on it, as base, part or whole.</summary>
internal sealed class SampleRule : FigureRule
{
    public override string Id => "sample";

    public override IEnumerable<FigureFinding> Judge(FigureBook book)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var figure in book.All)
        {
            used.UnionWith(figure.Bases);
            used.UnionWith(figure.Parts);
            if (figure.SubsetOf is { } whole) used.Add(whole);
        }
        foreach (var sample in book.All.Where(f => f.Kind == FigureKind.Sample && f.Printed is not null && !used.Contains(f.Id)))
            yield return Found("sample", [sample.Id], Say(FigureBook.ValueOf(sample)!.Value), sample.Label);
    }
}
