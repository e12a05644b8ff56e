namespace Shanhuo.Registry.Measures;

/// <summary>The measures of one group at one line, each of its own rule.</summary>
/// <param name="P0">Incidence, <see cref="Fgt"/> 0.</param>
/// <param name="P1">Gap.</param>
/// <param name="P2">Severity.</param>
/// <param name="Sen"><see cref="Measures.Sen"/>.</param>
/// <param name="Gini"><see cref="Measures.Gini"/>, of all incomes, not only the poor.</param>
internal readonly record struct PovertyFigures(double P0, double P1, double P2, double Sen, double Gini)
{
    /// <summary>How many measures there are.</summary>
    public const int Count = 5;

    /// <summary>Their names in files.</summary>
    public static IReadOnlyList<string> Names { get; } = ["p0", "p1", "p2", "sen", "gini"];

    /// <summary>By its place among <see cref="Names"/>.</summary>
    public double this[int measure] => measure switch { 0 => P0, 1 => P1, 2 => P2, 3 => Sen, _ => Gini };

    /// <summary>Nothing is known.</summary>
    public static PovertyFigures None { get; } = new(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);

    /// <summary>Measures a group.</summary>
    /// <param name="incomes">Ascending, none unknown.</param>
    /// <param name="weights">One per income, at least 0.</param>
    /// <param name="line">Above 0; poor is below it.</param>
    public static PovertyFigures Of(ReadOnlySpan<double> incomes, ReadOnlySpan<double> weights, double line) => new(
        Fgt.Of(incomes, weights, line, 0), Fgt.Of(incomes, weights, line, 1), Fgt.Of(incomes, weights, line, 2),
        Measures.Sen.Of(incomes, weights, line), Measures.Gini.Of(incomes, weights));
}
