using System.Globalization;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Shanhuo.Kernel.Pages;

/// <summary>A tag of ours that speaks the reader's language.</summary>
public abstract class PageTag : TagHelper
{
    /// <summary>Set by Razor.</summary>
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext? ViewContext { get; set; }

    /// <summary>The reader's language.</summary>
    protected Language Language => ViewContext?.HttpContext.Language() ?? Language.Zh;

    /// <summary>Writes <paramref name="name"/> with its class beside those that the page gave.</summary>
    protected static void Become(TagHelperOutput output, string name, string? ownClass = null)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.TagName = name;
        output.TagMode = TagMode.StartTagAndEndTag;
        if (ownClass is null) return;
        var given = output.Attributes.TryGetAttribute("class", out var attribute) ? attribute.Value?.ToString() : null;
        output.Attributes.SetAttribute("class", given is { Length: > 0 } ? $"{ownClass} {given}" : ownClass);
    }
}

/// <summary><c>&lt;icon name="scale" label="称重"/&gt;</c>: a drawing of /icons.svg; without a label it is decoration that screen readers pass over.</summary>
[HtmlTargetElement("icon")]
public sealed class IconTag : PageTag
{
    /// <summary>An id in /icons.svg: lower-case letters and hyphens.</summary>
    public string Name { get; set; } = "";

    /// <summary>What the icon says where no word stands beside it.</summary>
    public string? Label { get; set; }

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        Become(output, "svg", "icon");
        output.Attributes.SetAttribute(Label is { Length: > 0 } ? new TagHelperAttribute("aria-label", Label) : new TagHelperAttribute("aria-hidden", "true"));
        if (Label is { Length: > 0 }) output.Attributes.SetAttribute("role", "img");
        output.Content.SetHtmlContent(Drawing.Use(Name));
    }
}

/// <summary>The drawings by name.</summary>
public static class Drawing
{
    /// <summary>An icon without words, for markup that is made in code.</summary>
    public static Markup Icon(string name) => new Markup().Add($"<svg class=\"icon\" aria-hidden=\"true\">{Use(name)}</svg>");

    internal static Markup Use(string name) => new Markup().Add($"<use href=\"/icons.svg#{name}\"/>");
}

/// <summary><c>&lt;state is="ok"&gt;已确认&lt;/state&gt;</c>: a state by word, shape and colour: <c>ok</c>, <c>wait</c>, <c>warn</c> or <c>stop</c>.</summary>
[HtmlTargetElement("state", Attributes = "is")]
public sealed class StateTag : PageTag
{
    /// <summary><c>ok</c>, <c>wait</c>, <c>warn</c> or <c>stop</c>.</summary>
    public string Is { get; set; } = "";

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var (state, icon) = Is switch { "ok" => ("ok", "check"), "wait" => ("wait", "clock"), "warn" => ("warn", "warn"), "stop" => ("stop", "stop"), _ => throw new ArgumentException($"'{Is}' is no state.") };
        Become(output, "span", "state " + state);
        output.PreContent.SetHtmlContent(Drawing.Icon(icon));
    }
}

/// <summary><c>&lt;money of="fen"/&gt;</c>: ¥ and figures of one width; below zero also by colour. The words stand in data-say for reading aloud.</summary>
[HtmlTargetElement("money", Attributes = "of")]
public sealed class MoneyTag : PageTag
{
    /// <summary>The amount.</summary>
    public Fen Of { get; set; }

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        Become(output, "data", Of < Fen.Zero ? "money minus" : "money");
        output.Attributes.SetAttribute("value", Of.ToString());
        output.Attributes.SetAttribute("data-say", AmountWords.Spoken(Of, Language));
        output.Content.SetContent(Of.ToDisplay());
    }
}

/// <summary><c>&lt;weight of="grams"/&gt;</c>: in 斤, or in what <c>unit</c> says.</summary>
[HtmlTargetElement("weight", Attributes = "of")]
public sealed class WeightTag : PageTag
{
    /// <summary>The weight.</summary>
    public Grams Of { get; set; }

    /// <summary>斤 when the page says nothing.</summary>
    public WeightUnit Unit { get; set; }

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        Become(output, "data", "weight");
        output.Attributes.SetAttribute("value", Of.ToKilograms());
        output.Content.SetContent(Amounts.Weight(Of, Unit, Language));
    }
}

/// <summary><c>&lt;day of="date"/&gt;</c>: 2026年11月21日 or 21 Nov 2026.</summary>
[HtmlTargetElement("day", Attributes = "of")]
public sealed class DayTag : PageTag
{
    /// <summary>Business day.</summary>
    public DateOnly Of { get; set; }

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        Become(output, "time");
        output.Attributes.SetAttribute("datetime", Of.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        output.Content.SetContent(Dates.Day(Of, Language));
    }
}

/// <summary><c>&lt;month of="date"/&gt;</c>: 2026年11月 or Nov 2026.</summary>
[HtmlTargetElement("month", Attributes = "of")]
public sealed class MonthTag : PageTag
{
    /// <summary>Any day of the month.</summary>
    public DateOnly Of { get; set; }

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        Become(output, "time");
        output.Attributes.SetAttribute("datetime", Of.ToString("yyyy-MM", CultureInfo.InvariantCulture));
        output.Content.SetContent(Dates.Month(Of, Language));
    }
}

/// <summary><c>&lt;wallet of="fen"/&gt;</c>: the amount as notes and coins.</summary>
[HtmlTargetElement("wallet", Attributes = "of")]
public sealed class WalletTag : PageTag
{
    /// <summary>The amount.</summary>
    public Fen Of { get; set; }

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.TagName = null;
        output.Content.SetHtmlContent(NotesAndCoins.Draw(Of, Language));
    }
}

/// <summary><c>&lt;speak text="…"/&gt;</c>: a button that reads the text aloud; hidden until speak.js has found a voice on the device.</summary>
[HtmlTargetElement("speak", Attributes = "text")]
public sealed class SpeakTag : PageTag
{
    /// <summary>What is read, amounts in words.</summary>
    public string Text { get; set; } = "";

    /// <summary>The word on the button; 读给我听 when none is given.</summary>
    public string? Label { get; set; }

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        Become(output, "button", "speak");
        output.Attributes.SetAttribute("type", "button");
        output.Attributes.SetAttribute("hidden", "");
        output.Attributes.SetAttribute("data-speak", Text);
        output.Attributes.SetAttribute("data-lang", Language == Language.Zh ? "zh-CN" : "en");
        output.Content.SetHtmlContent(new Markup().Add($"{Drawing.Icon("speaker")}<span>{Label ?? PageTexts.Say(Language, "pages.read-aloud")}</span>"));
    }
}
