using System.Globalization;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Sheets;
using Shanhuo.Registry.Measures;
using Shanhuo.Registry.Targeting.Features;
using Shanhuo.Registry.Targeting.Rules;

namespace Shanhuo.Registry.Targeting.Simulations;

/// <summary>Households that somebody verified: rows of the features, whether they are poor, and how they were drawn.</summary>
internal sealed record Verified(HouseholdFeatures Features, byte[] Truth, double[]? Weights, SampleDesign? Design, int[]? Clusters)
{
    /// <summary>Is the measured net income per head below a line?</summary>
    /// <param name="features">All households.</param>
    /// <param name="line">Fen a head and year.</param>
    public static Verified Measured(HouseholdFeatures features, int line)
    {
        var truth = new byte[features.Count];
        new Comparison(HouseholdFeature.Of("net-income"), Comparer.Below, [line]) { Path = "" }.Answer(features, 0, truth);
        return new Verified(features, truth, null, null, null);
    }

    /// <summary>Reads a table with the columns household (its code), poor (yes or no, blank: unknown), and, where the households were drawn by a design, weight, stratum and cluster.</summary>
    /// <param name="sheet">CSV or XLSX.</param>
    /// <param name="file">As its sender called it, for what is wrong.</param>
    /// <param name="features">All households.</param>
    /// <param name="rowOf">Row of a household's code; null: there is none in this area.</param>
    public static Outcome<Verified> Read(SheetReader sheet, string file, HouseholdFeatures features, Func<string, int?> rowOf)
    {
        SheetHeader? header = null;
        var (columns, drawn) = (new int[5], new List<Drawn>());
        var met = new HashSet<int>();
        foreach (var outcome in sheet.Rows())
        {
            if (!outcome.Ok(out var row, out var no)) return no;
            if (header is null)
            {
                header = new SheetHeader(row);
                for (var i = 0; i < Columns.Length; i++) columns[i] = header.Find(Columns[i]);
                if (columns[0] < 0 || columns[1] < 0) return new Refusal("targeting.verified-columns", new Place { File = file, Row = row.Number });
                continue;
            }
            var (code, weight) = (row[columns[0]].Text.Trim(), 1d);
            if (rowOf(code) is not { } at) return new Refusal("targeting.verified-household", row.At("household"), code);
            if (!met.Add(at)) return new Refusal("targeting.verified-twice", row.At("household"), code);
            if (Poor(row[columns[1]].Text.Trim()) is not { } poor) return new Refusal("targeting.verified-poor", row.At("poor"), row[columns[1]].Text);
            if (columns[2] >= 0 && !(double.TryParse(row[columns[2]].Text, NumberStyles.Float, CultureInfo.InvariantCulture, out weight) && weight is > 0 and < 1e9)) return new Refusal("targeting.verified-weight", row.At("weight"), row[columns[2]].Text);
            drawn.Add(new(at, (byte)poor, weight, row[columns[3]].Text.Trim(), columns[4] >= 0 ? row[columns[4]].Text.Trim() : code));
        }
        if (drawn.Count == 0) return new Refusal("targeting.verified-empty", new Place { File = file });
        var hasDesign = columns[3] >= 0 || columns[4] >= 0;
        var (design, clusters) = hasDesign ? Build(drawn) : (null, null);
        return new Verified(features.Take([.. drawn.Select(d => d.Row)]), [.. drawn.Select(d => d.Poor)], columns[2] >= 0 || hasDesign ? [.. drawn.Select(d => d.Weight)] : null, design, clusters);
    }

    private static readonly string[][] Columns = [["household", "户编号", "户"], ["poor", "贫困"], ["weight", "权重"], ["stratum", "层"], ["cluster", "群"]];

    private readonly record struct Drawn(int Row, byte Poor, double Weight, string Stratum, string Cluster);

    private static Truth? Poor(string text) => text.ToLowerInvariant() switch
    {
        "" => Rules.Truth.Unknown,
        "1" or "yes" or "y" or "是" => Rules.Truth.Yes,
        "0" or "no" or "n" or "否" => Rules.Truth.No,
        _ => null,
    };

    private static (SampleDesign, int[]) Build(List<Drawn> drawn)
    {
        var (strata, clusters, stratumOf, of) = (new Dictionary<string, int>(StringComparer.Ordinal), new Dictionary<(int, string), int>(), new List<int>(), new int[drawn.Count]);
        for (var i = 0; i < drawn.Count; i++)
        {
            if (!strata.TryGetValue(drawn[i].Stratum, out var stratum)) strata[drawn[i].Stratum] = stratum = strata.Count;
            if (!clusters.TryGetValue((stratum, drawn[i].Cluster), out of[i]))
            {
                clusters[(stratum, drawn[i].Cluster)] = of[i] = stratumOf.Count;
                stratumOf.Add(stratum);
            }
        }
        var sizes = new int[strata.Count];
        foreach (var stratum in stratumOf) sizes[stratum]++;
        return (new SampleDesign([.. stratumOf], sizes, new double[sizes.Length]), of);
    }
}
