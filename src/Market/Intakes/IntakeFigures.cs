using Shanhuo.Kernel;

namespace Shanhuo.Market.Intakes;

/// <summary>The arithmetic of an intake: what page, handler and receipt show alike.</summary>
internal static class IntakeFigures
{
    /// <summary>The most that one slip takes in, 20 tonnes: more is a slip of the finger.</summary>
    public static readonly Grams Heaviest = new(20_000_000);

    /// <summary>The most pieces or heads on one slip.</summary>
    public const long MostPieces = 10_000;

    /// <summary>The most weighings on one slip.</summary>
    public const int MostWeighings = 20;

    /// <summary>How far a price may leave the board, in percent either way; beyond it the board itself is out of date.</summary>
    public const int PriceLeeway = 30;

    /// <summary>Why something is taken off the weight.</summary>
    public static readonly string[] DeductionReasons = ["moisture", "impurity", "damage", "other"];

    /// <summary>Gross less tare, over all weighings.</summary>
    public static Grams Weighed(IEnumerable<WeighedOnce> weighings) => weighings.Aggregate(Grams.Zero, (sum, w) => sum + w.Gross - w.Tare);

    /// <summary>A deduction in percent, as a weight: rounded once, half to even, to the gram.</summary>
    public static Grams Share(Grams weighed, Rate rate) => new(Rounding.HalfEven((Int128)weighed.Value * rate.PartsPerMillion, Rate.Whole));

    /// <summary>What the goods are worth: quantity × price, rounded once, half to even.</summary>
    /// <param name="quantity">Grams, or pieces.</param>
    /// <param name="price">Per kilogram, or per piece.</param>
    /// <param name="byPiece">Is it pieces?</param>
    public static Fen Amount(long quantity, Fen price, bool byPiece) => new(Rounding.HalfEven((Int128)quantity * price.Value, byPiece ? 1 : 1000));

    /// <summary>Is this price so near to the board's that a reason suffices?</summary>
    public static bool IsNear(Fen price, Fen board) => (Int128)Math.Abs(price.Value - board.Value) * 100 <= (Int128)board.Value * PriceLeeway;
}

/// <summary>One weighing.</summary>
/// <param name="Gross">With sack or basket.</param>
/// <param name="Tare">The sack or basket alone.</param>
internal readonly record struct WeighedOnce(Grams Gross, Grams Tare);
