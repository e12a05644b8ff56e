using Shanhuo.Kernel;
using Shanhuo.Settlement.Contracts;

namespace Shanhuo.Tests.Settlement.Bulk;

/// <summary>A folder with the files of one bulk run, and the run.</summary>
internal sealed class BulkFolder : IDisposable
{
    public const string ExampleScheme = """
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

    public const string ExampleLots = """
        lot,household,grams,grade,price
        L-1,H-1,30000,A,12.00
        L-1,H-2,20000,A,10.00

        """;

    public const string LinesHeader = "line,order,day,channel,station,lot,grams,goods,freight\n";

    private readonly string folder = Directory.CreateTempSubdirectory("shanhuo-bulk-").FullName;

    public string Scheme { set => Write("S.json", value); }
    public string Lots { set => Write("LOTS.csv", value); }
    public string Lines { set => Write("LINES.csv", value); }
    public string? Refunds { set => Write("REFUNDS.csv", value!); }

    public string Errors { get; private set; } = "";
    public string Summary { get; private set; } = "";
    public string? Postings { get; private set; }

    /// <summary>The errors without the last sentence and the folder: one FILE:ROW:COLUMN each.</summary>
    public string[] Places => [.. Errors.Split('\n').Where(line => line.Contains(".csv:", StringComparison.Ordinal) || line.Contains(".json:", StringComparison.Ordinal)).Select(line => line.Split(": ")[0])];

    public string Path(string file) => System.IO.Path.Combine(folder, file);

    public void Write(string file, string text) => File.WriteAllText(Path(file), text);

    public void WriteBytes(string file, byte[] bytes) => File.WriteAllBytes(Path(file), bytes);

    public string[] Files => [.. Directory.GetFiles(folder).Select(file => System.IO.Path.GetFileName(file)).Order()];

    public int Run(bool skipBad = false, Language language = Language.En)
    {
        File.Delete(Path("POSTINGS.csv"));
        using StringWriter output = new() { NewLine = "\n" }, error = new() { NewLine = "\n" };
        var refunds = File.Exists(Path("REFUNDS.csv")) ? Path("REFUNDS.csv") : null;
        var options = new BulkOptions(Path("S.json"), Path("LOTS.csv"), Path("LINES.csv"), refunds, Path("POSTINGS.csv"), skipBad);
        var code = BulkSettlement.Run(options, output, error, language, CancellationToken.None);
        (Summary, Errors) = (output.ToString(), error.ToString().Replace(folder + "/", "", StringComparison.Ordinal));
        Postings = File.Exists(Path("POSTINGS.csv")) ? File.ReadAllText(Path("POSTINGS.csv")) : null;
        return code;
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
