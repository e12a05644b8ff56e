using Microsoft.AspNetCore.Razor.TagHelpers;
using Shanhuo.Kernel.Pages;
using Shanhuo.Market.Media;

namespace Shanhuo.Market.Contracts;

/// <summary><c>&lt;picture-of picture="fact" first="true"/&gt;</c>: a picture in the best packing that the browser takes, fetched when it comes into sight. In a list it is 320 pixels wide and at most 15 kB; with <c>large</c> the browser takes the size that it needs.</summary>
[HtmlTargetElement("picture-of", Attributes = "picture", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class PictureOfTag : PageTag
{
    /// <summary>The picture.</summary>
    public PictureFact? Picture { get; set; }

    /// <summary>Is it the first on the page, fetched at once?</summary>
    public bool First { get; set; }

    /// <summary>May it be as wide as the page?</summary>
    public bool Large { get; set; }

    /// <summary>Does it wait for the first scroll or touch (<c>/shop.js</c>)? Browsers fetch lazy pictures from well below the screen; without script it is lazy as any other.</summary>
    public bool Later { get; set; }

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(Picture);
        Become(output, Later ? "span" : "picture");
        var sizes = PictureSizes.Of(Picture.Width).Where(s => Large || s == PictureSizes.First).ToList();
        var shown = Math.Min(Picture.Width, sizes[^1]);
        var markup = new Markup();
        markup.Add($"<source type=\"image/{Picture.Modern}\" srcset=\"{Sources(sizes, Picture.Modern)}\"{Sizes(sizes)}>");
        markup.Add($"<img src=\"/media/{Picture.Name}-{sizes[0]}.jpg\"{JpegSources(sizes)} width=\"{shown}\" height=\"{PictureSizes.Height(Picture.Width, Picture.Height, shown)}\" alt=\"{(Language == Kernel.Language.En ? Picture.AltEn : Picture.AltZh)}\"");
        markup.Add($"{(First ? null : new Markup().Add($" loading=\"lazy\""))} decoding=\"async\">");
        if (Later) output.Attributes.SetAttribute("class", "thumb");
        output.Content.SetHtmlContent(Later ? new Markup().Add($"<noscript><picture>{markup}</picture></noscript>") : markup);
    }

    private string Sources(List<int> sizes, string ending) =>
        sizes.Count == 1 ? $"/media/{Picture!.Name}-{sizes[0]}.{ending}" : string.Join(", ", sizes.Select(s => $"/media/{Picture!.Name}-{s}.{ending} {Math.Min(s, Picture.Width)}w"));

    private Markup? JpegSources(List<int> sizes) => sizes.Count == 1 ? null : new Markup().Add($" srcset=\"{Sources(sizes, "jpg")}\"{Sizes(sizes)}");

    private static Markup? Sizes(List<int> sizes) => sizes.Count == 1 ? null : new Markup().Add($" sizes=\"(min-width: 48em) 640px, 100vw\"");
}
