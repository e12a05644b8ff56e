using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Intakes;
using Shanhuo.Market.Lots;
using Shanhuo.Market.Orders;
using Shanhuo.Market.Products;
using Shanhuo.Registry;
using Shanhuo.Registry.Areas;
using Shanhuo.Registry.Contracts;
using Shanhuo.Registry.Households;
using Shanhuo.Registry.Organisations;
using Shanhuo.Settlement;
using Shanhuo.Settlement.Schemes;

namespace Shanhuo.Tests.Databases;

/// <summary>The smallest county in which the whole thread can run: two villages, three households, a cooperative, stations, goods by weight and by the piece, one lot with its growers, one adopted scheme.</summary>
public sealed class SmallCounty
{
    public static readonly AreaCode County = AreaCode.Parse("620525"), Township = AreaCode.Parse("620525100"), VillageA = AreaCode.Parse("620525100201"), VillageB = AreaCode.Parse("620525100202");
    public static readonly DateOnly Day = new(2026, 11, 21);

    public const long Centre = 10, TownshipStation = 11, StationA = 12, StationB = 13, Cooperative = 20, Enterprise = 21, Taobao = 30;
    public const long Ma = 101, Li = 102, Zhang = 103;
    public const long Apricot = 201, Blanket = 202;
    public const long Lot = 301, SchemeId = 401, SchemeVersionId = 402;

    /// <summary>The example of the settlement rules.</summary>
    public const string Example = """
        { "name": "Government + cooperative + farmer + platform",
          "steps": [
            { "to": "platform", "rate": "5%", "of": "gross" },
            { "to": "carrier", "actual": "freight" },
            { "to": "station", "fixed": "0.80", "per": "order" },
            { "to": "packaging", "fixed": "0.50", "per": "kg", "sunk": true },
            { "to": "growers", "price": "intake", "ifShort": { "bearer": "risk-fund" } },
            { "to": "growers", "from": "programme", "rate": "5%", "of": "goods", "when": { "channel": ["pavilion"] } },
            { "to": "village-fund", "rate": "10%", "of": "rest" },
            { "to": "cooperative", "rest": true } ],
          "refunds": { "bearer": "risk-fund" },
          "close": { "reserve": "20%", "patronage": "60%", "welfare": "5%" } }
        """;

    /// <summary>Areas, households (Ma and Li in village A, Zhang in B; Ma and Li are members of the cooperative), organisations, products with grades and today's prices, the scheme in force for the county.</summary>
    public static Task Found(TestHost host) => host.Db(async db =>
    {
        foreach (var (code, name) in new[] { (AreaCode.Parse("62"), "甘肃省"), (AreaCode.Parse("6205"), "天水市"), (County, "张家川回族自治县"), (Township, "张家川镇"), (VillageA, "前山村"), (VillageB, "后山村") })
            db.Areas.Add(new Area { Code = code, Parent = code.Level == AreaLevel.Province ? AreaCode.Country : code.At(code.Level - 1), Level = code.Level, Name = name });
        foreach (var (id, code, kind, area, name) in new[]
        {
            (Centre, "Z-01", OrganisationKind.Centre, County, "县电商中心"), (TownshipStation, "T-01", OrganisationKind.TownshipStation, Township, "张家川镇站"),
            (StationA, "V-01", OrganisationKind.VillageStation, VillageA, "前山村站"), (StationB, "V-02", OrganisationKind.VillageStation, VillageB, "后山村站"),
            (Cooperative, "C-01", OrganisationKind.Cooperative, Township, "前山合作社"), (Enterprise, "E-01", OrganisationKind.Enterprise, County, "山味公司"), (Taobao, "taobao", OrganisationKind.Platform, AreaCode.Country, "淘宝"),
        })
            db.Organisations.Add(new Organisation { Id = id, Code = code, Kind = kind, Area = area, Name = name, Since = new(2024, 1, 1) });
        foreach (var (id, area, name) in new[] { (Ma, VillageA, "马文"), (Li, VillageA, "李秀英"), (Zhang, VillageB, "张福") })
        {
            db.Households.Add(new Household { Id = id, Code = $"H-{id}", Area = area, HeadName = name });
            db.Members.Add(new Member { Id = id * 10, HouseholdId = id, Area = area, Name = name, Relation = "head", BirthYear = 1970, Since = new(2020, 1, 1) });
            db.MemberRoles.Add(new MemberRole { Id = id * 10, MemberId = id * 10, HouseholdId = id, Relation = "head", Since = new(2020, 1, 1) });
        }
        foreach (var id in new[] { Ma, Li }) db.Memberships.Add(new Membership { Id = id, OrganisationId = Cooperative, HouseholdId = id, Since = new(2024, 1, 1) });
        db.Products.Add(new Product { Id = Apricot, County = County, Code = "apricot", Name = "杏仁", NameEn = "Preserved almond", ByPiece = false, ReturnDays = 7, ShelfDays = 365, Drawing = "almond" });
        db.Products.Add(new Product { Id = Blanket, County = County, Code = "blanket", Name = "羊绒毯", NameEn = "Cashmere blanket", ByPiece = true, PieceName = "条", PieceNameEn = "piece", ReturnDays = 7, ShelfDays = 3650, Drawing = "blanket" });
        foreach (var product in new[] { Apricot, Blanket })
            foreach (var rank in new[] { 1, 2 })
            {
                db.Grades.Add(new Grade { ProductId = product, Code = $"{rank}", Name = $"{rank}级", NameEn = $"Grade {rank}", Standard = "看得清", StandardEn = "Plain to see", Rank = rank });
                db.BoardPrices.Add(new BoardPrice { Id = product * 10 + rank, County = County, ProductId = product, Grade = $"{rank}", Day = Day, Price = new Fen((product == Apricot ? 3000 : 30000) / rank) });
            }
        db.Schemes.Add(new SchemeRecord { Id = SchemeId, County = County, Code = "S-620525-01", Model = 2, Name = "政府+合作社+农户+平台", NameEn = "Government + cooperative + farmer + platform" });
        db.SchemeVersions.Add(new SchemeVersion { Id = SchemeVersionId, County = County, SchemeId = SchemeId, Number = 1, Document = Example, State = SchemeState.Adopted, ByAccountId = 1, ApprovedByAccountId = 2, AdoptedDay = new(2026, 1, 1) });
        db.SchemeUses.Add(new SchemeUse { Id = 403, County = County, SchemeId = SchemeId });
        await db.SaveChangesAsync();
    });

