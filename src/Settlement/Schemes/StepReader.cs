using System.Collections.Immutable;
using Shanhuo.Kernel;

namespace Shanhuo.Settlement.Schemes;

/// <summary>Reads and checks one step of a scheme.</summary>
internal static class StepReader
{
    private static readonly string[] Measures = ["rate", "contained", "fixed", "price", "actual", "rest", "split"];
    private static readonly string[] Keys = ["to", .. Measures, "of", "per", "from", "when", "ifShort", "sunk"];

    /// <summary>The step, or null with at least one fault logged.</summary>
    /// <param name="step">The object.</param>
    /// <param name="isLast">The last step takes the rest, and no other may.</param>
    public static Step? Read(Node step, bool isLast)
    {
        if (!step.IsObject(Keys)) return null;
        var before = step.Log.Faults.Count;
        var given = Measures.Where(step.Has).ToArray();
        if (given.Length == 0) step.Fault("", "scheme.no-amount", string.Join(", ", Measures));
        if (given.Length > 1) step.Fault(given[1], "scheme.two-amounts", given[1], given[0]);
        if (given.Length != 1) return null;
        var measure = Enum.GetValues<Measure>()[Array.IndexOf(Measures, given[0])];
        var takesRest = measure is Measure.Rest or Measure.Split;
        if (takesRest && !isLast) step.Fault(given[0], "scheme.rest-not-last", given[0]);
        if (!takesRest && isLast) step.Fault("", "scheme.no-rest");

        Forbid(step, "of", measure is not (Measure.Rate or Measure.Contained), "scheme.of-alone");
        Forbid(step, "per", measure != Measure.Fixed, "scheme.per-alone");
        Forbid(step, "to", measure == Measure.Split, "scheme.to-with-split");
        foreach (var key in (string[])["when", "sunk", "from", "ifShort"]) Forbid(step, key, takesRest, "scheme.not-on-last");
        if (!takesRest) Forbid(step, "ifShort", step.Has("from"), "scheme.short-beside-from");

        var read = new Step { Measure = measure };
        if (measure != Measure.Split) read = read with { To = step.Required("to")?.Role() ?? default };
        read = ReadAmount(step, read, given[0]);
        if (!takesRest) read = ReadTerms(step, read);
        if (measure == Measure.Price && read.Price == PriceKind.Contract && read.Bearers.Length == 0 && step.Log.Faults.Count == before)
            step.Fault("ifShort", "scheme.contract-needs-bearer");
        return step.Log.Faults.Count > before ? null : read;
    }

    private static void Forbid(Node step, string key, bool forbidden, string code)
    {
        if (forbidden && step.Has(key)) step.Fault(key, code, key);
    }

    private static Step ReadAmount(Node step, Step read, string key)
    {
        var value = step.Find(key)!;
        switch (read.Measure)
        {
            case Measure.Rate:
            case Measure.Contained:
                return read with { Rate = value.Rate() ?? default, Of = step.Required("of")?.Word(Words.Bases) ?? default };
            case Measure.Fixed:
                return read with { Fixed = value.Money() ?? default, Per = step.Required("per")?.Word(Words.Pers) ?? default };
            case Measure.Price: return read with { Price = value.Word(Words.Prices) ?? default };
            case Measure.Actual: return read with { Actual = value.Word(Words.Costs) ?? default, Sunk = true };
            case Measure.Rest:
                value.True();
                return read;
            case Measure.Split: return read with { Shares = ReadShares(value, node => node.Role()) };
            default: throw new ArgumentOutOfRangeException(nameof(read));
        }
    }

    private static Step ReadTerms(Node step, Step read)
    {
        if (step.Find("from")?.Payer() is { } from) read = read with { From = from };
        if (step.Find("sunk")?.YesOrNo() is { } sunk)
        {
            if (!sunk && read.Measure == Measure.Actual) step.Fault("sunk", "scheme.sunk-always");
            read = read with { Sunk = read.Sunk || sunk };
        }
        if (step.Find("when") is { } when) read = read with { When = ReadWhen(when) };
        if (step.Find("ifShort") is { } ifShort) read = read with { Bearers = ReadBearers(ifShort) };
        return read;
    }

    private static Condition? ReadWhen(Node when)
    {
        if (!when.IsObject("channel", "station", "campaign", "product", "poor")) return null;
        var condition = new Condition
        {
            Channel = Values("channel"),
            Station = Values("station"),
            Campaign = Values("campaign"),
            Product = Values("product"),
            Poor = when.Find("poor")?.True() ?? false,
        };
        // A condition that asks for nothing is none.
        return condition is { Channel.Length: 0, Station.Length: 0, Campaign.Length: 0, Product.Length: 0, Poor: false } ? null : condition;

        ImmutableArray<string> Values(string key) =>
            when.Find(key)?.List() is { } list ? [.. list.Select(value => value.Text() ?? "")] : [];
    }

    private static ImmutableArray<Share> ReadBearers(Node ifShort)
    {
        if (ifShort.IsText("reduce")) return [];
        if (!ifShort.IsObjectOrWord("bearer", "bearers")) return [];
        if (ifShort.Has("bearer") == ifShort.Has("bearers"))
        {
            ifShort.Fault("", "scheme.one-of", "bearer", "bearers");
            return [];
        }
        if (ifShort.Find("bearers") is { } several) return ReadShares(several, node => node.Payer());
        return ifShort.Find("bearer")?.Payer() is { } bearer ? [new Share(bearer, 1)] : [];
    }

    private static ImmutableArray<Share> ReadShares(Node list, Func<Node, SchemeRole?> reading)
    {
        var shares = new SortedDictionary<SchemeRole, long>();
        foreach (var entry in list.List() ?? [])
        {
            if (!entry.IsObject("to", "weight")) continue;
            var role = entry.Required("to") is { } to ? reading(to) : null;
            var weight = entry.Required("weight")?.Weight();
            if (role is { } known && !shares.TryAdd(known, weight ?? 1)) entry.Fault("to", "scheme.role-twice", known.Name());
        }
        return [.. shares.Select(share => new Share(share.Key, share.Value))];
    }
}
