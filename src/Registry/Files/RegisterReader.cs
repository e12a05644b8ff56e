using System.Globalization;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Sheets;
using Shanhuo.Registry.Households;
using Shanhuo.Registry.Households.Fields;

namespace Shanhuo.Registry.Files;

/// <summary>Reads the register's sheet into households, and says of every wrong cell where it is, why, and what to do. Knows no database.</summary>
internal sealed class RegisterReader(VillageBook villages, Texts texts, DateOnly today, Func<string, string> identityKey)
{
    /// <summary>Behind the names of the template's example, which is never taken.</summary>
    public const string Example = "（例）";

    private static readonly int Identity = Index("identity"), BirthDay = Index("birth-day"), BirthYear = Index("birth-year"), Sex = Index("sex"), Name = Index("name");
    private readonly Dictionary<string, HouseholdRows> byKey = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PersonRow> byIdentity = [];
    private readonly Dictionary<string, string> kept = new(StringComparer.Ordinal);
    private int[] ofMember = [], ofHousehold = [], incomes = [];
    private int household, village, relation, causes, year, costs;
    private readonly Dictionary<RegisterColumn, string> written = [];
    private string file = "";

    /// <summary>In the order of the file.</summary>
    public List<HouseholdRows> Households { get; } = [];

    /// <summary>Wrong cells, in the order of the file as far as they are of single cells.</summary>
    public List<Refusal> Refused { get; } = [];

    /// <summary>Reads all rows.</summary>
    /// <returns>False with one refusal when the sheet as a whole cannot be read.</returns>
    public bool Read(SheetReader sheet, IProgress<int>? progress, CancellationToken cancel)
    {
        string? name = null;
        var headed = false;
        var loose = new List<(PersonRow Row, HouseholdRows To)>();
        var people = 0;
        foreach (var outcome in sheet.Rows())
        {
            cancel.ThrowIfCancellationRequested();
            if (!outcome.Ok(out var row, out var no)) { Refused.Add(no); return false; }
            file = row.File;
            if (!headed || row.Sheet != name)
            {
                // A sheet that has no such columns, as one with explanations, is passed over.
                (name, headed) = (row.Sheet, Head(row));
                continue;
            }
            if (Person(row) is not { } person) continue;
            Put(person, loose);
            if (++people % 5_000 == 0) progress?.Report(people);
        }
        if (people == 0) { Refused.Add(new Refusal("register.no-rows", new Place { File = file }, texts.Say(Language.Zh, RegisterColumns.Village.TextKey), texts.Say(Language.En, RegisterColumns.Village.TextKey))); return false; }
        foreach (var (row, _) in loose.Where(_ => sheet.Notes.MergedRanges == 0))
            Wrong(row, RegisterColumns.Household, new Refusal("register.which-household"));
        foreach (var home in Households) Together(home);
        return true;
    }

    private bool Head(SheetRow row)
    {
        var header = new SheetHeader(row);
        written.Clear();
        int Find(RegisterColumn column)
        {
            var at = header.Find(column.Names(texts));
            if (at >= 0) written[column] = header.Names[at];
            return at;
        }

        (household, village, relation, causes, year, costs) = (Find(RegisterColumns.Household), Find(RegisterColumns.Village), Find(RegisterColumns.Relation), Find(RegisterColumns.Causes), Find(RegisterColumns.Year), Find(RegisterColumns.Costs));
        ofMember = [.. RegisterColumns.OfMember.Select(Find)];
        ofHousehold = [.. RegisterColumns.OfHousehold.Select(Find)];
        incomes = [.. RegisterColumns.Incomes.Select(Find)];
        return ofMember[Name] >= 0 && relation >= 0;
    }

