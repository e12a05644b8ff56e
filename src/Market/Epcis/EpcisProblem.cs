using System.Text.Json.Nodes;

namespace Shanhuo.Market.Epcis;

/// <summary>Why a machine's request was refused, in the form of RFC 9457 and with the exceptions of EPCIS 2.0. In English only: programs read it.</summary>
/// <param name="Type">Exception of the standard, without its prefix.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Title">One sentence.</param>
/// <param name="Faults">Places in the document.</param>
internal sealed record EpcisProblem(string Type, int Status, string Title, IReadOnlyList<SchemaFault> Faults)
{
    public static EpcisProblem Invalid(string title, IReadOnlyList<SchemaFault> faults) => new("ValidationException", 400, title, faults);

    public static EpcisProblem TooLarge(int events) => new("CaptureLimitExceededException", 413, $"{events} events in one document; at most {Capture.MostEvents} are taken at once.", []);

    public static EpcisProblem Exists(string eventId) => new("ResourceAlreadyExistsException", 409, $"Another event has the id {eventId}.", []);

    public static EpcisProblem Parameter(string title) => new("QueryParameterException", 400, title, []);

    public static EpcisProblem Unknown { get; } = new("NoSuchResourceException", 404, "There is no such thing here, or it is not for you.", []);

    public static EpcisProblem NoAddress { get; } = new("ImplementationException", 503, "The county has not said under which address its things are named.", []);

    public static EpcisProblem NotJson(string why) => new("ValidationException", 400, $"Not JSON: {why}", []);

    public static EpcisProblem MediaType { get; } = new("UnsupportedMediaTypeException", 415, "Send application/json or application/ld+json.", []);

    public JsonObject ToJson()
    {
        var json = new JsonObject { ["type"] = $"epcisException:{Type}", ["title"] = Title, ["status"] = Status };
        if (Faults.Count > 0) json["errors"] = new JsonArray([.. Faults.Select(f => (JsonNode)new JsonObject { ["at"] = f.At, ["why"] = f.Why })]);
        return json;
    }
}
