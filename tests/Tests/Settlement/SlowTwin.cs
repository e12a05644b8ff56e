using System.Numerics;
using System.Text;
using System.Text.Json.Nodes;

namespace Shanhuo.Tests.Settlement;

internal sealed record TwinIntake(string Lot, string Household, long Grams, long Price)
{
    public long Pieces { get; init; }
    public long Contract { get; init; }
    public string Village { get; init; } = "";
    public string Station { get; init; } = "";
    public string Cooperative { get; init; } = "";
    public string Enterprise { get; init; } = "";
    public string BoughtBy { get; init; } = "";
}

internal sealed record TwinLine(string Line, string Order)
{
    public string Channel { get; init; } = "";
    public string Station { get; init; } = "";
    public string Lot { get; init; } = "";
    public string Campaign { get; init; } = "";
    public string Product { get; init; } = "";
    public long Grams { get; init; }
    public long Goods { get; init; }
    public long Freight { get; init; }
    public long Pieces { get; init; }
    public long Parcels { get; init; } = 1;
    public long Packaging { get; init; }
    public long Processing { get; init; }
    public long Commission { get; init; }
    public long Promotion { get; init; }
}

internal sealed record TwinRefund(string Line, long Amount, string Fault = "");

/// <summary>
/// The rules of settlement written down a second time, straight from their text, with big integers and text accounts and no care for speed.
/// It shares no code with the core; what both agree on is right, or wrong twice.
/// </summary>
internal sealed class SlowTwin(JsonObject scheme, IReadOnlyList<TwinIntake> intakes, IReadOnlyList<TwinLine> lines, IReadOnlyList<TwinRefund> refunds)
{
    private readonly StringBuilder rows = new("line,account,fen\n");
    private readonly Dictionary<string, BigInteger> pools = [];
    private readonly Dictionary<string, (TwinLine Line, Dictionary<string, BigInteger> Netted, Dictionary<string, BigInteger> Sunk)> settled = [];

    /// <summary>POSTINGS.csv.</summary>
    public static string Settle(string scheme, IReadOnlyList<TwinIntake> intakes, IReadOnlyList<TwinLine> lines, IReadOnlyList<TwinRefund> refunds) =>
        new SlowTwin(JsonNode.Parse(scheme)!.AsObject(), intakes, lines, refunds).Run();

    /// <summary>Fen by fen to the greatest w / (2s + 1), the first of equals.</summary>
    public static BigInteger[] Divide(BigInteger amount, BigInteger[] weights)
    {
        var sum = weights.Aggregate(BigInteger.Zero, (all, w) => all + w);
        // What the bound ½ + n·w/(2W) promises everybody is given at once, else this takes for ever.
        var parts = Array.ConvertAll(weights, w => BigInteger.Max(0, (2 * amount * w - sum - weights.Length * w) / (2 * sum) - 1));
        for (var left = amount - parts.Aggregate(BigInteger.Zero, (all, p) => all + p); left > 0; left--)
        {
            var best = -1;
            for (var i = 0; i < weights.Length; i++)
                if (weights[i] > 0 && (best < 0 || weights[i] * (2 * parts[best] + 1) > weights[best] * (2 * parts[i] + 1))) best = i;
            parts[best]++;
        }
        return parts;
    }

    private string Run()
    {
        var lots = intakes.Select(i => i.Lot).Distinct().ToList();
        foreach (var lot in lots)
            if (Rows(lot)[0].BoughtBy is { Length: > 0 } buyer)
            {
                var owed = Round(Rows(lot).Aggregate(BigInteger.Zero, (all, i) => all + (BigInteger)(i.Grams + i.Pieces) * i.Price), Rows(lot)[0].Pieces > 0 ? 1 : 1000);
                var account = buyer == "platform" ? "platform" : buyer == "cooperative" ? Named(buyer, Rows(lot)[0].Cooperative) : Named(buyer, Rows(lot)[0].Enterprise);
                Write("intake:" + lot, [(account, -owed), ("growers/" + lot, owed)]);
            }
        foreach (var order in lines.GroupBy(line => line.Order))
            foreach (var line in order) SettleLine(line, [.. order]);
        var before = new Dictionary<string, BigInteger>();
        foreach (var refund in refunds)
        {
            Refund(refund, before.GetValueOrDefault(refund.Line));
            before[refund.Line] = before.GetValueOrDefault(refund.Line) + refund.Amount;
        }
        foreach (var lot in lots) PayOut(lot);
        return rows.ToString();
    }

