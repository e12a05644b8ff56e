using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Html;

namespace Shanhuo.Kernel.Pages;

/// <summary>Markup in the making: what stands in the code is markup, whatever is filled in is escaped.</summary>
public sealed class Markup : IHtmlContent
{
    // Han letters stay as they are: as numeric entities they would cost three times the bytes.
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);
    private readonly StringBuilder text = new();

    /// <summary>Adds markup; each hole is escaped, unless it is markup itself. Numbers are written for machines.</summary>
    public Markup Add([InterpolatedStringHandlerArgument("")] Holes markup)
    {
        _ = markup; // By now it has written itself.
        return this;
    }

    /// <inheritdoc/>
    public void WriteTo(TextWriter writer, HtmlEncoder encoder) => writer.Write(text);

    /// <summary>The markup.</summary>
    public override string ToString() => text.ToString();

    /// <summary>Text for an element or a quoted attribute.</summary>
    public static string Escape(string? text) => text is null ? "" : Encoder.Encode(text);

    /// <summary>Fills the holes of <see cref="Add"/>.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Holes
    {
        private readonly StringBuilder text;

        /// <summary>Called by the compiler.</summary>
        public Holes(int literals, int holes, Markup markup) => text = markup.text;

        /// <summary>What stands in the code.</summary>
        public void AppendLiteral(string markup) => text.Append(markup);

        /// <summary>A text, escaped.</summary>
        public void AppendFormatted(string? value) => text.Append(Escape(value));

        /// <summary>A whole number.</summary>
        public void AppendFormatted(long value) => text.Append(value);

        /// <summary>A coordinate, at most two decimals.</summary>
        public void AppendFormatted(decimal value) => text.Append(value.ToString("0.##", CultureInfo.InvariantCulture));

        /// <summary>Markup made before.</summary>
        public void AppendFormatted(Markup? value) => text.Append(value);
    }
}
