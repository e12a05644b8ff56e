using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Areas;
using Shanhuo.Registry.Contracts;
using Shanhuo.Registry.Households;
using Shanhuo.Registry.Households.Fields;
using Shanhuo.Registry.Organisations;

namespace Shanhuo.Registry.Demo;

/// <summary>Households, stations, cooperatives and sign-ins of the demo county. Zhangjiachuan gets the survey paper's 1 centre, 15 township and 176 village stations; Yongjing the 260 households of the Linxia paper.</summary>
internal sealed class RegistryDemo(ShanhuoDb db, Ids ids, AddAccountHandler accounts, RegisterBook book) : ISeedDemo
{
    /// <summary>Of every demo account.</summary>
    public const string Password = "shanhuo-demo";

    private static readonly DateOnly Founded = new(2016, 3, 1);

    public int Order => 10;

    public async Task Seed(DemoCounty county, CancellationToken cancel)
    {
        var chance = new Random(county.Seed);
        var big = county.Code == DemoCounty.Zhangjiachuan;
        var areas = await db.Areas.Where(a => a.Code >= county.Code && a.Code <= county.Code.Last).OrderBy(a => a.Code).ToListAsync(cancel);
        var townships = areas.Where(a => a.Level == AreaLevel.Township).Take(big ? 15 : 2).ToList();
        var villages = areas.Where(a => a.Level == AreaLevel.Village && townships.Any(t => t.Code == a.Parent) && !a.IsResidentsCommittee)
            .OrderBy(a => Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes($"{a.Code.Value}"))), StringComparer.Ordinal).Take(big ? 176 : 8).OrderBy(a => a.Code).ToList();

        var (organisations, cooperatives) = await Organise(county, big, townships, villages, cancel);
        await db.InsertAll(organisations, cancel);
        await Settle(county, chance, villages, cooperatives, big, cancel);
        if (big) await Accounts(county, townships[0], organisations, cancel);
    }

    private async Task<(List<Organisation> All, List<Organisation> Cooperatives)> Organise(DemoCounty county, bool big, List<Area> townships, List<Area> villages, CancellationToken cancel)
    {
        var all = new List<Organisation>();
        var countyName = big ? "张家川" : "永靖";
        var countyEn = big ? "Zhangjiachuan" : "Yongjing";
        var centre = Add(OrganisationKind.Centre, $"Z-{county.Code}", county.Code, $"{countyName}县电商服务中心", $"{countyEn} county e-commerce centre", null);
        var stations = townships.Select((t, i) => Add(OrganisationKind.TownshipStation, $"T-{county.Code}-{i + 1:00}", t.Code, $"{t.Name}电商站", t.NameEn is null ? null : $"{t.NameEn} township station", centre.Id)).ToDictionary(s => s.Area);
        for (var i = 0; i < villages.Count; i++)
        {
            Add(OrganisationKind.VillageStation, $"V-{county.Code}-{i + 1:000}", villages[i].Code, $"{villages[i].Name}电商站", null, stations[villages[i].Parent].Id);
            Add(OrganisationKind.Collective, $"K-{county.Code}-{i + 1:000}", villages[i].Code, $"{villages[i].Name}股份经济合作社", null, null);
        }
        var cooperatives = townships.Take(big ? 12 : 1).Select((t, i) => Add(OrganisationKind.Cooperative, $"C-{county.Code}-{i + 1:00}", t.Code, $"{t.Name.TrimEnd('镇', '乡')}农产品专业合作社", t.NameEn is null ? null : $"{t.NameEn} farmers' cooperative", null)).ToList();
        foreach (var (n, name, nameEn) in new[] { (1, "陇上清真食品公司（虚构）", "Longshang Halal Foods (invented)"), (2, "关山绒业公司（虚构）", "Guanshan Cashmere (invented)") }.Take(big ? 2 : 0))
            Add(OrganisationKind.Enterprise, $"E-{county.Code}-{n:00}", county.Code, name, nameEn, null);
        var known = await db.OrganisationFacts.Where(o => o.Kind == OrganisationKind.Platform).Select(o => o.Code).ToListAsync(cancel);
        foreach (var (code, name, nameEn) in new[] { ("taobao", "淘宝", "Taobao"), ("jd", "京东", "JD"), ("pinduoduo", "拼多多", "Pinduoduo"), ("douyin", "抖音", "Douyin"), ("pavilion", "特色馆", "County pavilion") }.Where(p => !known.Contains(p.Item1)))
            Add(OrganisationKind.Platform, code, AreaCode.Country, name, nameEn, null);
        return (all, cooperatives);

        Organisation Add(OrganisationKind kind, string code, AreaCode area, string name, string? nameEn, long? parent)
        {
            var made = new Organisation { Id = ids.Next(), Code = code, Kind = kind, Area = area, Name = name, NameEn = nameEn, ParentId = parent, Phone = kind <= OrganisationKind.VillageStation ? $"0000-{all.Count + 1:0000000}" : null, Since = Founded };
            all.Add(made);
            return made;
        }
    }

    private async Task Settle(DemoCounty county, Random chance, List<Area> villages, List<Organisation> cooperatives, bool big, CancellationToken cancel)
    {
        var households = new List<Household>();
        var statuses = new List<HouseholdStatus>();
        var memberships = new List<Membership>();
        // Their lives are drawn by a chance of their own, so that what else is drawn stays as it was.
        var lives = new InventedLives(ids, book, new Random(county.Seed + 1), county.Today);
        // One code for all, and so one hash: it is printed beside the sign-ins.
        var code = ApprovalCodes.Hash(DemoSignIns.Code);
        for (var v = 0; v < villages.Count; v++)
        {
            var cooperative = cooperatives.FirstOrDefault(c => c.Area == villages[v].Parent);
            // 260 households over 8 villages in Yongjing; 8 to 18 that sell through a station in each village of Zhangjiachuan.
            var count = big ? chance.Next(8, 19) : 260 / villages.Count + (v < 260 % villages.Count ? 1 : 0);
            for (var n = 0; n < count; n++)
            {
                var surname = DemoNames.Surname(chance);
                var home = new Household
                {
                    Id = ids.Next(), Code = $"H-{county.Code}-{households.Count + 1:00000}", Area = villages[v].Code, HeadName = surname + DemoNames.GivenName(chance), ApprovalCodeHash = code,
                    NameConsentSince = chance.NextDouble() < 0.15 ? new DateOnly(2025, 3, 1) : null,
                };
                households.Add(home);
                var wasPoor = chance.NextDouble() < 0.36;
                lives.Live(home, surname, wasPoor);
                if (wasPoor)
                {
                    var exited = new DateOnly(chance.Next(2016, 2021), 12, 1);
                    Status(home, "registered", new DateOnly(2014, 4, 1), exited.AddDays(-1));
                    Status(home, "exited", exited, null);
                    if (chance.NextDouble() < 0.08) Status(home, "monitored", new DateOnly(chance.Next(2021, 2026), 6, 1), null);
                }
                if (cooperative is not null && chance.NextDouble() < 0.6)
                    memberships.Add(new Membership { Id = ids.Next(), OrganisationId = cooperative.Id, HouseholdId = home.Id, Since = new DateOnly(chance.Next(2017, 2025), 1, 1) });
            }
        }
        await db.InsertAll(households, cancel);
        await db.InsertAll(lives.Members, cancel);
        await db.InsertAll(lives.Roles, cancel);
        await db.InsertAll(lives.Causes, cancel);
        await db.InsertAll(lives.Incomes, cancel);
        await db.InsertAll(lives.Consents, cancel);
        await db.InsertAll(statuses, cancel);
        await db.InsertAll(memberships, cancel);

        void Status(Household home, string status, DateOnly since, DateOnly? until) =>
            statuses.Add(new HouseholdStatus { Id = ids.Next(), HouseholdId = home.Id, Status = status, Since = since, Until = until });
    }

    private async Task Accounts(DemoCounty county, Area township, List<Organisation> organisations, CancellationToken cancel)
    {
        var cooperative = organisations.First(o => o.Kind == OrganisationKind.Cooperative);
        var home = await (from m in db.Memberships join h in db.Households on m.HouseholdId equals h.Id where m.OrganisationId == cooperative.Id orderby h.Code select h).FirstAsync(cancel);
        var station = organisations.First(o => o.Kind == OrganisationKind.VillageStation && o.Area == home.Area);
        foreach (var (name, display, role, area, organisation, household) in new (string, string, string, AreaCode, string?, string?)[]
        {
            ("household", home.HeadName, Role.Household, home.Area, null, home.Code),
            ("station", "村站站长", Role.Station, station.Area, station.Code, null),
            ("township", "乡站站长", Role.Station, township.Code, organisations.First(o => o.Kind == OrganisationKind.TownshipStation).Code, null),
            ("cooperative", "合作社理事长", Role.Cooperative, cooperative.Area, cooperative.Code, null),
            ("cadre", "村干部甲", Role.VillageCadre, home.Area, null, null),
            ("cadre2", "村干部乙", Role.VillageCadre, home.Area, null, null),
            ("town", "乡镇干部甲", Role.TownshipOfficial, home.Area.At(AreaLevel.Township), null, null),
            ("town2", "乡镇干部乙", Role.TownshipOfficial, home.Area.At(AreaLevel.Township), null, null),
            ("staff", "县中心员工甲", Role.CountyStaff, county.Code, null, null),
            ("staff2", "县中心员工乙", Role.CountyStaff, county.Code, null, null),
            ("official", "县里干部甲", Role.CountyOfficial, county.Code, null, null),
            ("official2", "县里干部乙", Role.CountyOfficial, county.Code, null, null),
            ("province", "省里干部", Role.ProvinceOfficial, AreaCode.Parse("62"), null, null),
            ("auditor", "审计员", Role.Auditor, county.Code, null, null),
            ("operator", "系统管理员", Role.Operator, county.Code, null, null),
        })
        {
            var made = await accounts.Handle(new AddAccount(name, display, Password, role, area, organisation, household), cancel);
            if (made.Refused is { } no) throw new InvalidOperationException(no.ToString());
        }
    }
}
