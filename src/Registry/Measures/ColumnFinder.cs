using Shanhuo.Kernel;
using Shanhuo.Kernel.Sheets;

namespace Shanhuo.Registry.Measures;

/// <summary>Finds a column by the name that a person typed.</summary>
internal static class ColumnFinder
{
    /// <summary>Its index, or -1 with <c>measure.no-column</c> or <c>measure.two-columns</c> among the faults.</summary>
    public static int Find(SheetRow first, string name, MeasureFaults faults)
    {
        var header = new SheetHeader(first);
        var index = header.Find([name]);
        if (index < 0) faults.Add(new Refusal("measure.no-column", first.At(name), name, string.Join(", ", header.Names.Take(20))));
        else if (header.Names.Count(n => n == header.Names[index]) > 1)
        {
            faults.Add(new Refusal("measure.two-columns", first.At(name), name));
            return -1;
        }
        return index;
    }
}
