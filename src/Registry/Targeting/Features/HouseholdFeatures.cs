using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Shanhuo.Kernel;

namespace Shanhuo.Registry.Targeting.Features;

/// <summary>The features of many households as they were at one time, a column each: the least and the greatest value that is possible. Households lie in the order of village and id.</summary>
internal sealed class HouseholdFeatures
{
    private readonly int[][] lows;
    private readonly int[][] highs;

    /// <summary>Columns for so many households, of whom nothing is known yet.</summary>
    public HouseholdFeatures(long[] ids, AreaCode[] villages)
    {
        (Ids, Villages) = (ids, villages);
        lows = new int[HouseholdFeature.All.Count][];
        highs = new int[lows.Length][];
        foreach (var feature in HouseholdFeature.All)
        {
            Array.Fill(lows[feature.Index] = new int[ids.Length], feature.Least);
            Array.Fill(highs[feature.Index] = new int[ids.Length], feature.Most);
        }
    }

    public int Count => Ids.Length;

    public long[] Ids { get; }

    public AreaCode[] Villages { get; }

    /// <summary>Least possible values.</summary>
    public ReadOnlySpan<int> Low(Feature feature) => lows[feature.Index];

    /// <summary>Greatest possible values.</summary>
    public ReadOnlySpan<int> High(Feature feature) => highs[feature.Index];

    public (int Low, int High) this[Feature feature, int row] => (lows[feature.Index][row], highs[feature.Index][row]);

    /// <summary>Says what is known of a household; beyond the feature's span it is kept as its end.</summary>
    public void Set(Feature feature, int row, long low, long high)
    {
        if (low > high) throw new ArgumentException($"{feature.Key}: {low} is above {high}.");
        lows[feature.Index][row] = (int)Math.Clamp(low, feature.Least, feature.Most);
        highs[feature.Index][row] = (int)Math.Clamp(high, feature.Least, feature.Most);
    }

    /// <summary>Says a value; null leaves it unknown.</summary>
    public void Set(Feature feature, int row, long? value)
    {
        if (value is { } known) Set(feature, row, known, known);
    }

    /// <summary>Says yes or no; null leaves it unknown.</summary>
    public void Set(Feature feature, int row, bool? value) => Set(feature, row, value is { } known ? known ? 1L : 0 : null);

    /// <summary>Says a choice; null, or a code that is none, leaves it unknown.</summary>
    public void Set(Feature feature, int row, string? code)
    {
        if (code is null) return;
        for (var i = 0; i < feature.Choices.Count; i++)
            if (feature.Choices[i] == code) Set(feature, row, i, i);
    }

    /// <summary>Makes a value unknown again.</summary>
    public void Blank(Feature feature, int row) => Set(feature, row, feature.Least, feature.Most);

    /// <summary>The households in these rows, as they are.</summary>
    public HouseholdFeatures Take(ReadOnlySpan<int> rows)
    {
        var taken = new HouseholdFeatures(new long[rows.Length], new AreaCode[rows.Length]);
        for (var i = 0; i < rows.Length; i++)
        {
            (taken.Ids[i], taken.Villages[i]) = (Ids[rows[i]], Villages[rows[i]]);
            for (var f = 0; f < lows.Length; f++) (taken.lows[f][i], taken.highs[f][i]) = (lows[f][rows[i]], highs[f][rows[i]]);
        }
        return taken;
    }

    /// <summary>SHA-256 over households, villages and all columns, in hex: the same register gives the same.</summary>
    public string Fingerprint()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(MemoryMarshal.AsBytes<long>(Ids));
        hash.AppendData(MemoryMarshal.AsBytes<AreaCode>(Villages));
        for (var f = 0; f < lows.Length; f++)
        {
            hash.AppendData(MemoryMarshal.AsBytes<int>(lows[f]));
            hash.AppendData(MemoryMarshal.AsBytes<int>(highs[f]));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
