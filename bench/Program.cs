using Shanhuo.Bench;

// Benchmarks of the settlement core. Figures and how they were made: docs/benchmarks.md.
var options = new Options(args.Skip(1));
switch (args.FirstOrDefault())
{
    case "split": SplitBench.Run(options); return 0;
    case "apportion": ApportionBench.Run(options); return 0;
    case "close": CloseBench.Run(options); return 0;
    case "generate": SeasonFiles.Make(options.Text("--out", "."), options.Number("--lines", 1_000_000), options.Number("--refunds-in", 50), (int)options.Number("--seed", 1)); return 0;
    case "settle-db": return await SettleDbBench.Run(options);
    case "pages": return await PagesBench.Run(options);
    case "shop-orders": return await ShopOrdersBench.Run(options);
    case "shop-pages": return await ShopPagesBench.Run(options);
    case "tabulate": return await TabulateBench.Run(options);
    case "survey-tables": return await StoredTablesBench.Run(options);
    case "csv": return CsvBench.Run(options);
    case "register-sheet": return await RegisterBench.Run(options);
    case "measure": return await MeasureBench.Run(options);
    case "targeting": return await TargetingBench.Run(options);
    case "register-measures": return await RegisterMeasuresBench.Run(options);
    case "search": SearchBench.Run(options); return 0;
    case "settle": return CsvBench.Settle(options.Text("--in", "."));
    case "plan-figures": PlanFigures.Write(options.Text("--db", "shanhuo.db"), options.Text("--out", "PlanFigures.txt")); return 0;
    case "journal": JournalBench.Write(options.Text("--in", "."), options.Text("--out", "postings.journal")); return 0;
    default:
        Console.Error.WriteLine("""
            bench split     [--lines N]                  the split itself, in memory, with the example scheme
            bench apportion [--growers N]                one pool among N growers
            bench close     [--members N]                a cooperative's close among N members
            bench generate  [--lines N] [--refunds-in N] [--seed N] --out DIR   S.json, LOTS.csv, LINES.csv, REFUNDS.csv; one line in N is refunded, 0: none
            bench tabulate  [--rows N]                   tables of a survey of N responses, with and without a design
            bench survey-tables [--db sqlite|postgres|durable] [--rows N]   tables of N stored responses: the first, and each after it
            bench csv       [--lines N] [--dir DIR]      generate, then settle from CSV to CSV beside plain reading and copying of the same bytes
            bench settle-db [--db sqlite|postgres|durable] [--lines N]   settling into a database beside writing the same rows raw
            bench pages     [--db sqlite|postgres|durable] [--lines N]   the farmer's statement and the lot's trace page of the real host, over N/100, N/10 and N lines
            bench shop-orders [--db sqlite|postgres|durable] [--orders N] [--at-once N] [--rush N]   buyers who order and pay at once, and a flash sale
            bench shop-pages [--db sqlite|postgres|durable] [--products N] [--lines N] [--seconds N]   pages of the shop window under load (needs wrk)
            bench measure   [--rows N] [--villages N]    poverty and inequality by village, from CSV to CSV
            bench targeting [--rows N] [--more N] [--load N]   rules over N invented households in memory, and reading N from a database
            bench register-sheet [--households N] [--people N] [--fault-every N] --out FILE   a county's sheet of households, for shanhuo register import
            bench register-measures [--db sqlite|postgres|durable] [--households N]   measures of a county's register by village, and its map
            bench search    [--entries N]                N invented titles found by characters, sounds and slips, beside a scan of all
            bench settle    --in DIR                     settle the files of DIR once
            bench plan-figures --db FILE --out FILE      how full the tables of a SQLite database are, for its planner (./dev plan-figures)
            bench journal   --in DIR --out FILE          POSTINGS.csv of DIR as a journal for hledger and ledger
            """);
        return 2;
}
