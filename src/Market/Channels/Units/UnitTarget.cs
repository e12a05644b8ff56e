using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Sheets;

namespace Shanhuo.Market.Channels.Units;

/// <summary>How much a public unit (预算单位) means to buy in a year on the 832 platform (预留份额).</summary>
internal sealed class UnitTarget : IInCounty
{
    /// <summary>Longest name of a unit.</summary>
    public const int MostName = 80;

    public required AreaCode County { get; init; }
    public required int Year { get; init; }

    /// <summary>As it stands in the platform's orders.</summary>
    public required string Unit { get; init; }
    public required Fen Amount { get; set; }
    public required long ByAccountId { get; set; }
    public required long AtMs { get; set; }
}

internal sealed class UnitTargetTable : IEntityTypeConfiguration<UnitTarget>
{
    public void Configure(EntityTypeBuilder<UnitTarget> table)
    {
        table.ToTable("market_unit_targets");
        table.HasKey(t => new { t.County, t.Year, t.Unit });
    }
}

/// <summary>Sets targets, typed or out of a file; the newest word counts. Sent again nothing changes.</summary>
internal sealed class SetTargetsHandler(ShanhuoDb db, TimeProvider clock)
{
    /// <summary>Most rows of a file.</summary>
    public const int MostRows = 5_000;

    private static readonly string[] UnitNames = ["预算单位", "采购单位", "单位名称", "unit"], TargetNames = ["预留份额", "预留份额(元)", "预留采购份额", "年度目标", "target"];

    public async Task<Refusal?> Handle(int year, IReadOnlyList<(string Unit, Fen Amount)> targets, CancellationToken cancel)
    {
        var county = db.Scope.County;
        if (year < 2020 || year > clock.Today.Year + 1) return new Refusal("units.year", Place.Input("Year"));
        foreach (var (unit, amount) in targets)
        {
            if (unit.Trim().Length is < 2 or > UnitTarget.MostName) return new Refusal("units.name", Place.Input("Unit"), UnitTarget.MostName);
            if (amount.Value is < 1 or > 100_000_000_000) return new Refusal("units.amount", Place.Input("Amount"));
        }
        var known = await db.UnitTargets.Where(t => t.County == county && t.Year == year).ToDictionaryAsync(t => t.Unit, cancel);
        foreach (var (name, amount) in targets)
        {
            var unit = name.Trim();
            if (known.TryGetValue(unit, out var old)) (old.Amount, old.ByAccountId, old.AtMs) = (amount, db.Scope.AccountId, clock.NowMs);
            else db.UnitTargets.Add(known[unit] = new UnitTarget { County = county, Year = year, Unit = unit, Amount = amount, ByAccountId = db.Scope.AccountId, AtMs = clock.NowMs });
        }
        await db.SaveChangesAsync(cancel);
        return null;
    }

    /// <summary>Reads a file; a wrong cell refuses it whole. A unit that stands twice is refused at its second row.</summary>
    public static Outcome<List<(string Unit, Fen Amount)>> Read(SheetReader file)
    {
        var targets = new List<(string, Fen)>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        SheetHeader? header = null;
        foreach (var outcome in file.Rows())
        {
            if (!outcome.Ok(out var row, out var no)) return no;
            if (header is null)
            {
                if (new SheetHeader(row) is var names && names.Find(UnitNames) >= 0 && names.Find(TargetNames) >= 0) header = names;
                continue;
            }
            var (unit, amount) = (row[header.Find(UnitNames)].Text.Trim(), row[header.Find(TargetNames)]);
            if (unit.Length is < 2 or > UnitTarget.MostName) return new Refusal("units.name", row.At(header.Names[header.Find(UnitNames)]), UnitTarget.MostName);
            if (!seen.Add(unit)) return new Refusal("units.twice", row.At(header.Names[header.Find(UnitNames)]), unit);
            if (!amount.TryMoney(out var fen) || fen.Value < 1) return new Refusal("units.amount", row.At(header.Names[header.Find(TargetNames)]));
            if (targets.Count == MostRows) return new Refusal("units.many", Place.None, MostRows);
            targets.Add((unit, fen));
        }
        return targets.Count > 0 ? targets : new Refusal("units.header", Place.None, UnitNames[0], TargetNames[0]);
    }
}
