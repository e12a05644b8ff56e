using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;
using Shanhuo.Settlement.Ledger;

namespace Shanhuo.Settlement.Payouts;

/// <summary>Enters a household's bank account.</summary>
/// <param name="MemberId">Whose account: a member of the household; null: the head's.</param>
internal sealed record ProposePayee(Guid RequestId, long HouseholdId, long? MemberId, string? Consent, string Bank, string Account);

/// <summary>The second person's decision.</summary>
internal sealed record DecidePayee(long PayeeId, bool Approve);

/// <summary>Shows a number in full, on record.</summary>
internal sealed record RevealAccount(long PayeeId, string Reason);

/// <summary>Keeps households' bank accounts: hidden, changed by two people, used after a day.</summary>
internal sealed class Payees(ShanhuoDb db, Ids ids, TimeProvider clock, Secrets secrets)
{
    /// <summary>How long an approved account waits.</summary>
    public const long WaitMs = 24 * 3_600_000L;

    public async Task<Outcome<Payee>> Handle(ProposePayee request, CancellationToken cancel)
    {
        if (await db.HouseholdFacts.SingleOrDefaultAsync(h => h.Id == request.HouseholdId, cancel) is not { } household) return new Refusal("payouts.no-household");
        var county = household.Area.County;
        if (await db.Payees.SingleOrDefaultAsync(p => p.County == county && p.RequestId == request.RequestId, cancel) is { } proposed) return proposed;
        var number = new string([.. Numerals.Narrow(request.Account).Where(c => c is not (' ' or '-'))]);
        if (number.Length is < 8 or > 30 || !number.All(char.IsAsciiDigit)) return new Refusal("payouts.account", Place.Input(nameof(request.Account)));
        if (number.Length is >= 16 and <= 19 && number[0] == '6' && !PassesLuhn(number)) return new Refusal("payouts.account-digit", Place.Input(nameof(request.Account)));
        if (string.IsNullOrWhiteSpace(request.Bank)) return new Refusal("payouts.bank", Place.Input(nameof(request.Bank)));
        var (holder, relation) = (household.HeadName, "head");
        if (request.MemberId is { } memberId)
        {
            if (await db.MemberFacts.SingleOrDefaultAsync(m => m.Id == memberId && m.HouseholdId == household.Id && m.Until == null, cancel) is not { } member) return new Refusal("payouts.holder", Place.Input("Member"));
            (holder, relation) = (member.Name, member.Relation);
        }
        if (relation != "head" && string.IsNullOrWhiteSpace(request.Consent)) return new Refusal("payouts.consent", Place.Input(nameof(request.Consent)), holder);
        var id = ids.Next();
        var payee = new Payee
        {
            County = county, Id = id, HouseholdId = household.Id, RequestId = request.RequestId, Holder = holder, Relation = relation, Consent = relation == "head" ? null : request.Consent!.Trim(), Bank = request.Bank.Trim(),
            AccountHidden = secrets.Hide(number, Payee.Binding(id)), AccountMask = Secrets.Mask(number), ByAccountId = db.Scope.AccountId, AtMs = clock.NowMs,
        };
        db.Payees.Add(payee);
        await db.SaveChangesAsync(cancel);
        return payee;
    }

    public async Task<Outcome<Payee>> Handle(DecidePayee request, CancellationToken cancel)
    {
        if (await db.Payees.AsNoTracking().SingleOrDefaultAsync(p => p.Id == request.PayeeId, cancel) is not { } seen) return new Refusal("payouts.no-payee");
        await using var change = await db.BeginAlone(seen.County, Turn.Payouts, cancel);
        var payee = await db.Payees.SingleAsync(p => p.County == seen.County && p.Id == seen.Id, cancel);
        if (payee.State != PayeeState.Proposed) return payee.State == PayeeState.Approved == request.Approve ? payee : new Refusal("payouts.payee-decided");
        if (request.Approve && payee.ByAccountId == db.Scope.AccountId) return new Refusal("payouts.same-person");
        (payee.State, payee.DecidedByAccountId, payee.DecidedMs) = (request.Approve ? PayeeState.Approved : PayeeState.Refused, db.Scope.AccountId, clock.NowMs);
        if (request.Approve) payee.UsableFromMs = clock.NowMs + WaitMs;
        await db.SaveChangesAsync(cancel);
        await change.CommitAsync(cancel);
        return payee;
    }

    public async Task<Outcome<string>> Handle(RevealAccount request, CancellationToken cancel)
    {
        if (await db.Payees.SingleOrDefaultAsync(p => p.Id == request.PayeeId, cancel) is not { } payee) return new Refusal("payouts.no-payee");
        if (string.IsNullOrWhiteSpace(request.Reason)) return new Refusal("payouts.reason", Place.Input(nameof(request.Reason)));
        // On record before it is seen.
        db.RecordLook(ids, clock, payee.HouseholdId, "bank-account", request.Reason.Trim());
        await db.SaveChangesAsync(cancel);
        return secrets.Reveal(payee.AccountHidden, Payee.Binding(payee.Id));
    }

    /// <summary>The check digit of bank cards (ISO/IEC 7812-1, annex B): catches one wrong digit and most swaps.</summary>
    internal static bool PassesLuhn(string digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var d = digits[^(i + 1)] - '0';
            if (i % 2 == 1) d = d * 2 > 9 ? d * 2 - 9 : d * 2;
            sum += d;
        }
        return sum % 10 == 0;
    }
}
