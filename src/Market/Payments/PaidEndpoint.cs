using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Payments;

/// <summary>Where payment institutions notify us. Open to all: what counts is the signature.</summary>
internal static class PaidEndpoint
{
    private const int MostBytes = 64 * 1024;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/shop/paid/{method}", async (string method, HttpContext http, PaymentDesk desk) =>
        {
            using var body = new MemoryStream();
            if (http.Request.ContentLength > MostBytes) return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
            var buffer = new byte[8192];
            for (int read; (read = await http.Request.Body.ReadAsync(buffer, http.RequestAborted)) > 0;)
            {
                if (body.Length + read > MostBytes) return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
                body.Write(buffer, 0, read);
            }
            var headers = http.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase);
            var answer = await desk.Hear(method, headers, body.ToArray(), http.RequestAborted);
            return answer switch { null => Results.NotFound(), { Body.Length: 0 } => Results.StatusCode(answer.Status), _ => Results.Text(answer.Body, answer.ContentType, statusCode: answer.Status) };
        }).WithMetadata(new OpenToAllAttribute()).DisableAntiforgery();
}
