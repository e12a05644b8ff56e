using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;

namespace Shanhuo.Settlement.Trace;

/// <summary>The QR code on a pack: a drawing that opens the lot's trace page.</summary>
internal static class TraceCode
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/settlement/trace/code/{code}", async (string code, ShanhuoDb db, HttpRequest request, CancellationToken cancel) =>
            code.Length <= 40 && await db.LotFacts.AnyAsync(l => l.Code == code, cancel)
                ? Results.Text(QrDrawing.Svg($"{request.Scheme}://{request.Host}/settlement/trace/lot/{Uri.EscapeDataString(code)}"), "image/svg+xml")
                : Results.NotFound()).WithMetadata(new OpenToAllAttribute());
}
