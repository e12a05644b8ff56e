using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Shanhuo.Web.Layout;

/// <summary>Turns away what no page can answer, with a page that says so: the character that no database takes.</summary>
internal sealed class BadRequests(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http)
    {
        // The page that tells of it runs through here again.
        if (http.Features.Get<IStatusCodeReExecuteFeature>() is not null) return next(http);
        if (HasNul(http.Request.Path.Value) || http.Request.Query.Any(q => HasNul(q.Key) || q.Value.Any(HasNul))) return End(http, StatusCodes.Status400BadRequest);
        return next(http);
    }

    /// <summary>PostgreSQL stores every character but this one.</summary>
    public static bool HasNul(string? text) => text?.Contains('\0', StringComparison.Ordinal) == true;

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
