namespace Shanhuo.Market.Media;

/// <summary>The widths in which a picture is kept.</summary>
internal static class PictureSizes
{
    /// <summary>Pixels wide in lists.</summary>
    public const int First = 320;

    /// <summary>The most that a picture of this size may weigh: three seconds of a slow line.</summary>
    public const int FirstMostBytes = 15_000;

    private static readonly int[] All = [First, 640, 1280];

    /// <summary>The sizes of a picture so wide: none is enlarged, so the last may be narrower than its name says.</summary>
    public static IEnumerable<int> Of(int width) => All.Where((_, i) => i == 0 || All[i - 1] < width);

    /// <summary>Pixels high when so wide.</summary>
    public static int Height(int width, int height, int shown) => Math.Max(1, (int)Math.Round((double)height * shown / width));
}
