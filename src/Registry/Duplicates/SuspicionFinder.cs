using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;

namespace Shanhuo.Registry.Duplicates;

/// <summary>Two entries that may be one.</summary>
/// <param name="Kind"><c>member</c> or <c>household</c>.</param>
/// <param name="Why"><c>book</c>: one household book; <c>same-name</c>: one name and day of birth; <c>same-sound</c>: another spelling, one day of birth; <c>year-only</c>: one sound and year of birth, of one of them the day is not known.</param>
internal sealed record Suspicion(string Kind, string Why, Suspect First, Suspect Second);

/// <summary>One of the two.</summary>
internal sealed record Suspect(long Id, long HouseholdId, string Name, string Code, bool HasNumber);

/// <summary>Looks for entries of an area that may be the same: households with one household book; people whose names sound alike and who were born on one day, unless each has an identity number of its own (two numbers are two people).</summary>
internal sealed class SuspicionFinder(ShanhuoDb db)
{
    private const int Most = 200;

    private sealed record Candidate(long Id, long HouseholdId, AreaCode Area, string Name, string Sound, int Year, DateOnly? Day, string? Sex, bool HasNumber);

    /// <summary>At most 200, books first.</summary>
    public async Task<IReadOnlyList<Suspicion>> In(AreaCode area, CancellationToken cancel)
    {
        var (last, known) = (area.Last, (await db.Adjudications.AsNoTracking().Select(a => new { a.Kind, a.FirstId, a.SecondId }).ToListAsync(cancel)).Select(a => (a.Kind, a.FirstId, a.SecondId)).ToHashSet());
        var books = await db.Households.Where(h => h.Area >= area && h.Area <= last && h.Until == null && h.BookNumber != null).GroupBy(h => h.BookNumber).Where(g => g.Count() > 1).Select(g => g.Key).TagWith("whole: all households of an area are compared").Take(Most).ToListAsync(cancel);
        var homes = await db.Households.Where(h => books.Contains(h.BookNumber) && h.Until == null).OrderBy(h => h.Id).Select(h => new { h.Id, h.Code, h.HeadName, h.BookNumber }).ToListAsync(cancel);
        var found = new List<Suspicion>();
        foreach (var same in homes.GroupBy(h => h.BookNumber))
            foreach (var other in same.Skip(1).Where(o => !known.Contains(("household", same.First().Id, o.Id))))
                found.Add(new("household", "book", new(same.First().Id, same.First().Id, same.First().HeadName, same.First().Code, true), new(other.Id, other.Id, other.HeadName, other.Code, true)));

        // Only people without a number can stand twice beside somebody; those who sound like them are looked up by the index of sounds.
        var without = await db.Members.Where(m => m.IdentityKey == null && m.Until == null && m.BirthYear != null && m.Area >= area && m.Area <= last).OrderBy(m => m.Id)
            .Select(m => new Candidate(m.Id, m.HouseholdId, m.Area, m.Name, m.NameSound, m.BirthYear!.Value, m.BirthDay, m.Sex, false)).TagWith("whole: all people of an area who have no number").Take(20_000).ToListAsync(cancel);
        var pairs = new List<(Candidate First, Candidate Second)>();
        foreach (var chunk in without.Chunk(500))
        {
            var sounds = chunk.Select(c => c.Sound).Distinct().ToList();
            var alike = (await db.Members.Where(m => sounds.Contains(m.NameSound) && m.Until == null && m.BirthYear != null && m.Area >= area && m.Area <= last)
                .Select(m => new Candidate(m.Id, m.HouseholdId, m.Area, m.Name, m.NameSound, m.BirthYear!.Value, m.BirthDay, m.Sex, m.IdentityKey != null)).ToListAsync(cancel)).ToLookup(c => (c.Sound, c.Year));
            foreach (var one in chunk)
                foreach (var other in alike[(one.Sound, one.Year)].Where(o => o.Id != one.Id && (o.HasNumber || one.Id < o.Id) && (o.Day is null || one.Day is null || o.Day == one.Day) && (o.Sex is null || one.Sex is null || o.Sex == one.Sex)))
                    pairs.Add(one.Id < other.Id ? (one, other) : (other, one));
            if (pairs.Count > Most) break;
        }
        pairs = [.. pairs.Distinct().Where(p => !known.Contains(("member", p.First.Id, p.Second.Id))).Take(Most - Math.Min(Most, found.Count))];
        var ids = pairs.SelectMany(p => new[] { p.First.HouseholdId, p.Second.HouseholdId }).Distinct().ToList();
        var codes = await db.Households.Where(h => ids.Contains(h.Id)).ToDictionaryAsync(h => h.Id, h => h.Code, cancel);
        found.AddRange(pairs.Select(p => new Suspicion("member", p.First.Day is null || p.Second.Day is null ? "year-only" : p.First.Name == p.Second.Name ? "same-name" : "same-sound", Of(p.First), Of(p.Second))));
        return found;

        Suspect Of(Candidate c) => new(c.Id, c.HouseholdId, c.Name, codes.GetValueOrDefault(c.HouseholdId, ""), c.HasNumber);
    }
}
