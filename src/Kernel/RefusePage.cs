using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.DependencyInjection;

namespace Shanhuo.Kernel;

/// <summary>How a page shows a refusal: the text at its field and in the summary on top, what was typed kept, status 422.</summary>
public static class RefusePage
{
    /// <summary>Shows the page again with the refusal.</summary>
    /// <param name="page">The page model.</param>
    /// <param name="no">Why not.</param>
    /// <param name="prefix">Name of the form property whose field the refusal names.</param>
    public static IActionResult Refuse(this PageModel page, Refusal no, string prefix = "Form")
    {
        var say = page.HttpContext.RequestServices.GetRequiredService<Say>();
        var field = no.Where.Column is null || no.Where.File is not null ? "" : prefix.Length == 0 ? no.Where.Column : $"{prefix}.{no.Where.Column}";
        page.ModelState.AddModelError(field, say.Refusal(no));
        page.Response.StatusCode = 422;
        return page.Page();
    }
}
