using Shanhuo.Kernel;
using Shanhuo.Kernel.Pages;

namespace Shanhuo.Registry.Measures.Maps;

/// <summary>The classes of incidence on maps and in tables, the same for all areas and years, so that two of them can be compared.</summary>
internal static class MapClass
{
    // Upper ends, not included: 2, 5, 10 and 20 of a hundred people.
    private static readonly double[] Ends = [0.02, 0.05, 0.1, 0.2];

    /// <summary>0: not known; 1 below 2 %, 2 below 5 %, 3 below 10 %, 4 below 20 %, 5 from 20 %.</summary>
    public static int OfShare(double share) => double.IsNaN(share) ? 0 : 1 + Ends.Count(end => share >= end);

    /// <summary>Sample, words and range of each class.</summary>
    public static Markup Legend(Say say)
    {
        var legend = new Markup().Add($"<ul class=\"legend\">");
        for (var of = 0; of <= MapDrawing.Classes; of++) legend.Add($"<li>{MapDrawing.Swatch(of)}{say[$"measures.class-{of}"]}</li>");
        return legend.Add($"</ul>");
    }
}
