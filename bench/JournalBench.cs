using System.Text;
using Shanhuo.Settlement.Bulk;

namespace Shanhuo.Bench;

/// <summary>POSTINGS.csv as a journal that hledger and ledger read, one transaction per cause.</summary>
internal static class JournalBench
{
    public static void Write(string folder, string path)
    {
        using var rows = new CsvRows(Path.Combine(folder, "POSTINGS.csv"), 1 << 18);
        using var journal = new StreamWriter(path, false, new UTF8Encoding(false), 1 << 20);
        rows.Read();
        var cause = "";
        while (rows.Read())
        {
            var of = Encoding.UTF8.GetString(rows[0]);
            if (of != cause)
            {
                journal.Write($"\n2026-11-21 {of}\n");
                cause = of;
            }
            journal.Write($"  {Encoding.UTF8.GetString(rows[1]).Replace('/', ':')}  {Encoding.UTF8.GetString(rows[2])} fen\n");
        }
    }
}
