using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Pages;
using Shanhuo.Registry.Contracts;
using Shanhuo.Settlement.Schemes.Trials;

namespace Shanhuo.Settlement.Schemes;

internal sealed class TrialPage(ShanhuoDb db, Say say, TimeProvider clock, TrialOrders past, TrialJobs jobs) : PageModel
{
    /// <summary>How many of the last orders can be chosen.</summary>
    public static IReadOnlyList<int> Choices { get; } = [50, 200, 1_000, 5_000];

    [BindProperty(SupportsGet = true)] public long Id { get; set; }
    [BindProperty(SupportsGet = true)] public int Orders { get; set; } = 200;

    public SchemeRecord Record { get; private set; } = null!;
    public SchemeVersion Version { get; private set; } = null!;
    public int Faults { get; private set; }
    public SchemeVersion? Present { get; private set; }
    public string PresentName { get; private set; } = "";
    public int AllLines { get; private set; }
    public TrialJob? Job { get; private set; }
    public bool IsInvented { get; private set; }
    public Comparison? Result { get; private set; }
    public List<(string Village, Fen Now, Fen Then)> Villages { get; private set; } = [];

    private Scheme? draft, present;
    private TrialScope scope = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!await Load(cancel)) return NotFound();
        if (draft is null || Job is { IsRunning: true }) return Page();
        Result = Job?.Result ?? await Try(draft, cancel);
        Villages = await NameVillages(Result, cancel);
        return Page();
    }

    /// <summary>Begins a trial over all orders beside the requests.</summary>
    public async Task<IActionResult> OnPostAllAsync(CancellationToken cancel)
    {
        if (!await Load(cancel) || draft is null) return NotFound();
        jobs.Begin(db.Scope, Id, draft, present, scope, AllLines);
        return RedirectToPage(new { Id });
    }

    public async Task<IActionResult> OnPostStopAsync(CancellationToken cancel)
    {
        if (!await Load(cancel)) return NotFound();
        Job?.Stop();
        return RedirectToPage(new { Id });
    }

    /// <summary>The roles that either side pays or asks, the growers first, then by what the draft gives.</summary>
    public static IEnumerable<(SchemeRole Role, Fen Now, Fen Then)> Roles(Comparison result) => Schemes.Roles.All
        .Select(role => (Role: role, Now: new Fen(result.Present?.Roles[(int)role] ?? 0), Then: new Fen(result.Draft.Roles[(int)role])))
        .Where(row => row.Now != Fen.Zero || row.Then != Fen.Zero)
        .OrderByDescending(row => row.Role == SchemeRole.Growers).ThenByDescending(row => row.Then);

    public Markup Bars(TrialSide side, Say t) => Charts.Bars([.. Roles(Result!).Select(row => new ChartRow(t["scheme.short-" + row.Role.Name()], new Fen(side.Roles[(int)row.Role])))],
        new ChartHead(t["trial.by-role"], t["trial.growers-share"] + " " + Percent(Result!.GrowersShare(side)), t.Language));

    /// <summary>Parts per million as a percentage with one decimal.</summary>
    public static string Percent(long partsPerMillion) => (partsPerMillion / 10_000m).ToString("0.0", CultureInfo.InvariantCulture) + "%";

    private async Task<Comparison> Try(Scheme scheme, CancellationToken cancel)
    {
        var trial = new SideBySide(scheme, present);
        var (orders, _) = await past.Read(scope, long.MaxValue, TrialOrders.MostLines, cancel);
        foreach (var order in orders.Take(Choices.Contains(Orders) ? Orders : Choices[0])) trial.Add(order, past.Lots);
        if (orders.Count == 0)
        {
            IsInvented = true;
            foreach (var order in InventedOrders.All) trial.Add(order, InventedOrders.Lots);
        }
        return trial.Finish();
    }

    private async Task<bool> Load(CancellationToken cancel)
    {
        if (await db.SchemeVersions.AsNoTracking().SingleOrDefaultAsync(v => v.Id == Id, cancel) is not { } version) return false;
        if (await SchemeAccess.Readable(db).AsNoTracking().SingleOrDefaultAsync(s => s.Id == version.SchemeId, cancel) is not { } record) return false;
        (Record, Version) = (record, version);
        SchemeReader.TryRead(Encoding.UTF8.GetBytes(version.Document), version.AdoptedDay ?? clock.Today, out draft, out var faults);
        Faults = faults.Count;
        // A cooperative's manager tries schemes on the own cooperative's sales only.
        var cooperative = record.CooperativeId ?? (db.Scope.Role == Role.Cooperative ? db.Scope.OrganisationId : null);
        Present = await SchemeInForce.For(db, record.County, cooperative, record.Channel, clock.Today, cancel);
        if (Present?.Id == Id) Present = null; // nothing to compare it with but itself
        if (Present is not null)
        {
            present = SchemeInForce.Read(Present);
            var name = await db.Schemes.AsNoTracking().SingleAsync(s => s.Id == Present.SchemeId, cancel);
            PresentName = say.Pick(name.Name, name.NameEn);
        }
        var code = cooperative is { } id ? await db.OrganisationFacts.Where(o => o.Id == id).Select(o => o.Code).SingleAsync(cancel) : null;
        scope = new TrialScope(record.County, code, record.Channel);
        AllLines = await past.Count(scope, cancel);
        Job = jobs.Find(db.Scope.AccountId, Id);
        return true;
    }

    private async Task<List<(string, Fen, Fen)>> NameVillages(Comparison result, CancellationToken cancel)
    {
        var codes = result.Draft.Villages.Keys.Union(result.Present?.Villages.Keys ?? [], StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var areas = codes.Select(code => AreaCode.TryParse(code, out var area) ? area : AreaCode.Country).ToList();
        var names = await db.AreaFacts.Where(a => areas.Contains(a.Code)).ToDictionaryAsync(a => a.Code, a => say.Pick(a.Name, a.NameEn), cancel);
        return [.. codes.Select((code, i) => (names.GetValueOrDefault(areas[i]) ?? say["trial.invented-village", code], new Fen(result.Present?.Villages.GetValueOrDefault(code) ?? 0), new Fen(result.Draft.Villages.GetValueOrDefault(code))))];
    }
}
