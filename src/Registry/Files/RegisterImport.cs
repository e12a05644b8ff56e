using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Sheets;
using Shanhuo.Registry.Households;
using Shanhuo.Registry.Households.Fields;

namespace Shanhuo.Registry.Files;

/// <summary>Brings the register's sheet into the register, or says what it would do. A household is taken whole or not at all; all of a file is one transaction; the same file again changes nothing.</summary>
/// <remarks>What a sheet may not do is left to change requests with their second person: another head, another household for a person, another identity number, another village.</remarks>
internal sealed class RegisterImport(ShanhuoDb db, Ids ids, TimeProvider clock, RegisterBook book, Texts texts)
{
    private const int Chunk = 500;

    /// <summary>Reads a sheet against the register.</summary>
    /// <param name="sheet">The file.</param>
    /// <param name="area">What the reader may touch: a county or less.</param>
    /// <param name="importId">Id of this import, for history.</param>
    /// <param name="write">False: only say what it would do.</param>
    /// <param name="skipBad">Take the good households although others have wrong rows.</param>
    /// <param name="progress">People done.</param>
    /// <param name="cancel">Stops it; nothing of it stays.</param>
    public async Task<ImportResult> Run(SheetReader sheet, AreaCode area, long importId, bool write, bool skipBad, IProgress<int>? progress, CancellationToken cancel)
    {
        var counts = new ImportCounts();
        var reader = new RegisterReader(await VillageBook.Of(db, area, cancel), texts, clock.Today, book.IdentityKey);
        if (!reader.Read(sheet, null, cancel)) return new ImportResult(counts, reader.Refused, false);
        var known = await KnownPeople.Of(db, area.County, reader.Households.SelectMany(h => h.People).Select(p => p.IdentityKey).OfType<string>(), cancel);
        var plans = reader.Households.ConvertAll(home => (Rows: home, Id: Match(home, known, reader)));
        foreach (var twice in plans.Where(p => p.Id is not null && !p.Rows.IsWrong).GroupBy(p => p.Id).Where(g => g.Count() > 1))
            foreach (var (rows, _) in twice.Skip(1)) reader.Wrong(rows.First, RegisterColumns.Household, new Refusal("register.household-twice", Place.None, twice.First().Rows.First.Number));

        await using var change = await db.Database.BeginTransactionAsync(cancel);
        foreach (var chunk in plans.Chunk(Chunk))
        {
            var (old, fresh) = (chunk.Where(p => p.Id is not null && !p.Rows.IsWrong).ToList(), chunk.Where(p => p.Id is null && !p.Rows.IsWrong).ToList());
            if (old.Count > 0) await Compare(old.ConvertAll(p => (p.Rows, p.Id!.Value)), area, known, reader, counts, importId, cancel);
            await Add(fresh.Select(p => p.Rows), known, reader, counts, write, cancel);
            if (write) await db.SaveChangesAsync(cancel);
            db.ChangeTracker.Clear();
            counts.People += chunk.Sum(p => p.Rows.People.Count);
            progress?.Report(counts.People);
        }
        counts.Households = plans.Count;
        counts.HouseholdsRefused = plans.Count(p => p.Rows.IsWrong);
        var taken = write && (reader.Refused.Count == 0 || skipBad);
        if (taken) await change.CommitAsync(cancel);
        return new ImportResult(counts, reader.Refused, taken);
    }

    private static long? Match(HouseholdRows home, KnownPeople known, RegisterReader reader)
    {
        if (home.IsWrong) return null;
        var named = home.People.Find(p => p.Household is not null);
        if (named is not null)
        {
            // A code of ours that is not there is a slip; a code of somebody else's list only holds the rows together.
            if (known.WithCode(named.Household!) is { } id) return id;
            if (named.Household!.StartsWith("H-", StringComparison.Ordinal)) { reader.Wrong(named, RegisterColumns.Household, new Refusal("register.household-unknown", Place.None, named.Household)); return null; }
        }
        if (home.People.Select(p => p.OfHousehold?[1]).FirstOrDefault(b => b is not null) is { } number && known.WithBook(number) is { } booked) return booked;
        var head = home.People.Find(p => p.Relation == "head");
        if (head is null) { reader.Wrong(home.First, RegisterColumns.Relation, new Refusal("register.no-head")); return null; }
        if (known.WithIdentity(head.IdentityKey) is { } who) return who.Household;
        var village = home.People.Select(p => p.Village).FirstOrDefault(v => v is not null);
        return head.IdentityKey is null && village is { } at && head.OfMember[NameAt] is { } name ? known.WithHead(at, name) : null;
    }

