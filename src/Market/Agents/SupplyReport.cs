using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;
using Shanhuo.Market.Intakes;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Agents;

/// <summary>A household says that what was brought is fake or bad, by voice or photo; the county answers by a day.</summary>
internal sealed class SupplyReport : IInCounty, IInArea, IOfHousehold
{
    public required AreaCode County { get; init; }
    public required long Id { get; init; }
    public required Guid RequestId { get; init; }

    /// <summary>Village of the household.</summary>
    public required AreaCode Area { get; init; }
    public required long HouseholdId { get; init; }
    public required long StationId { get; init; }

    /// <summary>Slip of what was brought.</summary>
    public required long SlipId { get; init; }

    /// <summary>Voice clip or photo.</summary>
    public required long EvidenceId { get; init; }
    public required DateOnly Day { get; init; }

    /// <summary>Last day for the answer.</summary>
    public required DateOnly DueDay { get; init; }

    /// <summary><c>fake</c>, <c>genuine</c> or <c>unclear</c>; null: not answered.</summary>
    public string? Finding { get; set; }

    /// <summary>What the household has got back.</summary>
    public Fen Refund { get; set; }

    /// <summary>For the household, in plain words.</summary>
    public string Note { get; set; } = "";
    public DateOnly? ClosedDay { get; set; }
    public long? ClosedByAccountId { get; set; }
}

internal sealed class SupplyReportTable : IEntityTypeConfiguration<SupplyReport>
{
    public void Configure(EntityTypeBuilder<SupplyReport> table)
    {
        table.ToTable("market_supply_reports");
        table.HasKey(r => new { r.County, r.Id });
        table.HasIndex(r => new { r.County, r.RequestId }).IsUnique();
        table.HasIndex(r => new { r.County, r.ClosedDay, r.DueDay });
        table.HasIndex(r => new { r.County, r.HouseholdId });
    }
}

/// <summary>The county's answer.</summary>
/// <param name="ReportId">The report.</param>
/// <param name="Finding">One of <see cref="ReportHandler.Findings"/>.</param>
/// <param name="Refund">What the household has got back; at most what it paid.</param>
/// <param name="Note">2 to 200 characters, read out to the household.</param>
/// <param name="Step">Against the supplier: <c>none</c>, <c>warn</c>, <c>bar</c> (a second person decides).</param>
internal sealed record CloseReport(long ReportId, string? Finding, Fen Refund, string? Note, string? Step);

/// <summary>Takes reports in and answers them.</summary>
internal sealed class ReportHandler(ShanhuoDb db, Ids ids, TimeProvider clock, SupplierDesk suppliers)
{
    public static IReadOnlyList<string> Findings { get; } = ["fake", "genuine", "unclear"];

    /// <summary>The household, or its station for it, reports what was handed over.</summary>
    public async Task<Outcome<SupplyReport>> File(Guid requestId, long slipId, Upload proof, CancellationToken cancel)
    {
        var slip = await db.SlipsForMe.AsNoTracking().SingleOrDefaultAsync(s => s.Id == slipId && s.Task == "bring" && s.State == SlipState.Done, cancel);
        if (slip is null) return new Refusal("agents.slip-unknown");
        if (await Filed(slip.County, requestId, cancel) is { } filed) return filed;
        var evidence = new Evidence { Id = ids.Next(), County = slip.County, ContentType = proof.ContentType, Content = proof.Content, AtMs = clock.NowMs };
        var report = new SupplyReport
        {
            County = slip.County, Id = ids.Next(), RequestId = requestId, Area = slip.Area, HouseholdId = slip.HouseholdId, StationId = slip.StationId, SlipId = slip.Id, EvidenceId = evidence.Id,
            Day = clock.Today, DueDay = clock.Today.AddDays(SupplyRules.Shipped.ReportDays),
        };
        db.Evidences.Add(evidence);
        db.SupplyReports.Add(report);
        try { await db.SaveChangesAsync(cancel); }
        catch (DbUpdateException)
        {
            db.ChangeTracker.Clear();
            if (await Filed(slip.County, requestId, cancel) is { } first) return first;
            throw;
        }
        return report;
    }

    /// <summary>Answers a report once; what follows for the supplier is in the same change.</summary>
    public async Task<Refusal?> Close(CloseReport answer, CancellationToken cancel)
    {
        var (county, note, today, account) = (db.Scope.County, (answer.Note ?? "").Trim(), clock.Today, db.Scope.AccountId);
        if (!Findings.Contains(answer.Finding)) return new Refusal("agents.finding", Place.Input("Finding"));
        if (note.Length is < 2 or > 200) return new Refusal("agents.note", Place.Input("Note"));
        var report = await db.SupplyReports.AsNoTracking().SingleOrDefaultAsync(r => r.County == county && r.Id == answer.ReportId, cancel);
        if (report is null) return new Refusal("agents.slip-unknown");
        var slip = await db.AgentSlips.AsNoTracking().SingleAsync(s => s.County == county && s.Id == report.SlipId, cancel);
        if (answer.Refund < Fen.Zero || answer.Refund > slip.Amount) return new Refusal("agents.refund", Place.Input("Refund"), slip.Amount);
        await using var change = await db.Database.BeginTransactionAsync(cancel);
        if (await db.SupplyReports.Where(r => r.County == county && r.Id == report.Id && r.ClosedDay == null)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.Finding, answer.Finding).SetProperty(r => r.Refund, answer.Refund).SetProperty(r => r.Note, note).SetProperty(r => r.ClosedDay, today).SetProperty(r => r.ClosedByAccountId, account), cancel) == 0)
            return new Refusal("agents.report-closed-already");
        var supplier = await db.Supplies.Where(s => s.County == county && s.SlipId == slip.Id).Select(s => s.SupplierId).SingleAsync(cancel);
        var state = await db.Suppliers.Where(s => s.County == county && s.Id == supplier).Select(s => s.State).SingleAsync(cancel);
        // One that is barred or about to be is past warning.
        if (state < SupplierState.BarAsked && (answer.Step switch { "warn" => await suppliers.Warn(supplier, note, cancel), "bar" => await suppliers.AskBar(supplier, note, cancel), _ => null }) is { } no) return no;
        db.Record(ids, clock, "decision", "supply-report", report.HouseholdId);
        await db.SaveChangesAsync(cancel);
        await change.CommitAsync(cancel);
        return null;
    }

    private Task<SupplyReport?> Filed(AreaCode county, Guid request, CancellationToken cancel) => db.SupplyReports.SingleOrDefaultAsync(r => r.County == county && r.RequestId == request, cancel);
}
