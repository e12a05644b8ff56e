namespace Shanhuo.Registry.Targeting.Features;

/// <summary>Net and gross income per head from incomes of one year, with bounds. Fen per head are cut off to whole fen downwards, which no comparison with whole fen feels.</summary>
internal sealed class IncomeTally(HouseholdFeatures features)
{
    private static readonly Feature Net = HouseholdFeature.Of("net-income"), Gross = HouseholdFeature.Of("gross-income"), People = HouseholdFeature.Of("people");
    private static readonly string[] Kinds = [.. Households.HouseholdIncome.Kinds];

    // Per row: which kinds are stated, gross and net of what is known, and whether some costs are not.
    private readonly Dictionary<int, (int Stated, long Gross, long NetHigh, bool CostsUnknown)> sums = [];

    /// <summary>Adds an income.</summary>
    /// <param name="row">Its household.</param>
    /// <param name="kind">One of the kinds of the register.</param>
    /// <param name="gross">Fen.</param>
    /// <param name="costs">Fen; null: not known. Wages and transfers have none.</param>
    public void Add(int row, string kind, long gross, long? costs)
    {
        var (stated, all, net, unknown) = sums.GetValueOrDefault(row);
        var has = HasCosts(kind);
        sums[row] = (stated | (1 << Array.IndexOf(Kinds, kind)), all + gross, net + gross - (costs ?? 0), unknown || (has && costs is null));
    }

    /// <summary>
    /// Writes the features. A kind that is not stated may be anything from nothing up, for business and property also a loss; costs that are not known anything from nothing up.
    /// Of a household whose members are not written down nothing per head is known.
    /// </summary>
    public void End()
    {
        foreach (var (row, (stated, gross, netHigh, costsUnknown)) in sums)
        {
            var (fewest, most) = features[People, row];
            if (fewest != most || fewest == 0) continue;
            var (missing, lossPossible) = (false, costsUnknown);
            for (var k = 0; k < Kinds.Length; k++)
            {
                if ((stated & (1 << k)) != 0) continue;
                missing = true;
                lossPossible |= HasCosts(Kinds[k]);
            }
            features.Set(Gross, row, PerHead(gross, fewest), missing ? Gross.Most : PerHead(gross, fewest));
            features.Set(Net, row, lossPossible ? Net.Least : PerHead(netHigh, fewest), missing ? Net.Most : PerHead(netHigh, fewest));
        }
    }

    private static bool HasCosts(string kind) => kind is "business" or "property";

    private static long PerHead(long fen, int people) => Math.Clamp((long)Math.Floor((decimal)fen / people), -Feature.Largest, Feature.Largest);
}
