using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Shanhuo.Kernel;

namespace Shanhuo.Settlement.Overview;

/// <summary>Which part of the money is looked at; stands in the address, so that a view can be kept, sent and gone back to.</summary>
internal sealed record OverviewFilter
{
    /// <summary>First month, its first day.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Last month, its first day.</summary>
    public required DateOnly To { get; init; }

    /// <summary>County, township or village; null: all in the reader's scope.</summary>
    public AreaCode? Area { get; init; }
    public long? Product { get; init; }

    /// <summary>A scheme version; 0: what no scheme moved.</summary>
    public long? Scheme { get; init; }

    /// <summary>Last day of the last month.</summary>
    public DateOnly LastDay => To.AddMonths(1).AddDays(-1);

    /// <summary>Reads the address; what is missing or none is left open. Without months: the last twelve.</summary>
    public static OverviewFilter Read(string? from, string? to, string? area, string? product, string? scheme, DateOnly today)
    {
        var last = Month(to) ?? new DateOnly(today.Year, today.Month, 1);
        var first = Month(from) ?? last.AddMonths(-11);
        if (first > last) (first, last) = (last, first);
        return new OverviewFilter { From = first, To = last, Area = AreaCode.TryParse(area, out var code) ? code : null, Product = Number(product), Scheme = Number(scheme) };
    }

    /// <summary>The address of a page with this filter.</summary>
    public string Link(string path, params ReadOnlySpan<(string Key, string? Value)> more)
    {
        var query = new Dictionary<string, string?>
        {
            ["from"] = From.ToString("yyyy-MM", CultureInfo.InvariantCulture), ["to"] = To.ToString("yyyy-MM", CultureInfo.InvariantCulture),
            ["area"] = Area?.ToString(), ["product"] = Product?.ToString(CultureInfo.InvariantCulture), ["scheme"] = Scheme?.ToString(CultureInfo.InvariantCulture),
        };
        foreach (var (key, value) in more) query[key] = value;
        return QueryHelpers.AddQueryString(path, query.Where(q => q.Value is { Length: > 0 }));
    }

    private static DateOnly? Month(string? text) => DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 2000 and < 2200 ? day : null;

    private static long? Number(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