    private PersonRow? Person(SheetRow row)
    {
        // The template's example stays in many a sheet.
        if (row[ofMember[Name]].Text?.EndsWith(Example, StringComparison.Ordinal) == true) return null;
        var person = new PersonRow { Number = row.Number, Sheet = row.Sheet, OfMember = new string?[ofMember.Length] };
        person.Household = Text(row[household]) is { } code ? Keep(Numerals.Narrow(code).ToUpperInvariant()) : null;
        if (Text(row[village]) is { } place)
            if (villages.Find(place, row.At(NameOf(RegisterColumns.Village))).Ok(out var found, out var no)) person.Village = found;
            else Wrong(person, no);
        var relationText = Text(row[relation]);
        person.Relation = relationText is null ? null : MemberRole.All.FirstOrDefault(r => r == relationText || texts.Say(Language.Zh, "register.relation." + r) == relationText || string.Equals(texts.Say(Language.En, "register.relation." + r), relationText, StringComparison.OrdinalIgnoreCase));
        if (person.Relation is null) Wrong(person, RegisterColumns.Relation, relationText is null ? new Refusal("register.required") : new Refusal("register.no-choice", Place.None, relationText, string.Join("、", MemberRole.All.Select(r => texts.Say(Language.Zh, "register.relation." + r)))));
        for (var i = 0; i < ofMember.Length; i++) person.OfMember[i] = Value(person, row, ofMember[i], RegisterColumns.OfMember[i]);
        for (var i = 0; i < ofHousehold.Length; i++)
            if (Value(person, row, ofHousehold[i], RegisterColumns.OfHousehold[i]) is { } value) (person.OfHousehold ??= new string?[ofHousehold.Length])[i] = value;
        if (person.OfMember[Identity] is { } number) Identified(person, number);
        if (Text(row[causes]) is { } why) person.Causes = Causes(person, why);
        Income(person, row);
        return person;
    }

    private string? Value(PersonRow person, SheetRow row, int at, RegisterColumn column)
    {
        var (cell, field) = (row[at], column.Field!);
        if (cell.IsEmpty && !field.IsRequired) return null;
        var text = cell.Text;
        if (field.Kind == FieldKind.Identity && !cell.TryCode(out text)) { Wrong(person, column, new Refusal("identity.damaged")); return null; }
        if (field.Kind == FieldKind.Day && Serial(text) is { } day) text = day;
        if (FieldValue.TryRead(field, text, today, texts, row.At(NameOf(column))).Ok(out var value, out var no)) return value is null ? null : field.Kind is FieldKind.Choice or FieldKind.YesNo ? Keep(value) : value;
        Wrong(person, no);
        return null;
    }

