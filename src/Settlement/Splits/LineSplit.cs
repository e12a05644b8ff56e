using Shanhuo.Kernel;
using Shanhuo.Settlement.Schemes;

namespace Shanhuo.Settlement.Splits;

/// <summary>Splits one line by a scheme. Allocates nothing, so that it runs millions of times a second and one order at a time alike.</summary>
internal static class LineSplit
{
    /// <summary>The parts of a line: what is received less what is put in is exactly the gross.</summary>
    /// <param name="scheme">The scheme frozen into the order.</param>
    /// <param name="line">Its numbers, with the steps that apply.</param>
    /// <param name="lot">Its lot; null only where <see cref="Scheme.NeedsLot"/> says no.</param>
    /// <param name="ofOrder">The line's amounts of <see cref="Scheme.OrderSteps"/>, from <see cref="OrderParts"/>.</param>
    /// <param name="purse">Budgets and limits, taken from; null: none binds.</param>
    /// <param name="parts">At least <see cref="Scheme.MostParts"/> long.</param>
    /// <returns>How many parts there are; or, below 0, ~n where step n puts in more than <see cref="Amounts.Largest"/>.</returns>
    public static int Parts(Scheme scheme, in LineAmounts line, LotTerms? lot, ReadOnlySpan<long> ofOrder, Purse? purse, Span<Part> parts)
    {
        var (rest, count) = (line.Gross, 0);
        var steps = scheme.Steps.AsSpan();
        for (var i = 0; i < steps.Length; i++)
        {
            if ((line.Applies >> i & 1) == 0) continue;
            var step = steps[i];
            if (step.Measure == Measure.Split)
            {
                count += Divide(rest, i, step, lot, parts[count..]);
                continue;
            }
            var due = Due(step, line, lot, ofOrder, rest);
            var to = Account(step.To, lot);
            if (step.From is { } payer)
            {
                if (purse is not null) due = Take(purse.Budgets, payer, due);
                if (due > Amounts.Largest) return ~i;
                Add(parts, ref count, new Part(i, payer, -due, false));
            }
            else if (due <= rest) rest -= due;
            else
            {
                var topUp = step.Bearers.IsEmpty ? 0 : due - rest;
                if (topUp > 0) topUp = TopUp(topUp, i, step, purse, parts, ref count);
                if (topUp > Amounts.Largest) return ~i;
                due = rest + topUp;
                rest = 0;
            }
            Add(parts, ref count, new Part(i, to, due, step.Sunk));
        }
        return count;
    }

    /// <summary>Would a step that others pay or top up come to more than <see cref="Amounts.Largest"/> by the line's grams, pieces or price?</summary>
    public static bool TooLarge(Scheme scheme, in LineAmounts line, LotTerms? lot)
    {
        for (var i = 0; i < scheme.Steps.Length; i++)
        {
            var step = scheme.Steps[i];
            if ((line.Applies >> i & 1) == 0 || (step.From is null && step.Bearers.IsEmpty)) continue;
            if (step.Measure == Measure.Price || step is { Measure: Measure.Fixed, Per: Per.Kg or Per.Piece })
                if (Due(step, line, lot, [], 0) > Amounts.Largest) return true;
        }
        return false;
    }

    private static void Add(Span<Part> parts, ref int count, Part part)
    {
        if (part.Fen != 0) parts[count++] = part;
    }

    // The buyer at intake owes the growers already and has what the sale brings in their place.
    private static SchemeRole Account(SchemeRole to, LotTerms? lot) => to == SchemeRole.Growers && lot?.BoughtBy is { } buyer ? buyer : to;

    private static long Due(Step step, in LineAmounts line, LotTerms? lot, ReadOnlySpan<long> ofOrder, long rest)
    {
        switch (step.Measure)
        {
            case Measure.Rate: return Amounts.Share(Of(step.Of, line, rest), step.Rate.PartsPerMillion, Rate.Whole);
            case Measure.Contained: return Amounts.Share(Of(step.Of, line, rest), step.Rate.PartsPerMillion, Rate.Whole + step.Rate.PartsPerMillion);
            case Measure.Fixed:
                return step.Per switch
                {
                    Per.Line => step.Fixed.Value,
                    Per.Kg => Amounts.Share(step.Fixed.Value, line.Grams, 1000),
                    Per.Piece => Amounts.Share(step.Fixed.Value, line.Pieces, 1),
                    Per.Order or Per.Parcel => ofOrder[step.OrderPlace],
                    _ => throw new ArgumentOutOfRangeException(nameof(step)),
                };
            case Measure.Price:
                var known = lot ?? throw new ArgumentNullException(nameof(lot), "A step with a price needs the line's lot.");
                var price = step.Price == PriceKind.Intake ? known.Intake
                    : known.Contract ?? throw new ArgumentException("The lot has no contract price.", nameof(lot));
                return price.Of(known.ByPiece ? line.Pieces : line.Grams);
            case Measure.Actual: return line.Of(step.Actual);
            case Measure.Rest: return rest;
            default: throw new ArgumentOutOfRangeException(nameof(step));
        }
    }

    private static long Of(Base of, in LineAmounts line, long rest) => of switch
    {
        Base.Gross => line.Gross,
        Base.Goods => line.Goods,
        Base.Rest => rest,
        _ => throw new ArgumentOutOfRangeException(nameof(of)),
    };

    private static long Take(long[] purse, SchemeRole role, long asked)
    {
        var taken = Math.Min(asked, purse[(int)role]);
        if (purse[(int)role] != long.MaxValue) purse[(int)role] -= taken;
        return taken;
    }

    private static long TopUp(long missing, int at, Step step, Purse? purse, Span<Part> parts, ref int count)
    {
        var bearers = step.Bearers.AsSpan();
        Span<long> weights = stackalloc long[bearers.Length], shares = stackalloc long[bearers.Length];
        for (var b = 0; b < bearers.Length; b++) weights[b] = bearers[b].Weight;
        Webster.Apportion(missing, weights, shares);
        var borne = 0L;
        for (var b = 0; b < bearers.Length; b++)
        {
            // A bearer at its limit reduces the step; the others do not step in for it.
            if (purse is not null) shares[b] = Take(purse.Limits, bearers[b].To, shares[b]);
            borne += shares[b];
            Add(parts, ref count, new Part(at, bearers[b].To, -shares[b], false));
        }
        return borne;
    }

    private static int Divide(long rest, int at, Step step, LotTerms? lot, Span<Part> parts)
    {
        var receivers = step.Shares.AsSpan();
        Span<long> weights = stackalloc long[receivers.Length], shares = stackalloc long[receivers.Length];
        for (var r = 0; r < receivers.Length; r++) weights[r] = receivers[r].Weight;
        Webster.Apportion(rest, weights, shares);
        var count = 0;
        for (var r = 0; r < receivers.Length; r++) Add(parts, ref count, new Part(at, Account(receivers[r].To, lot), shares[r], false));
        return count;
    }
}