    private void SettleLine(TwinLine line, TwinLine[] order)
    {
        var (netted, sunk) = (new Dictionary<string, BigInteger>(), new Dictionary<string, BigInteger>());
        BigInteger gross = line.Goods + line.Freight, rest = gross;
        foreach (var step in scheme["steps"]!.AsArray().Select(s => s!.AsObject()))
        {
            if (!Applies(step, line)) continue;
            if (step["split"] is JsonArray split)
            {
                foreach (var (to, part) in Shared(rest, split)) Add(netted, Account(to, line, paid: true), part);
                continue;
            }
            var receiver = Account((string)step["to"]!, line, paid: true);
            var receipts = step["sunk"] is not null && (bool)step["sunk"]! || step["actual"] is not null ? sunk : netted;
            var due = step["rest"] is not null ? rest : Due(step, line, order, rest);
            if (step["from"] is { } from)
            {
                Add(netted, Account((string)from!, line), -due);
                Add(receipts, receiver, due);
            }
            else if (due <= rest)
            {
                Add(receipts, receiver, due);
                rest -= due;
            }
            else
            {
                var short_ = due - rest;
                var ifShort = step["ifShort"] as JsonObject;
                if (ifShort is null) due = rest;
                else if (ifShort["bearer"] is { } bearer) Add(netted, Account((string)bearer!, line), -short_);
                else foreach (var (to, part) in Shared(short_, ifShort["bearers"]!.AsArray())) Add(netted, Account(to, line), -part);
                Add(receipts, receiver, due);
                rest = 0;
            }
        }
        settled[line.Line] = (line, netted, sunk);
        Write(line.Line, netted.Concat(sunk).Select(p => (p.Key, p.Value)).Append(("buyer", -gross)));
    }

    private BigInteger Due(JsonObject step, TwinLine line, TwinLine[] order, BigInteger rest)
    {
        BigInteger Base() => (string)step["of"]! switch { "gross" => line.Goods + line.Freight, "goods" => line.Goods, _ => rest };
        if (step["rate"] is { } rate) return Round(Base() * Millionths((string)rate!), 1_000_000);
        if (step["contained"] is { } contained) return Round(Base() * Millionths((string)contained!), 1_000_000 + Millionths((string)contained!));
        if (step["actual"] is { } actual)
            return (string)actual! switch { "freight" => line.Freight, "packaging" => line.Packaging, "processing" => line.Processing, "commission" => line.Commission, _ => line.Promotion };
        if (step["price"] is { } price)
        {
            var lot = Rows(line.Lot);
            var byPiece = lot[0].Pieces > 0;
            var value = lot.Aggregate(BigInteger.Zero, (all, i) => all + (BigInteger)(i.Grams + i.Pieces) * ((string)price! == "intake" ? i.Price : i.Contract));
            var quantity = lot.Aggregate(BigInteger.Zero, (all, i) => all + i.Grams + i.Pieces);
            return byPiece ? Round(line.Pieces * value, quantity) : Round(line.Grams * value, quantity * 1000);
        }
        BigInteger each = (BigInteger)(decimal.Parse((string)step["fixed"]!, System.Globalization.CultureInfo.InvariantCulture) * 100);
        switch ((string)step["per"]!)
        {
            case "line": return each;
            case "kg": return Round(each * line.Grams, 1000);
            case "piece": return each * line.Pieces;
            default:
                var concerned = order.Where(l => Applies(step, l)).OrderBy(l => l.Line, Utf8.Order).ToArray();
                var equal = concerned.All(l => l.Goods == 0);
                var parts = Divide((string)step["per"]! == "parcel" ? each * line.Parcels : each, [.. concerned.Select(l => equal ? BigInteger.One : l.Goods)]);
                return parts[Array.IndexOf(concerned, line)];
        }
    }

    private void Refund(TwinRefund refund, BigInteger before)
    {
        var (line, netted, sunk) = settled[refund.Line];
        BigInteger gross = line.Goods + line.Freight;
        var bearer = Account(refund.Fault.Length > 0 ? refund.Fault : (string?)scheme["refunds"]?["bearer"] ?? "risk-fund", line);
        var postings = new Dictionary<string, BigInteger>();
        Add(postings, "buyer", refund.Amount);
        foreach (var (total, sign) in new[] { (before + refund.Amount, 1), (before, -1) })
        {
            var putIn = netted.Where(p => p.Value < 0).OrderBy(p => p.Key, Utf8.Order).ToArray();
            var together = -putIn.Aggregate(BigInteger.Zero, (all, p) => all + p.Value);
            var back = Round(together * total, gross);
            if (together > 0)
                foreach (var (p, part) in putIn.Zip(Divide(back, [.. putIn.Select(p => -p.Value)]))) Add(postings, p.Key, sign * part);
            var got = netted.Where(p => p.Value > 0).Select(p => (p.Key, p.Value, Sunk: false)).Concat(sunk.Where(p => p.Value > 0).Select(p => (p.Key, p.Value, Sunk: true)))
                .OrderBy(p => p.Key, Utf8.Order).ThenBy(p => p.Sunk).ToArray();
            foreach (var (p, part) in got.Zip(Divide(total + back, [.. got.Select(p => p.Value)]))) Add(postings, p.Sunk ? bearer : p.Key, -sign * part);
        }
        Write("refund:" + refund.Line, postings.Select(p => (p.Key, p.Value)));
    }

