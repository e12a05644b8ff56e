using QRCoder;
using Shanhuo.Kernel.Pages;

namespace Shanhuo.Market.Shop;

/// <summary>A QR code as a drawing of ours.</summary>
internal static class Qr
{
    /// <summary>An SVG of a text, level M.</summary>
    public static Markup Draw(string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var (size, path) = (data.ModuleMatrix.Count, new System.Text.StringBuilder());
        for (var y = 0; y < size; y++)
            for (var x = 0; x < size; x++)
                if (data.ModuleMatrix[y][x]) path.Append(System.Globalization.CultureInfo.InvariantCulture, $"M{x} {y}h1v1h-1z");
        return new Markup().Add($"<svg class=\"qr\" width=\"240\" height=\"240\" viewBox=\"-4 -4 {size + 8} {size + 8}\" role=\"img\" aria-label=\"QR\"><path fill=\"#fff\" d=\"M-4 -4h{size + 8}v{size + 8}h-{size + 8}z\"/><path fill=\"#000\" d=\"{path.ToString()}\"/></svg>");
    }
}
