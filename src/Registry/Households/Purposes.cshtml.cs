using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Shanhuo.Registry.Households;

internal sealed class PurposesPage : PageModel;
