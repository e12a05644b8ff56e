using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Web.Layout;

/// <summary>Gives the request the scope of the person who is signed in, before anything reads the database for it.</summary>
internal sealed class RequestScope(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http, CurrentScope current)
    {
        current.Scope = SignedInScope.Of(http.User);
        return next(http);
    }
}
