using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Primitives;
using Shanhuo.Kernel;
using Shanhuo.Market.Api;

namespace Shanhuo.Market.Epcis;

/// <summary>The REST binding of EPCIS 2.0 (section 12), the part of it that is served: capture with its jobs, events by query and by id.</summary>
internal static class EpcisEndpoints
{
    public const string Context = "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld";

    public static void Map(IEndpointRouteBuilder routes)
    {
        string[] readers = [Role.Cooperative, Role.CountyStaff, Role.CountyOfficial, Role.Auditor];
        For(routes.MapPost("/epcis/capture", Take), Role.Cooperative, Role.CountyStaff);
        For(routes.MapGet("/epcis/capture/{id:long}", Job), readers);
        For(routes.MapGet("/epcis/events", Events), readers);
        For(routes.MapGet("/epcis/events/{**id}", One), readers);
    }

    // People by their cookie; programs by a key with the right to events, in its scope and no oftener than it may.
    private static void For(RouteHandlerBuilder endpoint, params string[] roles) => endpoint
        .WithMetadata(new AudienceAttribute(roles) { AuthenticationSchemes = KeyAuthentication.OrPerson }, new ApiRight(ApiRights.Events))
        .AddEndpointFilter((context, next) => context.HttpContext.Items[typeof(ApiKey)] is ApiKey ? ApiEndpoints.Enter(context, next) : next(context));

    private static async Task<IResult> Take(HttpContext http, Capture capture, CancellationToken cancel)
    {
        Head(http);
        http.Response.Headers["GS1-EPCIS-Capture-Limit"] = Capture.MostEvents.ToString(CultureInfo.InvariantCulture);
        if (http.Request.ContentType?.Split(';')[0].Trim() is not ("application/json" or "application/ld+json")) return Problem(EpcisProblem.MediaType);
        var behaviour = http.Request.Headers["GS1-Capture-Error-Behaviour"].ToString();
        if (behaviour is not ("" or "rollback" or "proceed")) return Problem(EpcisProblem.Parameter("GS1-Capture-Error-Behaviour is rollback or proceed."));
        JsonDocument document;
        try { document = await JsonDocument.ParseAsync(http.Request.Body, default, cancel); }
        catch (JsonException fault) { return Problem(EpcisProblem.NotJson(fault.Message)); }
        using (document)
        {
            if (!IsText(document.RootElement)) return Problem(EpcisProblem.NotJson("A string has half a character (a surrogate without its other half)."));
            var (job, refused) = await capture.Take(document.RootElement, behaviour == "proceed", cancel);
            if (job is null) return Problem(refused!);
            http.Response.Headers.Location = $"/epcis/capture/{job.Id}";
            return Json(Shown(job), StatusCodes.Status202Accepted);
        }
    }

    // JSON may name half a character by its number; no string can hold it.
    private static bool IsText(JsonElement element)
    {
        try
        {
            return element.ValueKind switch
            {
                JsonValueKind.Object => element.EnumerateObject().All(p => p.Name.Length >= 0 && IsText(p.Value)),
                JsonValueKind.Array => element.EnumerateArray().All(IsText),
                JsonValueKind.String => element.GetString() is not null,
                _ => true,
            };
        }
        catch (InvalidOperationException) { return false; }
    }

    private static async Task<IResult> Job(long id, HttpContext http, ShanhuoDb db, CancellationToken cancel)
    {
        Head(http);
        var (county, own) = (db.Scope.County, db.Scope.OrganisationId);
        var job = await db.CaptureJobs.AsNoTracking().SingleOrDefaultAsync(c => c.County == county && c.Id == id && (own == null || c.ByOrganisationId == own), cancel);
        return job is null ? Problem(EpcisProblem.Unknown) : Json(Shown(job));
    }

    private static async Task<IResult> Events(HttpContext http, ShanhuoDb db, FindEvents find, Secrets secrets, TimeProvider clock, CancellationToken cancel)
    {
        Head(http);
        var (query, wrong) = EventQuery.Read(http.Request.Query);
        if (query is null) return Problem(wrong!);
        if (await find.Page(db.Scope.County, query, cancel) is not { } page) return Problem(EpcisProblem.NoAddress);
        if (page.Next is { } next)
        {
            var parameters = new QueryBuilder(http.Request.Query.Where(p => p.Key != "nextPageToken").SelectMany(p => p.Value, (p, v) => KeyValuePair.Create(p.Key, v ?? "")).Append(KeyValuePair.Create("nextPageToken", next)));
            http.Response.Headers.Link = $"<{http.Request.Path}{parameters}>; rel=\"next\"";
        }
        var names = (await TraceNames.Of(db, secrets, db.Scope.County, cancel))!;
        return Json(Valid(new JsonObject
        {
            ["@context"] = Contexts(names), ["type"] = "EPCISQueryDocument", ["schemaVersion"] = "2.0", ["creationDate"] = EventBook.Instant(clock.NowMs),
            ["epcisBody"] = new JsonObject { ["queryResults"] = new JsonObject { ["queryName"] = "SimpleEventQuery", ["resultsBody"] = new JsonObject { ["eventList"] = new JsonArray([.. page.Events]) } } },
        }));
    }

    private static async Task<IResult> One(string id, HttpContext http, ShanhuoDb db, FindEvents find, Secrets secrets, CancellationToken cancel)
    {
        Head(http);
        // Routing leaves %2F as it is, for elsewhere it would part segments.
        if (await find.One(db.Scope.County, Uri.UnescapeDataString(id), cancel) is not { } found) return Problem(EpcisProblem.Unknown);
        if (!found.ContainsKey("@context")) found["@context"] = Contexts((await TraceNames.Of(db, secrets, db.Scope.County, cancel))!);
        return Json(Valid(found));
    }

    private static JsonArray Contexts(TraceNames names) => new(Context, new JsonObject { ["shanhuo"] = names.Terms });

    /// <summary>Nothing leaves that breaks the standard's schema.</summary>
    public static JsonObject Valid(JsonObject document) =>
        EpcisSchema.Faults(JsonSerializer.SerializeToElement(document)) is { Count: > 0 } faults ? throw new InvalidOperationException($"An event of ours breaks the schema: {string.Join("; ", faults.Take(3))}") : document;

    private static JsonObject Shown(CaptureJob job) => new()
    {
        ["captureID"] = job.Id.ToString(CultureInfo.InvariantCulture), ["createdAt"] = EventBook.Instant(job.CreatedMs), ["finishedAt"] = EventBook.Instant(job.FinishedMs), ["running"] = false, ["success"] = job.Success,
        ["captureErrorBehaviour"] = job.Proceeds ? "proceed" : "rollback", ["errors"] = JsonNode.Parse(job.Errors),
    };

    private static void Head(HttpContext http)
    {
        http.Response.Headers["GS1-EPCIS-Version"] = new StringValues("2.0.0");
        http.Response.Headers["GS1-CBV-Version"] = new StringValues("2.0.0");
    }

    private static IResult Json(JsonNode body, int status = StatusCodes.Status200OK) => Results.Text(body.ToJsonString(), "application/json", statusCode: status);

    private static IResult Problem(EpcisProblem problem) => Results.Text(problem.ToJson().ToJsonString(), "application/problem+json", statusCode: problem.Status);
}
