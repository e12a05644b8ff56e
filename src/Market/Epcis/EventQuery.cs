using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Shanhuo.Market.Epcis;

/// <summary>Which events are asked for: the parameters of SimpleEventQuery (EPCIS 2.0, section 8.2.7.1) that are served here. Several values of one stand with | between them and mean any of them; several parameters mean all of them.</summary>
internal sealed record EventQuery
{
    private const int MostPerPage = 100;

    public string[]? Types { get; private init; }
    public string[]? BizSteps { get; private init; }
    public string[]? BizLocations { get; private init; }
    public string[]? EventIds { get; private init; }

    /// <summary>Things that an event must name, each in one spelling.</summary>
    public string[]? Things { get; private init; }
    public DateTimeOffset? From { get; private init; }

    /// <summary>Not itself.</summary>
    public DateTimeOffset? Before { get; private init; }
    public int PerPage { get; private init; } = 30;

    /// <summary>Where the last page ended.</summary>
    public string? Token { get; private init; }

    /// <summary>Reads the parameters; one that is not served is refused, for to pass over it would answer another question.</summary>
    public static (EventQuery? Query, EpcisProblem? Problem) Read(IQueryCollection parameters)
    {
        var query = new EventQuery();
        foreach (var (name, values) in parameters)
        {
            if (values.Count != 1 || values[0] is not { Length: > 0 } text) return (null, EpcisProblem.Parameter($"{name} must have one value."));
            var any = text.Split('|');
            switch (name)
            {
                case "eventType": query = query with { Types = any }; break;
                case "EQ_bizStep": query = query with { BizSteps = [.. any.Select(v => Vocabulary.Expand(v, "BizStep-"))] }; break;
                case "EQ_bizLocation": query = query with { BizLocations = [.. any.Select(v => Vocabulary.Expand(v))] }; break;
                case "EQ_eventID": query = query with { EventIds = any }; break;
                case "MATCH_epc" or "MATCH_epcClass" or "MATCH_anyEPC" or "MATCH_anyEPCClass": query = query with { Things = [.. query.Things ?? [], .. any.Select(v => Vocabulary.Expand(v))] }; break;
                case "GE_eventTime" when Time(text) is { } from: query = query with { From = from }; break;
                case "LT_eventTime" when Time(text) is { } before: query = query with { Before = before }; break;
                case "perPage" when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= MostPerPage: query = query with { PerPage = count }; break;
                case "nextPageToken": query = query with { Token = text }; break;
                case "GE_eventTime" or "LT_eventTime" or "perPage": return (null, EpcisProblem.Parameter($"{name} cannot be read, or is out of range: {text}"));
                default: return (null, EpcisProblem.Parameter($"{name} is not served here."));
            }
        }
        return (query, null);
    }

    /// <summary>Is it asked for?</summary>
    public bool Matches(JsonElement happening) =>
        In(Types, happening, "type", v => v) && In(BizSteps, happening, "bizStep", v => Vocabulary.Expand(v, "BizStep-")) && In(EventIds, happening, "eventID", v => v)
        && (BizLocations is null || (happening.TryGetProperty("bizLocation", out var place) && In(BizLocations, place, "id", v => Vocabulary.Expand(v))))
        && (Things is null || Capture.Things(happening).Any(Things.Contains)) && AtTime(happening);

    private bool AtTime(JsonElement happening)
    {
        if (From is null && Before is null) return true;
        var at = DateTimeOffset.Parse(happening.GetProperty("eventTime").GetString()!, CultureInfo.InvariantCulture);
        return (From is null || at >= From) && (Before is null || at < Before);
    }

    private static bool In(string[]? asked, JsonElement holder, string name, Func<string, string> spelt) => asked is null || (holder.TryGetProperty(name, out var value) && asked.Contains(spelt(value.GetString()!)));

    private static DateTimeOffset? Time(string text) => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
