using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Shanhuo.Kernel.Pages;

/// <summary>Says on each message which field it is about (<c>data-fault-of</c>), also where no script of others validates.</summary>
[HtmlTargetElement("span", Attributes = Attribute)]
[HtmlTargetElement("p", Attributes = Attribute)]
[HtmlTargetElement("div", Attributes = Attribute)]
public sealed class FaultOfTag : TagHelper
{
    private const string Attribute = "asp-validation-for";

    /// <summary>The field.</summary>
    [HtmlAttributeName(Attribute)]
    public ModelExpression? For { get; set; }

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (For is not null) output.Attributes.SetAttribute("data-fault-of", For.Name);
    }
}