    // 10 000 is May 1927: a smaller number is a year or a slip. Dates with their format come as dates from the reader.
    private static string? Serial(string text) => decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var serial) && serial is >= 10_000 and < 110_000
        ? new DateOnly(1899, 12, 30).AddDays((int)serial).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : text.Length > 10 && text[4] == '-' ? text[..10] : null;

    private void Identified(PersonRow person, string number)
    {
        var (day, male) = ($"{number[6..10]}-{number[10..12]}-{number[12..14]}", (number[16] - '0') % 2 == 1);
        if (person.OfMember[BirthDay] is { } said && said != day) Wrong(person, RegisterColumns.OfMember[BirthDay], new Refusal("register.not-as-identity", Place.None, said, day));
        if (person.OfMember[BirthYear] is { } born && born != number[6..10]) Wrong(person, RegisterColumns.OfMember[BirthYear], new Refusal("register.not-as-identity", Place.None, born, number[6..10]));
        if (person.OfMember[Sex] is { } sex && sex == "male" != male) Wrong(person, RegisterColumns.OfMember[Sex], new Refusal("register.sex-not-as-identity"));
        person.IdentityKey = identityKey(number);
        if (byIdentity.TryGetValue(person.IdentityKey, out var other))
        {
            Wrong(person, RegisterColumns.OfMember[Identity], new Refusal("register.identity-twice", Place.None, other.Number));
            if (!other.IsWrong) Wrong(other, RegisterColumns.OfMember[Identity], new Refusal("register.identity-twice", Place.None, person.Number));
        }
        else byIdentity.Add(person.IdentityKey, person);
    }

    private List<string>? Causes(PersonRow person, string text)
    {
        var found = new List<string>();
        foreach (var part in text.Split(['、', ',', '，', ';', '；'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var cause = PovertyCause.All.FirstOrDefault(c => c == part || texts.Say(Language.Zh, "register.cause." + c) == part || string.Equals(texts.Say(Language.En, "register.cause." + c), part, StringComparison.OrdinalIgnoreCase));
            if (cause is null) { Wrong(person, RegisterColumns.Causes, new Refusal("register.no-choice", Place.None, part, string.Join("、", PovertyCause.All.Select(c => texts.Say(Language.Zh, "register.cause." + c))))); return null; }
            if (!found.Contains(cause)) found.Add(cause);
        }
        return found;
    }

    private void Income(PersonRow person, SheetRow row)
    {
        if (Text(row[year]) is { } when)
            if (Numerals.TryParseFixed(when, 0, out var whole) && whole >= 1990 && whole <= today.Year) person.IncomeYear = (int)whole;
            else Wrong(person, RegisterColumns.Year, new Refusal("register.whole", Place.None, when, 1990, today.Year));
        for (var i = 0; i <= incomes.Length; i++)
        {
            var (at, column) = i < incomes.Length ? (incomes[i], RegisterColumns.Incomes[i]) : (costs, RegisterColumns.Costs);
            if (Text(row[at]) is not { } amount) continue;
            if (Fen.TryParseYuan(amount, out var fen) && fen.Value is >= 0 and < 1_000_000_000_00) (person.Incomes ??= new Fen?[incomes.Length + 1])[i] = fen;
            else Wrong(person, column, new Refusal("register.amount", Place.None, amount, 1_000_000_000));
        }
        if (person.Incomes is not null && person.IncomeYear is null && !person.IsWrong) Wrong(person, RegisterColumns.Year, new Refusal("register.income-year"));
    }

    private void Put(PersonRow person, List<(PersonRow, HouseholdRows)> loose)
    {
        var book = person.OfHousehold?[1];
        var key = person.Household is { } code ? "c" + code : book is not null ? "b" + book : null;
        HouseholdRows? home;
        if (key is null)
        {
            home = person.Relation == "head" ? null : Households.LastOrDefault();
            if (home is not null && home.First.Sheet == person.Sheet) loose.Add((person, home));
            else Households.Add(home = new HouseholdRows());
        }
        else if (!byKey.TryGetValue(key, out home))
        {
            Households.Add(home = new HouseholdRows());
            byKey.Add(key, home);
        }
        home.People.Add(person);
    }

    /// <summary>What can only be seen over all rows of a household.</summary>
    private void Together(HouseholdRows home)
    {
        var heads = home.People.Where(p => p.Relation == "head").ToList();
        foreach (var second in heads.Skip(1)) Wrong(second, RegisterColumns.Relation, new Refusal("register.two-heads", Place.None, heads[0].Number));
        if (home.People.Select(p => p.Village).OfType<AreaCode>().Distinct().Count() > 1)
            Wrong(home.People.Last(p => p.Village is not null && p.Village != home.People.First(q => q.Village is not null).Village), RegisterColumns.Village, new Refusal("register.two-villages"));
        for (var i = 0; i < RegisterColumns.OfHousehold.Count; i++)
        {
            PersonRow? said = null;
            foreach (var person in home.People.Where(p => p.OfHousehold?[i] is not null))
                if (said is null) said = person;
                else if (said.OfHousehold![i] != person.OfHousehold![i]) { Wrong(person, RegisterColumns.OfHousehold[i], new Refusal("register.two-answers", Place.None, said.Number)); break; }
        }
    }

    /// <summary>A wrong cell, found here or against the register.</summary>
    public void Wrong(PersonRow person, RegisterColumn column, Refusal why) => Wrong(person, why with { Where = new Place { File = file, Sheet = person.Sheet, Row = person.Number, Column = NameOf(column) } });

    private void Wrong(PersonRow person, Refusal why)
    {
        person.IsWrong = true;
        Refused.Add(why);
    }

    /// <summary>A column as the sheet calls it, so that people find it.</summary>
    private string NameOf(RegisterColumn column) => written.GetValueOrDefault(column) ?? texts.Say(Language.Zh, column.TextKey);

    private string Keep(string value)
    {
        if (kept.TryGetValue(value, out var same)) return same;
        kept.Add(value, value);
        return value;
    }

    private static string? Text(SheetCell cell) => cell.IsEmpty ? null : cell.Text;

    private static int Index(string key) => RegisterFields.OfMember.ToList().FindIndex(f => f.Key == key);
}
