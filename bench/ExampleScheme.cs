using System.Text;
using Shanhuo.Settlement.Schemes;

namespace Shanhuo.Bench;

/// <summary>The example scheme of the rules of settlement.</summary>
internal static class ExampleScheme
{
    public const string Json = """
        {
          "name": "Government + cooperative + farmer + platform",
          "steps": [
            { "to": "platform",     "rate": "5%",     "of": "gross" },
            { "to": "carrier",      "actual": "freight" },
            { "to": "station",      "fixed": "0.80",  "per": "order" },
            { "to": "packaging",    "fixed": "0.50",  "per": "kg", "sunk": true },
            { "to": "growers",      "price": "intake", "ifShort": { "bearer": "risk-fund" } },
            { "to": "growers",      "from": "programme", "rate": "5%", "of": "goods", "when": { "channel": ["pavilion"] } },
            { "to": "village-fund", "rate": "10%",    "of": "rest" },
            { "to": "cooperative",  "rest": true }
          ],
          "refunds": { "bearer": "risk-fund" },
          "close": { "reserve": "20%", "patronage": "60%", "welfare": "5%" }
        }
        """;

    public static Scheme Read() =>
        SchemeReader.TryRead(Encoding.UTF8.GetBytes(Json), new DateOnly(2026, 11, 22), out var scheme, out var faults)
            ? scheme : throw new InvalidOperationException(string.Join("; ", faults));
}
