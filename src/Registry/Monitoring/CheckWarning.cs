using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;
using Shanhuo.Registry.Procedure;

namespace Shanhuo.Registry.Monitoring;

/// <summary>A cadre reports what struck a household.</summary>
internal sealed record ReportEvent(Guid RequestId, string? HouseholdCode, string? Kind, DateOnly? Month, string? Cost);

internal sealed class ReportEventHandler(ShanhuoDb db, Ids ids, TimeProvider clock)
{
    public async Task<Outcome<Done>> Handle(ReportEvent request, CancellationToken cancel)
    {
        if (await db.HouseholdEvents.AnyAsync(e => e.RequestId == request.RequestId, cancel)) return new Done();
        var code = Numerals.Narrow(request.HouseholdCode ?? "").Trim().ToUpperInvariant();
        if (await db.Households.Where(h => h.Code == code && h.Until == null).Select(h => new { h.Id, h.Area }).SingleOrDefaultAsync(cancel) is not { } home) return new Refusal("procedure.no-household", Place.Input("Household"));
        if (request.Kind is not { } kind || !HouseholdEvent.Kinds.Contains(kind)) return new Refusal("monitoring.event-kind", Place.Input("Kind"));
        var today = clock.Today;
        if (request.Month is not { } at || at > today || at < today.AddYears(-3)) return new Refusal("monitoring.event-month", Place.Input("Month"));
        if (!Fen.TryParseYuan(request.Cost, out var cost) || cost <= Fen.Zero || cost > new Fen(1_000_000_000)) return new Refusal("monitoring.event-cost", Place.Input("Cost"), request.Cost ?? "");
        db.HouseholdEvents.Add(new HouseholdEvent { Id = ids.Next(), RequestId = request.RequestId, HouseholdId = home.Id, Area = home.Area, Kind = kind, Month = new DateOnly(at.Year, at.Month, 1), Cost = cost, ByAccountId = db.Scope.AccountId, AtMs = clock.NowMs });
        db.Record(ids, clock, "change", "event", home.Id, fields: "kind,month,cost");
        return await CaseSaved.Save(db, cancel);
    }
}

/// <summary>The finding of the check on the spot.</summary>
/// <param name="Category">Of a household that needs support: the kind of monitored household that its case is opened for.</param>
internal sealed record CheckWarning(Guid RequestId, long WarningId, Finding Finding, string? Text, string? Category);

internal sealed class CheckWarningHandler(ShanhuoDb db, Ids ids, TimeProvider clock, OpenCaseHandler open)
{
    public async Task<Outcome<long?>> Handle(CheckWarning request, CancellationToken cancel)
    {
        if (await db.Warnings.SingleOrDefaultAsync(w => w.Id == request.WarningId, cancel) is not { } warning) return new Refusal("procedure.gone");
        if (warning.Finding != Finding.None) return warning.Finding == request.Finding ? warning.CaseId : new Refusal("monitoring.checked");
        var text = request.Text?.Trim() ?? "";
        if (text.Length is < 10 or > 1000) return new Refusal("monitoring.finding-text", Place.Input("Text"));
        if (request.Finding is not (Finding.FalseAlarm or Finding.SupportNeeded)) return new Refusal("monitoring.finding", Place.Input("Finding"));
        (warning.Finding, warning.FindingText, warning.CheckedDay, warning.CheckedBy, warning.Revision) = (request.Finding, text, clock.Today, db.Scope.AccountId, warning.Revision + 1);
        if (request.Finding == Finding.SupportNeeded)
        {
            // The finding and the case that follows from it are one change.
            if (!(await open.Add(new OpenCase(request.RequestId, "monitor", warning.HouseholdId, null, request.Category, new Evidence { Text = text }, warning.Id), cancel)).Ok(out var opened, out var no))
            {
                db.ChangeTracker.Clear();
                return no;
            }
            warning.CaseId = opened.Id;
        }
        db.Record(ids, clock, "decision", "warning", warning.HouseholdId, fields: warning.Trigger);
        return (await CaseSaved.Save(db, cancel)).Ok(out _, out var raced) ? warning.CaseId : raced;
    }
}

/// <summary>A warning in one plain sentence.</summary>
internal static class WarningWords
{
    public static string Sentence(Say say, Warning w) => w.PerHead is { } head
        ? say["monitoring.why." + w.Trigger, w.Percent, Yuan(w.Amount)] + (say.Language == Language.En ? " " : "") + say[w.InMonths == 0 ? "monitoring.below-now" : "monitoring.below-soon", Yuan(head), Yuan(w.Line), w.InMonths]
        : say["monitoring.alone." + w.Trigger, w.Percent, Yuan(w.Amount)];

    private static string Yuan(Fen amount) => (amount.Value / 100).ToString("#,##0", System.Globalization.CultureInfo.InvariantCulture);
}
