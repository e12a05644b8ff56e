using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Shanhuo.Web.Layout;

/// <summary>Turns away what no page can answer, with a page that says so: too much at once, the character that no database takes.</summary>
internal sealed class BadRequests(RequestDelegate next)
{
    /// <summary>The largest request, files and all.</summary>
    public const int MostMegabytes = 12;

    /// <summary>The same in bytes.</summary>
    public const long MostBytes = MostMegabytes * 1024L * 1024;

    /// <summary>Beyond this the connection is cut.</summary>
    public const long MostBytesRead = 8 * MostBytes;

    public Task InvokeAsync(HttpContext http)
    {
        // The page that tells of it runs through here again.
        if (http.Features.Get<IStatusCodeReExecuteFeature>() is not null) return next(http);
        if (http.Request.ContentLength > MostBytes) return TooLarge(http);
        if (HasNul(http.Request.Path.Value) || http.Request.Query.Any(q => HasNul(q.Key) || q.Value.Any(HasNul))) return End(http, StatusCodes.Status400BadRequest);
        return next(http);
    }

    /// <summary>PostgreSQL stores every character but this one.</summary>
    public static bool HasNul(string? text) => text?.Contains('\0', StringComparison.Ordinal) == true;

    // A browser that is answered in the middle of sending shows its own error page instead of ours, so what is not far too large is read to its end and thrown away.
    private static async Task TooLarge(HttpContext http)
    {
        if (http.Request.ContentLength <= MostBytesRead) await http.Request.Body.CopyToAsync(Stream.Null, http.RequestAborted);
        await End(http, StatusCodes.Status413PayloadTooLarge);
    }

    private static Task End(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}

/// <summary>A page answers only what it has a handler for: without this, a form sent to a page that takes none would draw it from nothing.</summary>
internal sealed class OnlyWithHandler : IAsyncPageFilter
{
    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var request = context.HttpContext.Request;
        if (context.HttpContext.Features.Get<IStatusCodeReExecuteFeature>() is null && context.HttpContext.Features.Get<IExceptionHandlerFeature>() is null)
        {
            var asked = request.Query.ContainsKey("handler") || !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method));
            if (context.HandlerMethod is null && (asked || context.ActionDescriptor.HandlerMethods.Count > 0)) context.Result = new NotFoundResult();
            else if (request.HasFormContentType && request.Form.Any(f => f.Value.Any(BadRequests.HasNul))) context.Result = new BadRequestResult();
        }
        return context.Result is null ? next() : Task.CompletedTask;
    }
}
