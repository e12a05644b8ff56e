using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Shanhuo.Tests.Settlement;

/// <summary>Invented schemes, lots, lines and refunds from a seed, small enough for the slow twin and odd enough to meet every rule.</summary>
internal sealed class RandomSeason
{
    private static readonly string[] Roles =
        ["platform", "carrier", "station", "intake-station", "centre", "packaging", "promotion", "host", "processing", "growers", "workers", "cooperative", "enterprise", "village-fund", "risk-fund", "programme", "collective", "tax"];

    private static readonly string[] Payers = ["platform", "cooperative", "enterprise", "risk-fund", "programme", "collective"];
    private static readonly string[] AtFault = [.. Payers, "carrier", "station", "intake-station", "host"];
    private static readonly string[] Marks = ["", "é", "果", "\uFF5E", "𠮷", ",", "\"", "a\nb", " ", "-", "/"];
    private readonly Random chance;

    public RandomSeason(int seed)
    {
        chance = new Random(seed);
        Scheme = MakeScheme();
        MakeLots();
        MakeLines();
        MakeRefunds();
    }

    public string Scheme { get; }
    public List<TwinIntake> Intakes { get; } = [];
    public List<TwinLine> Lines { get; } = [];
    public List<TwinRefund> Refunds { get; } = [];

    public string LotsCsv => Csv(["lot", "household", "grams", "grade", "price", "pieces", "contract", "village", "station", "cooperative", "enterprise", "bought_by"],
        Intakes.Select(i => new[] { i.Lot, i.Household, Count(i.Grams), "A", Yuan(i.Price), Count(i.Pieces), Yuan(i.Contract), i.Village, i.Station, i.Cooperative, i.Enterprise, i.BoughtBy }));

    public string LinesCsv => Csv(["order", "line", "day", "channel", "station", "lot", "campaign", "grams", "goods", "freight", "product", "pieces", "parcels", "packaging", "processing", "commission", "promotion", "note"],
        Lines.Select(l => new[] { l.Order, l.Line, "2026-11-21", l.Channel, l.Station, l.Lot, l.Campaign, Count(l.Grams), Yuan(l.Goods), Yuan(l.Freight), l.Product, Count(l.Pieces), l.Parcels == 1 ? "" : Count(l.Parcels), Yuan(l.Packaging), Yuan(l.Processing), Yuan(l.Commission), Yuan(l.Promotion), "" }));

    public string RefundsCsv => Csv(["line", "amount", "fault", "day"], Refunds.Select(r => new[] { r.Line, Yuan(r.Amount), r.Fault, "2026-12-01" }));

    /// <summary>Puts the rows in another order: lots, orders, lines within them, and refunds but those of one line.</summary>
    public void Shuffle(Random other)
    {
        var (intakes, orders) = (Intakes.ToArray(), Lines.GroupBy(line => line.Order).Select(order => order.ToArray()).ToArray());
        other.Shuffle(intakes);
        other.Shuffle(orders);
        foreach (var order in orders) other.Shuffle(order);
        var refunds = Refunds.GroupBy(refund => refund.Line).ToArray();
        other.Shuffle(refunds);
        Intakes.Clear();
        Intakes.AddRange(intakes);
        Lines.Clear();
        Lines.AddRange(orders.SelectMany(order => order));
        var again = refunds.SelectMany(line => line).ToArray();
        Refunds.Clear();
        Refunds.AddRange(again);
    }

