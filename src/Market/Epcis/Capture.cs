using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Epcis;

/// <summary>What came of a sending: a job, or why nothing of it was taken.</summary>
internal sealed record CaptureAnswer(CaptureJob? Job, EpcisProblem? Refused);

/// <summary>Takes in events that others recorded (EPCIS 2.0, section 12.6.2): checked against the schema, each once, never changed.</summary>
internal sealed class Capture(ShanhuoDb db, Ids ids, TimeProvider clock)
{
    /// <summary>Events of one sending, at most.</summary>
    public const int MostEvents = 500;

    /// <summary>Things that one event names, at most.</summary>
    public const int MostThings = 1_000;

    /// <summary>Characters of an event's id or of a thing's name, at most.</summary>
    public const int LongestId = 400;

    /// <summary>Takes in a document.</summary>
    /// <param name="document">An EPCISDocument in JSON.</param>
    /// <param name="proceeds">Takes what is good although something else is not; else all or nothing.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task<CaptureAnswer> Take(JsonElement document, bool proceeds, CancellationToken cancel)
    {
        if (Envelope(document, proceeds) is { } wrong) return new(null, wrong);
        try { return await Take(document.GetProperty("epcisBody").GetProperty("eventList"), document, proceeds, cancel); }
        catch (DbUpdateException)
        {
            // Somebody sent the same events at the same moment: what is there now decides.
            db.ChangeTracker.Clear();
            return await Take(document.GetProperty("epcisBody").GetProperty("eventList"), document, proceeds, cancel);
        }
    }

    private static EpcisProblem? Envelope(JsonElement document, bool proceeds)
    {
        if (document.ValueKind != JsonValueKind.Object || !document.TryGetProperty("type", out var type) || !type.ValueEquals("EPCISDocument")) return EpcisProblem.Invalid("Only an EPCISDocument is captured.", []);
        // Counted before anything is looked at, so that too much costs little.
        if (document.TryGetProperty("epcisBody", out var body) && body.ValueKind == JsonValueKind.Object && body.TryGetProperty("eventList", out var list) && list.ValueKind == JsonValueKind.Array && list.GetArrayLength() is > MostEvents and var count) return EpcisProblem.TooLarge(count);
        var faults = EpcisSchema.Faults(proceeds ? WithoutEvents(document) : document);
        return faults.Count > 0 ? EpcisProblem.Invalid("The document breaks the schema of EPCIS 2.0.", faults) : null;
    }

    private async Task<CaptureAnswer> Take(JsonElement events, JsonElement document, bool proceeds, CancellationToken cancel)
    {
        var (county, now) = (db.Scope.County, clock.NowMs);
        var job = ids.Next();
        var problems = new List<EpcisProblem>();
        var rows = new List<(ForeignEvent Row, JsonElement Sent)>();
        foreach (var sent in events.EnumerateArray())
            if (proceeds && EpcisSchema.Faults(Alone(sent)) is { Count: > 0 } faults) problems.Add(EpcisProblem.Invalid($"Event {rows.Count + problems.Count + 1} breaks the schema of EPCIS 2.0.", faults));
            else if (Things(sent).Take(MostThings + 1).Count() > MostThings) problems.Add(EpcisProblem.Invalid($"Event {rows.Count + problems.Count + 1} names more than {MostThings} things.", []));
            else if (Read(sent, document, county, now, job) is { EventId.Length: <= LongestId } row && Things(sent).All(t => t.Length <= LongestId)) rows.Add((row, sent));
            else problems.Add(EpcisProblem.Invalid($"Event {rows.Count + problems.Count + 1} has a name of more than {LongestId} characters.", []));

        var added = await New(rows, problems, cancel);
        if (problems.Count > 0 && !proceeds) return new(null, problems[0]);
        var record = new CaptureJob
        {
            Id = job, County = county, CreatedMs = now, FinishedMs = clock.NowMs, Proceeds = proceeds, Success = problems.Count == 0, Events = events.GetArrayLength(), Added = added.Count,
            Errors = new JsonArray([.. problems.Select(p => (JsonNode)p.ToJson())]).ToJsonString(), ByOrganisationId = db.Scope.OrganisationId, ByAccountId = db.Scope.AccountId,
        };
        db.CaptureJobs.Add(record);
        foreach (var (row, sent) in added)
        {
            db.ForeignEvents.Add(row);
            foreach (var thing in Things(sent).Distinct(StringComparer.Ordinal)) db.ForeignEpcs.Add(new ForeignEpc { County = county, Epc = thing, EventRowId = row.Id });
        }
        await db.SaveChangesAsync(cancel);
        return new(record, null);
    }

