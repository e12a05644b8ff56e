using System.Globalization;
using Shanhuo.Kernel;
using Shanhuo.Registry.Households;
using Shanhuo.Registry.Households.Fields;

namespace Shanhuo.Registry.Demo;

/// <summary>What the demo households are like: invented, with blanks as real registers have them. Identity numbers carry the area 620599, which does not exist, so that they are nobody's.</summary>
internal sealed class InventedLives(Ids ids, RegisterBook book, Random chance, DateOnly today)
{
    private readonly HashSet<string> used = [];
    private int order;

    public List<Member> Members { get; } = [];
    public List<MemberRole> Roles { get; } = [];
    public List<PovertyCause> Causes { get; } = [];
    public List<HouseholdIncome> Incomes { get; } = [];
    public List<Consent> Consents { get; } = [];

    /// <summary>Fills a household in, with its people, causes, incomes of five years and its consent.</summary>
    public void Live(Household home, string surname, bool wasPoor)
    {
        home.VillageGroup = $"{chance.Next(1, 6)}社";
        home.BookNumber = $"HK{home.Code[2..].Replace("-", "", StringComparison.Ordinal)}";
        if (chance.NextDouble() < 0.9) book.Reach(home, string.Create(CultureInfo.InvariantCulture, $"000{chance.NextInt64(10_000_000, 99_999_999)}"));
        home.Housing = Known(Drawn(("a", 0.7), ("b", 0.26), ("c", 0.03), ("d", 0.01)));
        home.SafeWater = Maybe(0.97);
        home.FoodAndClothing = Maybe(0.98);
        home.FarmlandCentimu = Number(chance.Next(0, 2_000));
        home.Cattle = Number(chance.NextDouble() < 0.3 ? chance.Next(1, 8) : 0);
        home.Sheep = Number(chance.NextDouble() < 0.35 ? chance.Next(2, 40) : 0);
        home.Vehicle = Maybe(wasPoor ? 0.12 : 0.35);
        home.RoadToDoor = Maybe(0.85);
        home.StationDistanceMetres = Number(chance.Next(100, 16_000));
        home.Smartphone = Maybe(0.78);
        home.Signal = Known(Drawn(("none", 0.06), ("weak", 0.44), ("good", 0.5)));
        home.Broadband = Maybe(0.4);
        home.Debt = chance.NextDouble() < 0.92 ? new Fen(chance.NextDouble() < 0.4 ? chance.Next(1, 800) * 100_00L : 0) : null;
        home.HasSkills = Maybe(0.2);
        home.HasFunds = Maybe(0.3);
        home.HasIdea = Maybe(0.35);
        home.HasWill = Maybe(0.55);
        People(home, surname);
        if (wasPoor) Why(home);
        Earn(home, wasPoor);
        Consents.Add(new Consent { Id = ids.Next(), HouseholdId = home.Id, Purpose = "register", Wording = "2025-1", Given = "paper", ByAccountId = 0, Since = new DateOnly(2025, 3, 1) });
        if (home.NameConsentSince is { } named) Consents.Add(new Consent { Id = ids.Next(), HouseholdId = home.Id, Purpose = "name-on-trace", Wording = "2025-1", Given = "own-code", ByAccountId = 0, Since = named });
    }

    private void People(Household home, string surname)
    {
        var birth = chance.Next(1948, 1992);
        Person(home, home.HeadName, "head", birth, chance.NextDouble() < 0.9 ? "male" : "female");
        if (chance.NextDouble() < 0.85) Person(home, DemoNames.Surname(chance) + DemoNames.GivenName(chance), "spouse", birth + chance.Next(-4, 5), Members[^1].Sex == "male" ? "female" : "male");
        for (var child = chance.Next(0, 4); child > 0; child--) Person(home, surname + DemoNames.GivenName(chance), "child", Math.Min(2024, birth + chance.Next(20, 36)), null);
        if (chance.NextDouble() < 0.3) Person(home, surname + DemoNames.GivenName(chance), "parent", birth - chance.Next(20, 30), null);
    }

