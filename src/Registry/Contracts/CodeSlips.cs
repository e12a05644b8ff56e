using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Households;

namespace Shanhuo.Registry.Contracts;

/// <summary>How a household comes to its own code: from its own sign-in, or with a one-time slip from township or county. Nobody else ever sets, sees or replaces it.</summary>
public sealed class CodeSlips(ShanhuoDb db, Ids ids, TimeProvider clock, ApprovalCodeBrake brake)
{
    private const long ValidMs = 7L * 24 * 3600 * 1000;

    /// <summary>Sets the code from the household's own sign-in.</summary>
    /// <param name="code">Four to six digits, full-width ones taken too.</param>
    /// <param name="again">The same once more.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task<Outcome<Done>> SetOwn(string? code, string? again, CancellationToken cancel)
    {
        if (db.Scope.HouseholdId is not { } own) return new Refusal("registry.code-not-yours");
        var household = await db.Households.SingleOrDefaultAsync(h => h.Id == own, cancel);
        if (household is null) return new Refusal("registry.code-not-yours");
        if (Wrong(code, again) is { } no) return no;
        household.ApprovalCodeHash = ApprovalCodes.Hash(Numerals.Narrow(code!));
        await db.SaveChangesAsync(cancel);
        return new Done();
    }

    /// <summary>Issues a slip for a household in the asker's area; an older one that was not used dies.</summary>
    /// <returns>The eight digits on it, shown this once.</returns>
    public async Task<Outcome<string>> Issue(long householdId, CancellationToken cancel)
    {
        if (db.Scope.Area.Level > AreaLevel.Township || db.Scope.HouseholdId is not null) return new Refusal("registry.slip-village");
        if (!await db.Households.AnyAsync(h => h.Id == householdId, cancel)) return new Refusal("registry.slip-household", Place.Input("Household"));
        var now = clock.NowMs;
        foreach (var older in await db.CodeSlips.Where(s => s.HouseholdId == householdId && s.UsedMs == null && s.ExpiresMs > now).ToListAsync(cancel)) db.CodeSlips.Remove(older);
        var number = RandomNumberGenerator.GetInt32(100_000_000).ToString("00000000", CultureInfo.InvariantCulture);
        db.CodeSlips.Add(new CodeSlip { Id = ids.Next(), HouseholdId = householdId, NumberHash = ApprovalCodes.Hash(number), IssuedByAccountId = db.Scope.AccountId, IssuedMs = now, ExpiresMs = now + ValidMs });
        db.RecordLook(ids, clock, householdId, "code-slip");
        await db.SaveChangesAsync(cancel);
        return number;
    }

    /// <summary>The household sets its code with the slip, on any device, signed in or not. Five tries in a quarter of an hour.</summary>
    public async Task<Outcome<Done>> Use(string? householdCode, string? number, string? code, string? again, CancellationToken cancel)
    {
        const string why = "whoever holds the slip and knows the number of the household is the household; nothing of it is shown";
        var asked = Numerals.Narrow(householdCode ?? "");
        var household = await db.Unfiltered<Household>(why).SingleOrDefaultAsync(h => h.Code == asked, cancel);
        if (household is null) return new Refusal("registry.slip-wrong", Place.Input("Number"));
        if (!brake.May(household.Id)) return new Refusal("registry.code-too-often", Place.Input("Number"));
        var now = clock.NowMs;
        var slip = await db.Unfiltered<CodeSlip>(why).SingleOrDefaultAsync(s => s.HouseholdId == household.Id && s.UsedMs == null && s.ExpiresMs > now, cancel);
        if (slip is null || !ApprovalCodes.Matches(Numerals.Narrow(number ?? ""), slip.NumberHash)) return new Refusal("registry.slip-wrong", Place.Input("Number"));
        if (Wrong(code, again) is { } no) return no;
        slip.UsedMs = now;
        household.ApprovalCodeHash = ApprovalCodes.Hash(Numerals.Narrow(code!));
        await db.SaveChangesAsync(cancel);
        brake.Forgive(household.Id);
        return new Done();
    }

    /// <summary>Did this account issue the slip with which the household last set its code? Then it may not take that code in a matter of its own.</summary>
    public async Task<bool> WasIssuedBy(long householdId, long accountId, CancellationToken cancel) =>
        await db.CodeSlips.Where(s => s.HouseholdId == householdId && s.UsedMs != null).OrderByDescending(s => s.UsedMs).Select(s => s.IssuedByAccountId).FirstOrDefaultAsync(cancel) is var issuer && issuer != 0 && issuer == accountId;

    private static Refusal? Wrong(string? code, string? again)
    {
        var digits = Numerals.Narrow(code ?? "");
        if (digits.Length is < 4 or > 6 || !digits.All(char.IsAsciiDigit)) return new Refusal("registry.code-digits", Place.Input("Code"));
        if (digits.Distinct().Count() == 1 || "0123456789".Contains(digits, StringComparison.Ordinal) || "9876543210".Contains(digits, StringComparison.Ordinal)) return new Refusal("registry.code-simple", Place.Input("Code"));
        return digits == Numerals.Narrow(again ?? "") ? null : new Refusal("registry.code-again", Place.Input("Again"));
    }
}
