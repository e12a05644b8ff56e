namespace Shanhuo.Settlement.Overview;

/// <summary>One table of the overview with the way to its sheet.</summary>
internal sealed record OverviewTable(string Cut, IReadOnlyList<OverviewRow> Rows, OverviewFilter Filter);