    private void Person(Household home, string name, string relation, int birthYear, string? sex)
    {
        sex ??= chance.NextDouble() < 0.5 ? "female" : "male";
        var born = new DateOnly(birthYear, chance.Next(1, 13), chance.Next(1, 28));
        var age = today.Year - birthYear;
        var away = relation is "head" or "child" && age is >= 18 and < 60 && chance.NextDouble() < 0.4;
        var member = new Member
        {
            Id = ids.Next(), HouseholdId = home.Id, Area = home.Area, Name = name, Relation = relation, BirthDay = born, BirthYear = birthYear, Sex = sex, Since = new DateOnly(Math.Max(birthYear, 1990), 1, 1),
            Ethnicity = Known(chance.NextDouble() < 0.72 ? "03" : "01"),
            Schooling = age < 6 ? "none" : Known(Drawn(("none", age > 60 ? 0.5 : 0.08), ("primary", 0.4), ("junior", 0.35), ("senior", 0.1), ("college", 0.07))),
            InSchool = age is >= 6 and <= 22 ? Maybe(age <= 15 ? 0.99 : 0.4) : false,
            Labour = age is < 16 or > 74 ? "none" : Known(Drawn(("skilled", 0.15), ("ordinary", age > 60 ? 0.3 : 0.7), ("weak", age > 60 ? 0.5 : 0.1), ("none", 0.05))),
            Health = Known(Drawn(("well", age > 60 ? 0.6 : 0.92), ("chronic", age > 60 ? 0.25 : 0.04), ("serious", 0.02), ("disabled", 0.02))),
            MedicalInsurance = Maybe(0.985),
            AwayMonths = chance.NextDouble() < 0.94 ? away ? chance.Next(6, 12) : 0 : null,
        };
        if (away) member.AwayPlace = Drawn(("county", 0.2), ("province", 0.35), ("elsewhere", 0.45));
        if (chance.NextDouble() < 0.97) book.Identify(member, Number(born, sex == "male"));
        Members.Add(member);
        Roles.Add(new MemberRole { Id = ids.Next(), MemberId = member.Id, HouseholdId = home.Id, Relation = relation, Since = member.Since });
    }

    private string Number(DateOnly born, bool male)
    {
        while (true)
        {
            var body = string.Create(CultureInfo.InvariantCulture, $"620599{born:yyyyMMdd}{order++ % 500 * 2 + (male ? 1 : 0):000}");
            if (used.Add(body)) return body + IdentityNumber.CheckOf(body);
        }
    }

    private void Why(Household home)
    {
        var all = PovertyCause.All.OrderBy(_ => chance.Next()).Take(chance.Next(1, 4)).ToList();
        for (var i = 0; i < all.Count; i++) Causes.Add(new PovertyCause { Id = ids.Next(), HouseholdId = home.Id, Area = home.Area, Cause = all[i], IsMain = i == 0, Since = new DateOnly(2014, 4, 1) });
    }

    private void Earn(Household home, bool wasPoor)
    {
        var heads = Members.Count(m => m.HouseholdId == home.Id);
        var level = (wasPoor ? 3_800 : 6_500) * Math.Exp(0.35 * (chance.NextDouble() + chance.NextDouble() + chance.NextDouble() - 1.5) * 2) * heads;
        for (var year = today.Year - 5; year < today.Year; year++)
        {
            level *= 1.06 + 0.1 * (chance.NextDouble() - 0.5);
            foreach (var (kind, share) in new[] { ("wages", 0.5), ("business", 0.3), ("property", 0.03), ("transfers", 0.17) })
            {
                if (chance.NextDouble() < 0.04) continue;
                var gross = new Fen((long)(level * share * (0.7 + 0.6 * chance.NextDouble())) * 100);
                Incomes.Add(new HouseholdIncome { Id = ids.Next(), HouseholdId = home.Id, Area = home.Area, Year = year, Kind = kind, Gross = gross, Costs = kind == "business" ? chance.NextDouble() < 0.9 ? new Fen(gross.Value * chance.Next(20, 45) / 100) : null : Fen.Zero, IsEstimate = chance.NextDouble() < 0.1, ByAccountId = 0, AtMs = new DateTimeOffset(year + 1, 1, 15, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds() });
            }
        }
    }

    private string? Known(string value) => chance.NextDouble() < 0.95 ? value : null;

    private bool? Maybe(double share) => chance.NextDouble() < 0.95 ? chance.NextDouble() < share : null;

    private int? Number(int value) => chance.NextDouble() < 0.95 ? value : null;

    private string Drawn(params (string Code, double Weight)[] choices)
    {
        var at = chance.NextDouble() * choices.Sum(c => c.Weight);
        foreach (var (code, weight) in choices)
            if ((at -= weight) < 0) return code;
        return choices[^1].Code;
    }
}
