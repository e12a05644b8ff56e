using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;

namespace Shanhuo.Registry.Measures.Yearly;

/// <summary>Households that came onto the register of poor households and left it in a year. <c>Start + New + Relapsed − Exited − Ended = End</c>.</summary>
/// <param name="Year">Calendar year.</param>
/// <param name="Start">Registered as it began.</param>
/// <param name="New">Registered for the first time.</param>
/// <param name="Relapsed">Registered again after an earlier time.</param>
/// <param name="Exited">Left poverty (脱贫): an exit follows within a day.</param>
/// <param name="Ended">Ended otherwise: struck off, merged, moved away.</param>
/// <param name="End">Registered as it ended.</param>
/// <param name="Monitored">Monitored as it ended.</param>
internal sealed record Movement(int Year, int Start, int New, int Relapsed, int Exited, int Ended, int End, int Monitored)
{
    /// <summary>Counts the years.</summary>
    /// <param name="spells">Every status of every household.</param>
    /// <param name="from">First year.</param>
    /// <param name="to">Last year.</param>
    public static IReadOnlyList<Movement> Of(IReadOnlyList<StatusSpell> spells, int from, int to)
    {
        var (fresh, again, exited, ended, monitored) = (new int[to - from + 2], new int[to - from + 2], new int[to - from + 2], new int[to - from + 2], new int[to - from + 2]);
        var start = 0;
        foreach (var home in spells.GroupBy(s => s.HouseholdId))
        {
            var isFirst = true;
            foreach (var spell in home.Where(s => s.Status == "registered").OrderBy(s => s.Since))
            {
                if (spell.Since.Year < from) start++;
                else if (spell.Since.Year <= to) (isFirst ? fresh : again)[spell.Since.Year - from]++;
                isFirst = false;
                if (spell.Left is not { } left) continue;
                if (left.Year < from) start--;
                else if (left.Year <= to) (home.Any(s => s.Status == "exited" && Math.Abs(s.Since.DayNumber - left.DayNumber) <= 1) ? exited : ended)[left.Year - from]++;
            }
            for (var year = from; year <= to; year++)
                if (home.Any(s => s.Status == "monitored" && s.Since.Year <= year && (s.Left is not { } gone || gone.Year > year))) monitored[year - from]++;
        }
        var years = new List<Movement>();
        for (var y = from; y <= to; y++)
        {
            var i = y - from;
            var end = start + fresh[i] + again[i] - exited[i] - ended[i];
            years.Add(new Movement(y, start, fresh[i], again[i], exited[i], ended[i], end, monitored[i]));
            start = end;
        }
        return years;
    }

    /// <summary>Reads the statuses of an area's households.</summary>
    public static async Task<IReadOnlyList<StatusSpell>> Read(ShanhuoDb db, AreaCode area, CancellationToken cancel)
    {
        var last = area.Last;
        return await (from h in db.Households where h.Area >= area && h.Area <= last join s in db.HouseholdStatuses on h.Id equals s.HouseholdId
                      select new StatusSpell(s.HouseholdId, s.Status, s.Since, s.Until, h.Until)).TagWith("whole: the movement of an area counts all its households").ToListAsync(cancel);
    }
}

/// <summary>A household's status for a time.</summary>
/// <param name="HouseholdId">Whose.</param>
/// <param name="Status"><c>registered</c>, <c>exited</c>, <c>monitored</c>.</param>
/// <param name="Since">First day.</param>
/// <param name="Until">Last day; null: it lasts.</param>
/// <param name="HomeUntil">Last day of the household in the register; null: it stands.</param>
internal sealed record StatusSpell(long HouseholdId, string Status, DateOnly Since, DateOnly? Until, DateOnly? HomeUntil)
{
    /// <summary>First day on which it is over; null: it lasts.</summary>
    public DateOnly? Left => Until is null ? HomeUntil?.AddDays(1) : HomeUntil is { } home && home < Until ? home.AddDays(1) : Until.Value.AddDays(1);
}
