using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Sheets;
using Shanhuo.Registry.Contracts;
using Shanhuo.Registry.Households;
using Shanhuo.Registry.Households.Fields;
using Shanhuo.Registry.Trail;

namespace Shanhuo.Registry.Files;

/// <summary>Writes the register's sheet: the empty template with its choices, and the households of an area, without identity numbers and phones; read in again it changes nothing.</summary>
internal sealed class RegisterSheets(ShanhuoDb db, Ids ids, TimeProvider clock, Texts texts)
{
    private const int Chunk = 500;

    /// <summary>The columns with what their cells offer.</summary>
    private List<SheetColumn> Columns(Language language, IEnumerable<RegisterColumn> columns) => [.. columns.Select(c => c.Write(texts, language) with
    {
        Choices = c == RegisterColumns.Relation ? [.. MemberRole.All.Select(r => texts.Say(language, "register.relation." + r))]
            : c.Field is { Kind: FieldKind.Choice } field ? [.. field.Choices.Select(code => texts.Say(language, $"{field.TextKey}.{code}"))]
            : c.Field is { Kind: FieldKind.YesNo } ? [texts.Say(language, "register.yes"), texts.Say(language, "register.no")] : [],
    })];

    /// <summary>The template with one invented household as an example.</summary>
    public void Template(Stream output, Language language)
    {
        using var sheet = SheetWriter.Begin(SheetFormat.Xlsx, output, texts.Say(language, "register.title"), Columns(language, RegisterColumns.All));
        foreach (var (relation, name) in new[] { ("head", "马某某" + RegisterReader.Example), ("spouse", "李某某" + RegisterReader.Example) })
        {
            var head = relation == "head";
            sheet.Row([.. RegisterColumns.All.Select(c => (SheetValue)(c == RegisterColumns.Relation ? texts.Say(language, "register.relation." + relation) : c == RegisterColumns.Village && head ? "620525100201" : c.Key switch
            {
                "name" => name,
                "book" => "HK0000001",
                "farmland" when head => "5.5",
                "income-year" when head => "2025",
                "income-wages" when head => "12000.00",
                _ => null,
            }))]);
        }
    }

    /// <summary>All households of an area. That they were taken out is on record for each of them before a row is written.</summary>
    /// <returns>How many people.</returns>
    public async Task<int> Export(Stream output, AreaCode area, Language language, CancellationToken cancel)
    {
        var columns = RegisterColumns.All.Where(c => c.Field?.Privacy != FieldPrivacy.Secret).ToList();
        var homes = await db.Households.Where(h => h.Area >= area && h.Area <= area.Last && h.Until == null).OrderBy(h => h.Id).Select(h => h.Id).TagWith("whole: all households of an area are written out").ToListAsync(cancel);
        await using (var change = await db.Database.BeginTransactionAsync(cancel))
        {
            var records = homes.ConvertAll(h => new AuditRecord { Id = ids.Next(), Kind = "export", What = "register-sheet", HouseholdId = h, AccountId = db.Scope.AccountId, Role = db.Scope.Role, ActorArea = db.Scope.Area, Fields = area.ToString(), AtMs = clock.NowMs });
            await db.InsertAll(records, cancel);
            await db.InsertAll(records.Select(r => new TrailWaiting { RecordId = r.Id }), cancel);
            await change.CommitAsync(cancel);
        }
        using var sheet = SheetWriter.Begin(SheetFormat.Xlsx, output, texts.Say(language, "register.title"), Columns(language, columns));
        var people = 0;
        foreach (var chunk in homes.Chunk(Chunk))
        {
            var households = await db.Households.AsNoTracking().Where(h => chunk.Contains(h.Id)).ToDictionaryAsync(h => h.Id, cancel);
            var members = (await db.Members.AsNoTracking().Where(m => chunk.Contains(m.HouseholdId) && m.Until == null).ToListAsync(cancel)).ToLookup(m => m.HouseholdId);
            var causes = (await db.PovertyCauses.AsNoTracking().Where(c => chunk.Contains(c.HouseholdId) && c.Until == null).ToListAsync(cancel)).ToLookup(c => c.HouseholdId);
            var incomes = (await db.Incomes.AsNoTracking().Where(i => chunk.Contains(i.HouseholdId)).ToListAsync(cancel)).ToLookup(i => i.HouseholdId);
            foreach (var id in chunk)
            {
                var home = households[id];
                var last = incomes[id].GroupBy(i => i.Year).MaxBy(g => g.Key);
                foreach (var member in members[id].OrderBy(m => m.Relation != "head").ThenBy(m => m.Id))
                {
                    var head = member.Relation == "head";
                    sheet.Row([.. columns.Select(c => (SheetValue)Cell(c))]);
                    people++;

                    string? Cell(RegisterColumn c) => c == RegisterColumns.Household ? home.Code : c == RegisterColumns.Village ? home.Area.ToString() : c == RegisterColumns.Relation ? texts.Say(language, "register.relation." + member.Relation)
                        : c.Field is { Owner: FieldOwner.Member } own ? Write(own, own.Read(member), language) : !head ? null
                        : c.Field is { } field ? Write(field, field.Read(home), language)
                        : c == RegisterColumns.Causes ? string.Join("、", causes[id].OrderByDescending(w => w.IsMain).ThenBy(w => w.Id).Select(w => texts.Say(language, "register.cause." + w.Cause)))
                        : last is null ? null
                        : c == RegisterColumns.Year ? last.Key.ToString(System.Globalization.CultureInfo.InvariantCulture)
                        : c == RegisterColumns.Costs ? last.FirstOrDefault(i => i.Kind == "business")?.Costs?.ToString()
                        : last.FirstOrDefault(i => c.Key == "income-" + i.Kind)?.Gross.ToString();
                }
            }
        }
        return people;
    }

    private string? Write(RegisterField field, string? kept, Language language) => kept is null ? null : field.Kind switch
    {
        FieldKind.Mu => (long.Parse(kept, System.Globalization.CultureInfo.InvariantCulture) / 100m).ToString("0.##", System.Globalization.CultureInfo.InvariantCulture),
        _ => FieldValue.Show(field, kept, key => texts.Say(language, key)),
    };
}
