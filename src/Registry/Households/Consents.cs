using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Registry.Households;

/// <summary>Takes a household's consent and takes it back. The household gives it with its own code, on its own device or the cadre's; or on paper, which a cadre records. It is taken back as easily as it was given (PIPL article 15), without a code.</summary>
internal sealed class ConsentBook(ShanhuoDb db, Ids ids, TimeProvider clock, ApprovalCodes codes)
{
    /// <summary>What may be consented to; the words that are read out are texts <c>register.consent-words.PURPOSE</c>.</summary>
    public static IReadOnlyList<string> Purposes { get; } = ["register", "name-on-trace", "photo-on-trace", "health-data", "hand-over"];

    /// <summary>Version of the words; a new one is a new consent.</summary>
    public const string Wording = "2026-1";

    /// <summary>Records a consent; one that stands already is returned as it is.</summary>
    /// <param name="householdId">Whose.</param>
    /// <param name="purpose">One of <see cref="Purposes"/>.</param>
    /// <param name="code">The household's own code; null: on paper.</param>
    /// <param name="paper">Where the signed paper lies; needed without a code.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task<Outcome<Consent>> Give(long householdId, string purpose, string? code, string? paper, CancellationToken cancel)
    {
        if (await Own(householdId, cancel) is not { } home) return new Refusal("change.no-household");
        if (!Purposes.Contains(purpose)) return new Refusal("register.consent-purpose");
        var byCode = !string.IsNullOrWhiteSpace(code);
        if (!byCode && (db.Scope.HouseholdId is not null || db.Scope.Role != Role.VillageCadre)) return new Refusal("register.consent-code", Place.Input("Code"));
        if (!byCode && (paper ?? "").Trim().Length < 4) return new Refusal("register.consent-paper", Place.Input("Paper"));
        if (await Standing(householdId, purpose).SingleOrDefaultAsync(cancel) is { } standing) return standing;
        if (byCode && (await codes.Check(householdId, code, cancel)).Refused is { } wrong) return wrong;
        var consent = new Consent { Id = ids.Next(), HouseholdId = householdId, Purpose = purpose, Wording = Wording, Given = byCode ? "own-code" : "paper", ByAccountId = db.Scope.AccountId, Since = clock.Today };
        db.Consents.Add(consent);
        if (purpose == "name-on-trace") home.NameConsentSince = clock.Today;
        db.Record(ids, clock, "change", "consent", householdId, fields: purpose, reason: byCode ? null : paper!.Trim());
        try { await db.SaveChangesAsync(cancel); }
        catch (DbUpdateException)
        {
            // Tapped twice: one consent.
            db.ChangeTracker.Clear();
            if (await Standing(householdId, purpose).SingleOrDefaultAsync(cancel) is { } first) return first;
            throw;
        }
        return consent;
    }

    /// <summary>Takes a consent back, from today on.</summary>
    public async Task<Outcome<Done>> TakeBack(long householdId, string purpose, CancellationToken cancel)
    {
        if (await Own(householdId, cancel) is not { } home) return new Refusal("change.no-household");
        if (await Standing(householdId, purpose).SingleOrDefaultAsync(cancel) is not { } standing) return default(Done);
        standing.Until = clock.Today;
        if (purpose == "name-on-trace") home.NameConsentSince = null;
        db.Record(ids, clock, "change", "consent-back", householdId, fields: purpose);
        await db.SaveChangesAsync(cancel);
        return default(Done);
    }

    private Task<Household?> Own(long id, CancellationToken cancel) => db.Households.SingleOrDefaultAsync(h => h.Id == id && h.Until == null && (db.Scope.HouseholdId == null || db.Scope.HouseholdId == h.Id), cancel);

    private IQueryable<Consent> Standing(long householdId, string purpose) => db.Consents.Where(c => c.HouseholdId == householdId && c.MemberId == null && c.Purpose == purpose && c.Until == null);
}