    // Each once: the same again is passed over, another of the same id is refused.
    private async Task<List<(ForeignEvent Row, JsonElement Sent)>> New(List<(ForeignEvent Row, JsonElement Sent)> rows, List<EpcisProblem> problems, CancellationToken cancel)
    {
        var (county, sentIds) = (db.Scope.County, rows.Select(r => r.Row.EventId).Distinct().ToList());
        var there = (await db.Unfiltered<ForeignEvent>("an id stands once in a county, whoever sent it").AsNoTracking().Where(e => e.County == county && sentIds.Contains(e.EventId)).Select(e => new { e.EventId, e.DeclaresError, e.Hash }).ToListAsync(cancel)).ToDictionary(e => (e.EventId, e.DeclaresError), e => e.Hash);
        var ours = (await db.GivenEventIds.Where(i => i.County == county && sentIds.Contains(i.EventId)).Select(i => i.EventId).ToListAsync(cancel)).ToHashSet(StringComparer.Ordinal);
        var added = new List<(ForeignEvent, JsonElement)>();
        foreach (var one in rows)
        {
            var row = one.Row;
            if (ours.Contains(row.EventId)) continue;
            if (there.TryGetValue((row.EventId, row.DeclaresError), out var same) ? same != row.Hash : there.TryGetValue((row.EventId, !row.DeclaresError), out var other) && other != row.Hash) problems.Add(EpcisProblem.Exists(row.EventId));
            else if (there.TryAdd((row.EventId, row.DeclaresError), row.Hash)) added.Add(one);
        }
        return added;
    }

    private ForeignEvent Read(JsonElement sent, JsonElement document, AreaCode county, long now, long job)
    {
        var hash = EventHash.Digest(sent, EventHash.Context(document, sent));
        var id = sent.TryGetProperty("eventID", out var given) ? given.GetString()! : $"ni:///sha-256;{hash}?ver=CBV2.0";
        var kept = JsonSerializer.SerializeToNode(sent)!.AsObject();
        kept["eventID"] = id;
        // The event goes out again in other documents, so it keeps the namespaces of the one it came in.
        if (!kept.ContainsKey("@context")) kept["@context"] = JsonSerializer.SerializeToNode(document.GetProperty("@context"));
        return new ForeignEvent
        {
            Id = ids.Next(), County = county, EventId = id, DeclaresError = sent.TryGetProperty("errorDeclaration", out _), Hash = hash, Document = kept.ToJsonString(),
            EventMs = DateTimeOffset.Parse(sent.GetProperty("eventTime").GetString()!, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds(), RecordedMs = now, ByOrganisationId = db.Scope.OrganisationId, CaptureId = job,
        };
    }

    /// <summary>The things an event names, each in one spelling.</summary>
    public static IEnumerable<string> Things(JsonElement happening)
    {
        if (happening.TryGetProperty("parentID", out var parent)) yield return Vocabulary.Expand(parent.GetString()!);
        foreach (var name in new[] { "epcList", "childEPCs", "inputEPCList", "outputEPCList" })
            if (happening.TryGetProperty(name, out var list))
                foreach (var epc in list.EnumerateArray()) yield return Vocabulary.Expand(epc.GetString()!);
        foreach (var name in new[] { "quantityList", "childQuantityList", "inputQuantityList", "outputQuantityList" })
            if (happening.TryGetProperty(name, out var list))
                foreach (var quantity in list.EnumerateArray()) yield return Vocabulary.Expand(quantity.GetProperty("epcClass").GetString()!);
    }

    private static JsonElement WithoutEvents(JsonElement document)
    {
        var copy = JsonSerializer.SerializeToNode(document)!.AsObject();
        if (copy["epcisBody"] is JsonObject body && body.ContainsKey("eventList")) body["eventList"] = new JsonArray();
        return JsonSerializer.SerializeToElement(copy);
    }

    // What stands around the events was checked once; around one of them stands the least that the schema asks for.
    private static JsonElement Alone(JsonElement sent) => JsonSerializer.SerializeToElement(new JsonObject
    {
        ["@context"] = EpcisEndpoints.Context, ["type"] = "EPCISDocument", ["schemaVersion"] = "2.0", ["creationDate"] = "2000-01-01T00:00:00Z", ["epcisBody"] = new JsonObject { ["eventList"] = new JsonArray(JsonSerializer.SerializeToNode(sent)) },
    });
}
