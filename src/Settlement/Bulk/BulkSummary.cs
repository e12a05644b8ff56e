using System.Globalization;
using Shanhuo.Kernel;
using Shanhuo.Settlement.Schemes;

namespace Shanhuo.Settlement.Bulk;

/// <summary>The summary on standard output: lines, gross, per role totals and shares, the growers' share of the buyer's yuan.</summary>
internal static class BulkSummary
{
    /// <summary>Writes it.</summary>
    public static void Write(BulkPostings postings, Texts texts, Language language, TextWriter output)
    {
        var net = -postings.Totals[(int)SchemeRole.Buyer];
        output.WriteLine(texts.Say(language, "bulk.sum-lines", postings.Lines));
        output.WriteLine(texts.Say(language, "bulk.sum-gross", Yuan(postings.Gross)));
        output.WriteLine(texts.Say(language, "bulk.sum-refunds", postings.Refunds, Yuan(postings.Gross - net), Yuan(net)));
        output.WriteLine(texts.Say(language, "bulk.sum-roles"));
        foreach (var role in Roles.All)
        {
            var fen = postings.Totals[(int)role];
            if (fen == 0) continue;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {role.Name(),-15}{Yuan(fen),18}{Share(fen, net),10}  {texts.Say(language, "role." + role.Name())}"));
        }
        output.WriteLine(texts.Say(language, "bulk.sum-growers", Share(postings.Totals[(int)SchemeRole.Growers], net)));
    }

    private static string Yuan(Int128 fen)
    {
        var all = Int128.Abs(fen);
        return string.Create(CultureInfo.InvariantCulture, $"{(fen < 0 ? "-" : "")}{all / 100}.{(int)(all % 100):00}");
    }

    private static string Share(Int128 part, Int128 whole)
    {
        if (whole == 0) return "-";
        var hundredths = Rounding.HalfEven(part * 10_000, whole);
        return string.Create(CultureInfo.InvariantCulture, $"{(hundredths < 0 ? "-" : "")}{Math.Abs(hundredths) / 100}.{Math.Abs(hundredths) % 100:00}%");
    }
}
