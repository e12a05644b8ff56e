namespace Shanhuo.Kernel.Pages;

/// <summary>One bar, or one part of a whole.</summary>
/// <param name="Label">At most 12 Chinese or 24 Latin letters, so that it stands beside its amount on a phone.</param>
/// <param name="Amount">Fen; a bar below zero is hatched.</param>
public readonly record struct ChartRow(string Label, Fen Amount);

/// <summary>One share of people.</summary>
/// <param name="Label">As short as that of a <see cref="ChartRow"/>.</param>
/// <param name="Share">0 to 1.</param>
/// <param name="Shown">The share in words, with its numbers.</param>
public readonly record struct PercentRow(string Label, decimal Share, string Shown);

/// <summary>One row of columns over the months, or one line.</summary>
/// <param name="Name">For the legend.</param>
/// <param name="Amounts">One per place of the axis; at least 0 where columns are stacked.</param>
public sealed record ChartSeries(string Name, IReadOnlyList<Fen> Amounts);

/// <summary>One step of a price or an account.</summary>
/// <param name="Label">Who gets it, or what it is.</param>
/// <param name="Amount">Added to what stands before; in a total what is reached, which must be the sum of the steps.</param>
/// <param name="IsTotal">Is it a sum that starts at zero?</param>
public readonly record struct BuildUpStep(string Label, Fen Amount, bool IsTotal = false);

/// <summary>One step of a count that grew and shrank.</summary>
/// <param name="Label">What it is.</param>
/// <param name="Count">Added to what stands before; in a total what is reached.</param>
/// <param name="IsTotal">Is it a sum that starts at zero?</param>
public readonly record struct CountStep(string Label, long Count, bool IsTotal = false);

/// <summary>A place that money passes on its way.</summary>
/// <param name="Id">Named by the links.</param>
/// <param name="Label">At most 6 Chinese letters.</param>
/// <param name="Column">0 on the left; at most 2.</param>
public sealed record FlowNode(string Id, string Label, int Column);

/// <summary>Money from one place to one further right.</summary>
/// <param name="From">A node.</param>
/// <param name="To">A node of a higher column.</param>
/// <param name="Amount">Above 0.</param>
public sealed record FlowLink(string From, string To, Fen Amount);

/// <summary>What a chart is called and says to those who do not see it.</summary>
/// <param name="Title">A short name.</param>
/// <param name="Description">One sentence with what the chart shows; the exact figures stand in the table beside it.</param>
/// <param name="Language">For short amounts.</param>
public sealed record ChartHead(string Title, string Description, Language Language);