    private void PayOut(string lot)
    {
        var (growers, villages) = (pools.GetValueOrDefault("growers/" + lot), pools.GetValueOrDefault("village-fund/" + lot));
        var entries = new List<(string, BigInteger)> { ("growers/" + lot, -growers), ("village-fund/" + lot, -villages) };
        var free = Rows(lot).All(i => i.Price == 0);
        foreach (var (key, amount, of) in new (string, BigInteger, Func<TwinIntake, string>)[] { ("household/", growers, i => i.Household), ("village/", villages, i => i.Village) })
        {
            if (amount == 0) continue;
            var owners = Rows(lot).GroupBy(of).OrderBy(g => g.Key, Utf8.Order).ToArray();
            var weights = owners.Select(g => g.Aggregate(BigInteger.Zero, (all, i) => all + (BigInteger)(i.Grams + i.Pieces) * (free ? 1 : i.Price))).ToArray();
            entries.AddRange(owners.Zip(Divide(amount, weights), (g, part) => (key + g.Key, part)));
        }
        Write("lot:" + lot, entries);
    }

    private static bool Applies(JsonObject step, TwinLine line) => step["when"] is not JsonObject when || when.All(w => w.Value!.AsArray().Any(v => (string)v! == w.Key switch
    {
        "channel" => line.Channel,
        "station" => line.Station,
        "campaign" => line.Campaign,
        "product" => line.Product,
        _ => throw new InvalidOperationException(w.Key),
    }));

    private string Account(string role, TwinLine line, bool paid = false)
    {
        var lot = line.Lot.Length > 0 ? Rows(line.Lot)[0] : new TwinIntake("", "", 0, 0);
        if (paid && role == "growers" && lot.BoughtBy.Length > 0) role = lot.BoughtBy;
        return role switch
        {
            "platform" => Named(role, line.Channel),
            "station" => Named(role, line.Station),
            "host" => Named(role, line.Campaign),
            "growers" => Named(role, line.Lot),
            "intake-station" => Named(role, lot.Station),
            "cooperative" => Named(role, lot.Cooperative),
            "enterprise" => Named(role, lot.Enterprise),
            "village-fund" => Named(role, lot.Village.Length > 0 ? lot.Lot : ""),
            _ => role,
        };
    }

    private static string Named(string role, string owner) => owner.Length > 0 ? $"{role}/{owner}" : role;

    private static IEnumerable<(string To, BigInteger Part)> Shared(BigInteger amount, JsonArray shares)
    {
        var ordered = shares.Select(s => s!.AsObject()).OrderBy(s => (string)s["to"]!, Utf8.Order).ToArray();
        return ordered.Zip(Divide(amount, [.. ordered.Select(s => (BigInteger)(long)s["weight"]!)]), (s, part) => ((string)s["to"]!, part));
    }

    private static void Add(Dictionary<string, BigInteger> to, string account, BigInteger fen) => to[account] = to.GetValueOrDefault(account) + fen;

    private TwinIntake[] Rows(string lot) => [.. intakes.Where(i => i.Lot == lot)];

    private static BigInteger Millionths(string rate) => (BigInteger)(decimal.Parse(rate[..^1], System.Globalization.CultureInfo.InvariantCulture) * 10_000);

    private static BigInteger Round(BigInteger numerator, BigInteger denominator)
    {
        var down = numerator / denominator;
        var twice = 2 * (numerator - down * denominator);
        return twice > denominator || (twice == denominator && !down.IsEven) ? down + 1 : down;
    }

    private void Write(string cause, IEnumerable<(string Account, BigInteger Fen)> entries)
    {
        var perAccount = new Dictionary<string, BigInteger>();
        foreach (var (account, fen) in entries) Add(perAccount, account, fen);
        if (perAccount.Values.Aggregate(BigInteger.Zero, (all, fen) => all + fen) != 0) throw new InvalidOperationException($"{cause} does not sum to zero.");
        foreach (var (account, fen) in perAccount.Where(p => p.Value != 0).OrderBy(p => p.Key, Utf8.Order))
        {
            rows.Append(Cell(cause)).Append(',').Append(Cell(account)).Append(',').Append(fen).Append('\n');
            Add(pools, account, fen);
        }
    }

    private static string Cell(string text) => text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>Order by UTF-8 bytes.</summary>
    internal sealed class Utf8 : IComparer<string>
    {
        public static readonly Utf8 Order = new();

        public int Compare(string? x, string? y) => Encoding.UTF8.GetBytes(x!).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(y!));
    }
}