    private async Task Add(IEnumerable<HouseholdRows> homes, KnownPeople known, RegisterReader reader, ImportCounts counts, bool write, CancellationToken cancel)
    {
        var (households, people, roles, causes, incomes) = (new List<Household>(), new List<Member>(), new List<MemberRole>(), new List<PovertyCause>(), new List<HouseholdIncome>());
        foreach (var rows in homes)
        {
            var head = rows.People.Find(p => p.Relation == "head");
            if (head is null) reader.Wrong(rows.First, RegisterColumns.Relation, new Refusal("register.no-head"));
            var village = rows.People.Select(p => p.Village).FirstOrDefault(v => v is not null);
            if (village is null) reader.Wrong(rows.First, RegisterColumns.Village, new Refusal("register.required"));
            foreach (var person in rows.People) Elsewhere(person, null, known, reader);
            if (rows.IsWrong) continue;
            counts.HouseholdsAdded++;
            counts.PeopleAdded += rows.People.Count;
            if (!write) continue;
            var home = new Household { Id = ids.Next(), Code = known.NextCode(village!.Value.County), Area = village.Value, HeadName = head!.OfMember[NameAt]! };
            foreach (var (field, value) in Said(rows))
                if (field.Kind == FieldKind.Phone) book.Reach(home, value);
                else field.Write(home, value);
            households.Add(home);
            foreach (var row in rows.People) people.Add(Make(row, home, roles));
            if (rows.People.Select(p => p.Causes).FirstOrDefault(c => c is not null) is { } why)
                causes.AddRange(why.Select((cause, i) => new PovertyCause { Id = ids.Next(), HouseholdId = home.Id, Area = home.Area, Cause = cause, IsMain = i == 0, Since = clock.Today }));
            incomes.AddRange(Earned(rows, home).Select(i => i.Row));
        }
        if (!write || households.Count == 0) return;
        await db.InsertAll(households, cancel);
        await db.InsertAll(people, cancel);
        await db.InsertAll(roles, cancel);
        await db.InsertAll(causes, cancel);
        await db.InsertAll(incomes, cancel);
    }

    private Member Make(PersonRow row, Household home, List<MemberRole> roles)
    {
        var member = new Member { Id = ids.Next(), HouseholdId = home.Id, Area = home.Area, Name = row.OfMember[NameAt]!, Relation = row.Relation!, Since = clock.Today };
        for (var i = 0; i < row.OfMember.Length; i++)
            if (row.OfMember[i] is { } value && RegisterFields.OfMember[i] is { Kind: not FieldKind.Identity } field) field.Write(member, value);
        if (row.OfMember[IdentityAt] is { } number) book.Identify(member, number);
        if (member.BirthDay is { } day) member.BirthYear = day.Year;
        roles.Add(new MemberRole { Id = ids.Next(), MemberId = member.Id, HouseholdId = home.Id, Relation = member.Relation, Since = member.Since });
        return member;
    }

