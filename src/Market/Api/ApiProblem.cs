using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Api;

/// <summary>Why a request was refused (RFC 9457), in both languages.</summary>
/// <param name="Type">Stable: <c>urn:shanhuo:</c> and the code.</param>
/// <param name="Title">In the language asked for by <c>Accept-Language</c>.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Code">Stable code, such as <c>market.offer-sold-out</c>.</param>
/// <param name="Zh">In Chinese.</param>
/// <param name="En">In English.</param>
/// <param name="Field">What of the request it is about, or null.</param>
internal sealed record ApiProblem(string Type, string Title, int Status, string Code, string Zh, string En, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Field)
{
    public const string ContentType = "application/problem+json";

    /// <summary>An answer with this status.</summary>
    public static IResult Of(HttpContext http, int status, Refusal no)
    {
        var texts = http.RequestServices.GetRequiredService<Texts>();
        var (zh, en) = (texts.Say(Language.Zh, no), texts.Say(Language.En, no));
        var title = http.RequestServices.GetRequiredService<Say>().Language == Language.En ? en : zh;
        return Results.Json(new ApiProblem("urn:shanhuo:" + no.Code, title, status, no.Code, zh, en, no.Where.Column), ApiJson.Options, ContentType, status);
    }

    /// <summary>A refusal of the content.</summary>
    public static IResult Refuse(HttpContext http, Refusal no) => Of(http, no.Code switch
    {
        "api.unknown" or "market.offer-unknown" => StatusCodes.Status404NotFound,
        "api.no-right" or "api.not-seller" or "api.not-buyer" => StatusCodes.Status403Forbidden,
        "api.json" or "api.cursor" or "api.limit" or "api.once-missing" => StatusCodes.Status400BadRequest,
        "market.busy" => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status422UnprocessableEntity,
    }, no);
}