    /// <summary>Lot L-1 at station A: 60 kg of Ma, 40 kg of Li, grade 1 at 30.00 yuan per kg.</summary>
    public static Task TakeIn(TestHost host) => host.Db(async db =>
    {
        var lot = new Lot { Id = Lot, County = County, Code = "L-1", Area = VillageA, PlaceId = StationA, ProductId = Apricot, Grade = "1", CooperativeId = Cooperative, IntakeStationId = StationA, OpenedDay = Day, BestBefore = Day.AddDays(365), Available = 100_000, TakenIn = 100_000 };
        db.Lots.Add(lot);
        foreach (var (household, grams) in new[] { (Ma, 60_000L), (Li, 40_000L) })
        {
            var intake = new Intake { Id = 500 + household, County = County, RequestId = Guid.CreateVersion7(), Area = VillageA, StationId = StationA, HouseholdId = household, ProductId = Apricot, Grade = "1", Manner = IntakeManner.Consigned, Net = new Grams(grams), Pieces = 0, Price = new Fen(3000), Day = Day, ReceivedMs = 1, OperatorId = 1, State = IntakeState.Confirmed, Approval = ApprovalKind.OwnCode, ApprovedMs = 1, LotId = lot.Id };
            db.Intakes.Add(intake);
            db.Weighings.Add(new Weighing { County = County, IntakeId = intake.Id, Number = 1, Gross = new Grams(grams), Tare = Grams.Zero });
            db.LotGrowers.Add(new LotGrower { County = County, LotId = lot.Id, HouseholdId = household, Village = VillageA, Quantity = grams, Value = grams * 3000 });
            db.LotMoves.Add(new LotMove { Id = 600 + household, County = County, RequestId = intake.RequestId, LotId = lot.Id, Kind = MoveKind.Intake, Quantity = grams, Day = Day, CauseId = intake.Id });
        }
        await db.SaveChangesAsync();
    });

    /// <summary>An order of one line on lot L-1, received and due on <see cref="Day"/>; returns the line's id.</summary>
    public static async Task<long> Sell(TestHost host, long grams, long goodsFen, long freightFen = 0, string channel = "taobao")
    {
        var ids = host.Services.GetRequiredService<Ids>();
        var (order, line) = (ids.Next(), ids.Next());
        await host.Db(async db =>
        {
            db.Orders.Add(new Order { Id = order, County = County, RequestId = Guid.CreateVersion7(), Area = VillageA, Channel = channel, Number = $"{order}", StationId = StationA, PlacedDay = Day, State = OrderState.Received, ReceivedDay = Day, SchemeVersionId = SchemeVersionId });
            db.OrderLines.Add(new OrderLine { Id = line, County = County, OrderId = order, Number = 1, ProductId = Apricot, LotId = Lot, Grams = grams, Pieces = 0, Goods = new Fen(goodsFen), Freight = new Fen(freightFen), DueDay = Day, ReturnUntil = Day.AddDays(7) });
            var lot = await db.Lots.FindAsync([County, Lot]);
            lot!.Available -= grams;
            lot.SealedDay ??= Day;
            db.LotMoves.Add(new LotMove { Id = ids.Next(), County = County, RequestId = Guid.CreateVersion7(), LotId = Lot, Kind = MoveKind.Sold, Quantity = -grams, Day = Day, CauseId = line });
            await db.SaveChangesAsync();
        });
        return line;
    }
}