    private async Task Compare(List<(HouseholdRows Rows, long Id)> homes, AreaCode area, KnownPeople known, RegisterReader reader, ImportCounts counts, long importId, CancellationToken cancel)
    {
        var wanted = homes.ConvertAll(h => h.Id);
        var households = await db.Households.AsNoTracking().Where(h => wanted.Contains(h.Id) && h.Area >= area && h.Area <= area.Last).ToDictionaryAsync(h => h.Id, cancel);
        var members = (await db.Members.AsNoTracking().Where(m => wanted.Contains(m.HouseholdId) && m.Until == null).ToListAsync(cancel)).ToLookup(m => m.HouseholdId);
        var causes = (await db.PovertyCauses.AsNoTracking().Where(c => wanted.Contains(c.HouseholdId) && c.Until == null).ToListAsync(cancel)).ToLookup(c => c.HouseholdId);
        var incomes = await db.Incomes.AsNoTracking().Where(i => wanted.Contains(i.HouseholdId)).ToDictionaryAsync(i => (i.HouseholdId, i.Year, i.Kind), cancel);
        var cause = ChangeCause.Import(importId);
        foreach (var (rows, id) in homes)
        {
            if (!households.TryGetValue(id, out var home)) { reader.Wrong(rows.First, RegisterColumns.Household, new Refusal("register.not-yours")); continue; }
            var pairs = Pair(rows, home, [.. members[id]], known, reader);
            if (rows.IsWrong) continue;
            var (changed, added) = (false, 0);
            foreach (var (field, value) in Said(rows)) changed |= book.Set(home, field, value, cause);
            foreach (var (row, member) in pairs)
            {
                if (member is null)
                {
                    var roles = new List<MemberRole>();
                    var made = Make(row, home, roles);
                    db.Members.Add(made);
                    db.MemberRoles.AddRange(roles);
                    book.Keep(home.Id, made.Id, "member", null, made.Name, cause);
                    added++;
                    continue;
                }
                var touched = false;
                for (var i = 0; i < row.OfMember.Length; i++)
                    if (row.OfMember[i] is { } value) touched |= book.Set(member, home, RegisterFields.OfMember[i], value, cause);
                if (touched) counts.PeopleChanged++;
                changed |= touched;
            }
            changed |= Why(rows, home, [.. causes[id]], cause) | Earn(rows, home, incomes, cause);
            counts.PeopleAdded += added;
            if (changed || added > 0) counts.HouseholdsChanged++;
            else counts.HouseholdsSame++;
        }
    }

    /// <summary>Which row is which member; null: a new one.</summary>
    private List<(PersonRow Row, Member? Member)> Pair(HouseholdRows rows, Household home, List<Member> members, KnownPeople known, RegisterReader reader)
    {
        var pairs = new List<(PersonRow, Member?)>();
        if (rows.People.Find(p => p.Village is { } v && v != home.Area) is { } moved) reader.Wrong(moved, RegisterColumns.Village, new Refusal("register.other-village", Place.None, home.Code, home.Area.ToString()));
        foreach (var row in rows.People)
        {
            if (Elsewhere(row, home.Id, known, reader)) continue;
            var found = members.FindAll(m => row.IdentityKey is not null && m.IdentityKey == row.IdentityKey);
            if (found.Count == 0) found = members.FindAll(m => m.Name == row.OfMember[NameAt] && Agrees(m, row));
            if (found.Count > 1) { reader.Wrong(row, RegisterColumns.OfMember[NameAt], new Refusal("register.name-twice", Place.None, home.Code)); continue; }
            var member = found.Count == 1 ? found[0] : null;
            if (member is not null) members.Remove(member);
            if (member is not null && member.Relation != row.Relation || member is null && row.Relation == "head")
                reader.Wrong(row, RegisterColumns.Relation, new Refusal("register.other-relation", Place.None, home.Code));
            if (member?.IdentityKey is { } key && row.IdentityKey is not null && key != row.IdentityKey)
                reader.Wrong(row, RegisterColumns.OfMember[IdentityAt], new Refusal("register.other-identity", Place.None, home.Code));
            pairs.Add((row, member));
        }
        return pairs;
    }

    private static bool Elsewhere(PersonRow row, long? householdId, KnownPeople known, RegisterReader reader)
    {
        if (known.WithIdentity(row.IdentityKey) is not { } who || who.Household == householdId) return false;
        reader.Wrong(row, RegisterColumns.OfMember[IdentityAt], new Refusal("register.member-elsewhere"));
        return true;
    }

