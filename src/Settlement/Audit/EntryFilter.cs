using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Shanhuo.Kernel;
using Shanhuo.Settlement.Ledger;

namespace Shanhuo.Settlement.Audit;

/// <summary>Which entries are listed; stands in the address. The overview's filters are taken too, so that every figure leads to its entries.</summary>
internal sealed record EntryFilter
{
    public DateOnly? From { get; init; }
    public DateOnly? To { get; init; }
    public Cause? Cause { get; init; }
    public long? LotId { get; init; }
    public long? ProductId { get; init; }
    public long? SchemeVersionId { get; init; }
    public AreaCode? Area { get; init; }

    /// <summary>Only entries that move money of a sale at this role; the amount shown is the role's.</summary>
    public string? Role { get; init; }

    /// <summary>The page begins behind this entry.</summary>
    public (DateOnly Day, long Id)? Before { get; init; }

    /// <summary>Reads the address; what is none is left open. Days or whole months.</summary>
    public static EntryFilter Read(Func<string, string?> query) => new()
    {
        From = Day(query("from"), false), To = Day(query("to"), true),
        Cause = Enum.TryParse<Cause>(query("cause"), out var cause) && Enum.IsDefined(cause) ? cause : null,
        LotId = Number(query("lot")), ProductId = Number(query("product")), SchemeVersionId = Number(query("scheme")),
        Area = AreaCode.TryParse(query("area"), out var area) ? area : null,
        Role = query("role") is { Length: > 0 and < 30 } role ? role : null,
        Before = query("before")?.Split('.') is [var day, var id] && Day(day, false) is { } d && Number(id) is { } n ? (d, n) : null,
    };

    /// <summary>The address of a page with this filter.</summary>
    public string Link(string path, params ReadOnlySpan<(string Key, string? Value)> more)
    {
        var query = new Dictionary<string, string?>
        {
            ["from"] = Text(From), ["to"] = Text(To), ["cause"] = Cause?.ToString(), ["lot"] = Text(LotId), ["product"] = Text(ProductId), ["scheme"] = Text(SchemeVersionId),
            ["area"] = Area?.ToString(), ["role"] = Role,
        };
        foreach (var (key, value) in more) query[key] = value;
        return QueryHelpers.AddQueryString(path, query.Where(q => q.Value is { Length: > 0 }));
    }

    /// <summary>How a page's last entry stands in the address of the next.</summary>
    public static string Cursor(DateOnly day, long id) => $"{Text(day)}.{Text(id)}";

    private static string? Text(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string? Text(long? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static DateOnly? Day(string? text, bool last)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
        if (!DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month)) return null;
        return last ? month.AddMonths(1).AddDays(-1) : month;
    }

    private static long? Number(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