    private static string Csv(string[] header, IEnumerable<string[]> rows)
    {
        var text = new StringBuilder();
        foreach (var row in rows.Prepend(header))
            text.AppendJoin(',', row.Select(cell => cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")).Append('\n');
        return text.ToString();
    }

    private static string Yuan(long fen) => fen == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{fen / 100}.{fen % 100:00}");

    private static string Count(long count) => count == 0 ? "" : count.ToString(CultureInfo.InvariantCulture);

    private T Any<T>(params T[] some) => some[chance.Next(some.Length)];

    private bool Sometimes(double share) => chance.NextDouble() < share;

    private string MakeScheme()
    {
        var steps = new JsonArray();
        for (var count = chance.Next(0, 9); count > 0; count--) steps.Add(MakeStep());
        steps.Add(Sometimes(0.6) ? new JsonObject { ["to"] = Any(Roles), ["rest"] = true } : new JsonObject { ["split"] = Shares(Roles) });
        var scheme = new JsonObject { ["name"] = "any", ["steps"] = steps };
        if (Sometimes(0.7)) scheme["refunds"] = new JsonObject { ["bearer"] = Any(Payers) };
        return scheme.ToJsonString();
    }

    private JsonObject MakeStep()
    {
        var step = new JsonObject { ["to"] = Any(Roles) };
        var mayBeShort = true;
        switch (chance.Next(6))
        {
            case 0: (step["rate"], step["of"]) = (Rate(), Any("gross", "goods", "rest")); break;
            case 1: (step["contained"], step["of"]) = (Rate(), Any("gross", "goods", "rest")); break;
            case 2 or 3: (step["fixed"], step["per"]) = (Yuan(chance.Next(1, 300)), Any("order", "line", "kg", "piece", "parcel", "order", "parcel")); break;
            case 4:
                step["price"] = Any("intake", "contract");
                if ((string)step["price"]! == "contract") (step["ifShort"], mayBeShort) = (IfShort(), false);
                break;
            default: step["actual"] = Any("freight", "packaging", "processing", "commission", "promotion"); break;
        }
        if (mayBeShort && Sometimes(0.3)) step["from"] = Any(Payers);
        else if (mayBeShort && Sometimes(0.4)) step["ifShort"] = Sometimes(0.2) ? "reduce" : IfShort();
        if (Sometimes(0.2)) step["sunk"] = true;
        if (Sometimes(0.3))
        {
            var when = new JsonObject();
            if (Sometimes(0.5)) when["channel"] = new JsonArray("taobao", "pavilion");
            if (Sometimes(0.5)) when["station"] = new JsonArray("S-1" + Marks[2]);
            if (Sometimes(0.3)) when["campaign"] = new JsonArray("spring", "autumn");
            if (Sometimes(0.3)) when["product"] = new JsonArray("apple", "walnut");
            step["when"] = when;
        }
        return step;
    }

    private JsonObject IfShort() => Sometimes(0.5) ? new JsonObject { ["bearer"] = Any(Payers) } : new JsonObject { ["bearers"] = Shares(Payers) };

    private JsonArray Shares(string[] roles)
    {
        var some = roles.ToArray();
        chance.Shuffle(some);
        return new JsonArray([.. some.Take(chance.Next(1, 4)).Select(role => (JsonNode)new JsonObject { ["to"] = role, ["weight"] = chance.Next(1, 5) })]);
    }

    private string Rate() => Any("0%", "5%", "2.5%", "33.3333%", "100%", "0.0001%", string.Create(CultureInfo.InvariantCulture, $"{chance.Next(0, 100)}.{chance.Next(0, 10_000):0000}%"));

    private void MakeLots()
    {
        for (var lot = 1; lot <= 4; lot++)
        {
            var (byPiece, villages, free) = (Sometimes(0.3), Sometimes(0.5), Sometimes(0.2));
            var one = new TwinIntake($"L-{lot}{Any(Marks)}", "", 0, 0)
            {
                Station = Any("", "S-9", "S\"9"),
                Cooperative = Any("", "C-1", "C,1"),
                Enterprise = Any("", "E-1"),
                BoughtBy = Any("", "", "", "cooperative", "enterprise", "platform"),
            };
            for (var intake = chance.Next(1, 7); intake > 0; intake--)
                Intakes.Add(one with
                {
                    Household = $"H-{chance.Next(1, 5)}{Marks[chance.Next(1, 5)]}",
                    Grams = byPiece ? 0 : chance.Next(1, 30_000),
                    Pieces = byPiece ? chance.Next(1, 40) : 0,
                    Price = free || Sometimes(0.1) ? 0 : chance.Next(1, 3000),
                    Contract = chance.Next(0, 3000),
                    Village = villages ? $"V-{chance.Next(1, 4)}{Marks[chance.Next(1, 5)]}" : "",
                });
        }
        var all = Intakes.ToArray();
        chance.Shuffle(all);
        Intakes.Clear();
        Intakes.AddRange(all);
    }

    private void MakeLines()
    {
        var number = 0;
        for (var order = 1; order <= 12; order++)
        {
            var parcels = Sometimes(0.7) ? 1 : chance.Next(1, 4);
            var channel = Any("taobao", "pavilion", "", "抖音", "a,b");
            for (var line = Any(1, 1, 2, 3, 6); line > 0; line--)
            {
                var free = Sometimes(0.15);
                Lines.Add(new TwinLine($"{chance.Next(0, 10)}{Any(Marks)}#{number++}", $"O-{order}")
                {
                    Channel = channel,
                    Station = Any("", "S-1果", "S-2"),
                    Lot = Any([.. Intakes.Select(i => i.Lot)]),
                    Campaign = Any("", "", "spring", "autumn\"18"),
                    Product = Any("", "apple", "walnut", "lily"),
                    Grams = chance.Next(0, 6000),
                    Goods = free ? 0 : chance.Next(0, 9000),
                    Freight = Sometimes(0.5) ? 0 : chance.Next(0, 1200),
                    Pieces = chance.Next(0, 5),
                    Parcels = parcels,
                    Packaging = Sometimes(0.5) ? 0 : chance.Next(0, 300),
                    Processing = Sometimes(0.5) ? 0 : chance.Next(0, 300),
                    Commission = Sometimes(0.5) ? 0 : chance.Next(0, 500),
                    Promotion = Sometimes(0.5) ? 0 : chance.Next(0, 300),
                });
            }
        }
    }

    private void MakeRefunds()
    {
        var left = Lines.ToDictionary(line => line.Line, line => line.Goods + line.Freight);
        for (var refund = 0; refund < 25; refund++)
        {
            var line = Any([.. Lines]).Line;
            if (left[line] == 0) continue;
            var amount = Sometimes(0.4) ? left[line] : chance.NextInt64(1, left[line] + 1);
            left[line] -= amount;
            Refunds.Add(new TwinRefund(line, amount, Sometimes(0.3) ? Any(AtFault) : ""));
        }
    }
}
