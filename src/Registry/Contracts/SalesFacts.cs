using Shanhuo.Kernel;

namespace Shanhuo.Registry.Contracts;

/// <summary>What is sold and paid where, for choosing a household's way out. Given by a module above that knows sales; where there is none, all of it is unknown.</summary>
public interface ISalesFacts
{
    /// <summary>The facts of an area.</summary>
    /// <param name="area">County or township.</param>
    /// <param name="today">Sales and activity count backwards from it.</param>
    /// <param name="year">Calendar year of what was received.</param>
    /// <param name="cancel">Stops it.</param>
    Task<SalesOfArea> Of(AreaCode area, DateOnly today, int year, CancellationToken cancel);
}

/// <summary>Sales of an area. A village or household that is not listed sold or received nothing through this program.</summary>
/// <param name="ActiveVillages">Villages that handed in goods in the last 90 days.</param>
/// <param name="VillageFen">Value at intake of what each village handed in, in the last 365 days, fen.</param>
/// <param name="ReceivedFen">What each household was paid in the year, by household id, fen.</param>
public sealed record SalesOfArea(IReadOnlySet<AreaCode> ActiveVillages, IReadOnlyDictionary<AreaCode, long> VillageFen, IReadOnlyDictionary<long, long> ReceivedFen);