    private static bool Agrees(Member member, PersonRow row) =>
        (member.BirthYear is null || (row.OfMember[BirthYearAt] ?? row.OfMember[BirthDayAt]?[..4] ?? row.OfMember[IdentityAt]?[6..10]) is not { } year || member.BirthYear == int.Parse(year, System.Globalization.CultureInfo.InvariantCulture))
        && (member.IdentityKey is null || row.IdentityKey is null || member.Relation == row.Relation);

    private static IEnumerable<(RegisterField Field, string Value)> Said(HouseholdRows rows)
    {
        for (var i = 0; i < RegisterFields.OfHousehold.Count; i++)
            if (rows.People.Select(p => p.OfHousehold?[i]).FirstOrDefault(v => v is not null) is { } value) yield return (RegisterFields.OfHousehold[i], value);
    }

    private bool Why(HouseholdRows rows, Household home, List<PovertyCause> old, ChangeCause cause)
    {
        if (rows.People.Select(p => p.Causes).FirstOrDefault(c => c is not null) is not { } said) return false;
        var main = old.Find(c => c.IsMain)?.Cause;
        if (said.Count == old.Count && said.All(c => old.Exists(o => o.Cause == c)) && main == said[0]) return false;
        foreach (var gone in old) db.Attach(gone).Entity.Until = clock.Today;
        db.PovertyCauses.AddRange(said.Select((c, i) => new PovertyCause { Id = ids.Next(), HouseholdId = home.Id, Area = home.Area, Cause = c, IsMain = i == 0, Since = clock.Today }));
        book.Keep(home.Id, null, "causes", string.Join(',', old.Select(c => c.Cause)), string.Join(',', said), cause);
        return true;
    }

    private bool Earn(HouseholdRows rows, Household home, Dictionary<(long, int, string), HouseholdIncome> old, ChangeCause cause)
    {
        var changed = false;
        foreach (var (income, saysCosts) in Earned(rows, home))
        {
            if (!old.TryGetValue((home.Id, income.Year, income.Kind), out var before)) db.Incomes.Add(income);
            else if (before.Gross == income.Gross && (!saysCosts || before.Costs == income.Costs)) continue;
            else (db.Attach(before).Entity.Gross, before.Costs, before.IsEstimate) = (income.Gross, saysCosts ? income.Costs : before.Costs, false);
            book.Keep(home.Id, null, $"income-{income.Year}-{income.Kind}", before is null ? null : "…", income.Gross.ToString(), cause);
            changed = true;
        }
        return changed;
    }

    private IEnumerable<(HouseholdIncome Row, bool SaysCosts)> Earned(HouseholdRows rows, Household home)
    {
        if (rows.People.Find(p => p.Incomes is not null) is not { IncomeYear: { } year, Incomes: { } amounts }) yield break;
        for (var i = 0; i < HouseholdIncome.Kinds.Count; i++)
        {
            if (amounts[i] is not { } gross) continue;
            var business = HouseholdIncome.Kinds[i] == "business";
            yield return (new HouseholdIncome { Id = ids.Next(), HouseholdId = home.Id, Area = home.Area, Year = year, Kind = HouseholdIncome.Kinds[i], Gross = gross, Costs = business ? amounts[^1] : new Fen(0), IsEstimate = false, ByAccountId = db.Scope.AccountId, AtMs = clock.NowMs }, !business || amounts[^1] is not null);
        }
    }

    private static readonly int NameAt = At("name"), IdentityAt = At("identity"), BirthYearAt = At("birth-year"), BirthDayAt = At("birth-day");

    private static int At(string key) => RegisterFields.OfMember.ToList().FindIndex(f => f.Key == key);
}

/// <summary>What became of a file.</summary>
/// <param name="Counts">How much it holds and what it does.</param>
/// <param name="Refused">Wrong cells.</param>
/// <param name="Written">Is it in the register now?</param>
internal sealed record ImportResult(ImportCounts Counts, IReadOnlyList<Refusal> Refused, bool Written);
