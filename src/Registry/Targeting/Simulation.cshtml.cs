using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Sheets;
using Shanhuo.Registry.Contracts;
using Shanhuo.Registry.Targeting.Features;
using Shanhuo.Registry.Targeting.Rules;
using Shanhuo.Registry.Targeting.Runs;
using Shanhuo.Registry.Targeting.Simulations;

namespace Shanhuo.Registry.Targeting;

internal sealed class SimulationPage(ShanhuoDb db, Say say, Ids ids, TimeProvider clock, FeatureStore store, FeatureLoader loader) : PageModel
{
    [BindProperty(SupportsGet = true)] public long Id { get; set; }

    /// <summary>Yuan a head and year.</summary>
    [BindProperty(SupportsGet = true)] public string? Line { get; set; } = "4000";
    [BindProperty(SupportsGet = true)] public GroupKind First { get; set; } = GroupKind.Township;
    [BindProperty(SupportsGet = true)] public GroupKind? Second { get; set; }
    [BindProperty] public IFormFile? Upload { get; set; }

    public string Name { get; private set; } = "";
    public SimulationTable? Table { get; private set; }
    public bool IsSample { get; private set; }
    public Dictionary<AreaCode, string> Areas { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (await Rule(cancel) is not { } rule) return NotFound();
        if (!Fen.TryParseYuan(Line ?? "", out var line) || line.Value is <= 0 or >= Feature.Largest) return this.Refuse(new Refusal("targeting.line", Place.Input(nameof(Line)), Line ?? ""), "");
        var features = await store.Of(db, loader, db.Scope.Area, cancel);
        await Show(rule, Verified.Measured(features, (int)line.Value), cancel);
        return Page();
    }

    /// <summary>Against households that somebody verified.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (await Rule(cancel) is not { } rule) return NotFound();
        if (Upload is null || Upload.Length == 0) return this.Refuse(new Refusal("targeting.no-file", Place.Input(nameof(Upload))), "");
        await using var stream = Upload.OpenReadStream();
        if (!(await SheetReader.Open(stream, Upload.FileName, cancel)).Ok(out var sheet, out var no)) return this.Refuse(no, "");
        var features = await store.Of(db, loader, db.Scope.Area, cancel);
        var (first, last) = (db.Scope.FirstArea, db.Scope.LastArea);
        var codes = await db.Households.Where(h => h.Area >= first && h.Area <= last).Select(h => new { h.Id, h.Code }).ToDictionaryAsync(h => h.Code, h => h.Id, StringComparer.OrdinalIgnoreCase, cancel);
        var rows = Enumerable.Range(0, features.Count).ToDictionary(r => features.Ids[r]);
        var read = Verified.Read(sheet, Upload.FileName, features, code => codes.TryGetValue(code, out var id) && rows.TryGetValue(id, out var row) ? row : null);
        if (!read.Ok(out var verified, out var wrong)) return this.Refuse(wrong, "");
        IsSample = true;
        db.Record(ids, clock, "look", "targeting-simulation", 0);
        await db.SaveChangesAsync(cancel);
        await Show(rule, verified, cancel);
        return Page();
    }

    /// <summary>A group in words.</summary>
    public string Group(GroupKind kind, long code) => code == -1 ? say["register.unknown"] : kind switch
    {
        GroupKind.Sex => say["register.sex." + HouseholdFeature.Of("head-sex").Choices[(int)code]],
        GroupKind.Ethnicity => say["register.ethnicity." + HouseholdFeature.Of("head-ethnicity").Choices[(int)code]],
        GroupKind.Age => (int)code + 1 < Grouping.Ages.Count ? say["targeting.ages", Grouping.Ages[(int)code], Grouping.Ages[(int)code + 1] - 1] : say["targeting.ages-from", Grouping.Ages[(int)code]],
        GroupKind.Disability => say[code == 1 ? "targeting.with-disabled" : "targeting.without-disabled"],
        _ => Areas.GetValueOrDefault(new AreaCode(code), new AreaCode(code).ToString()),
    };

    private async Task<RuleDocument?> Rule(CancellationToken cancel)
    {
        if (await db.TargetingVersions.AsNoTracking().SingleOrDefaultAsync(v => v.Id == Id, cancel) is not { } version || !RuleReader.TryRead(version.Document, out var rule, out _)) return null;
        Name = say.Pick(rule.Name.Zh, rule.Name.En);
        return rule;
    }

    private async Task Show(RuleDocument rule, Verified verified, CancellationToken cancel)
    {
        var simulation = new Simulation(rule.Apply(verified.Features).Answers, verified.Truth, verified.Weights, verified.Design, verified.Clusters);
        Table = SimulationTable.Make(simulation, verified.Features, First, Second == First ? null : Second);
        Areas = await TownshipCount.Names(db, say, verified.Features.Villages.Concat(verified.Features.Villages.Select(v => v.At(AreaLevel.Township))), cancel);
    }
}
