using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Agreements;

/// <summary>Ends an agreement before its term.</summary>
internal sealed record EndAgreement(long AgreementId, string? Reason);

internal sealed class EndAgreementHandler(ShanhuoDb db, TimeProvider clock)
{
    public async Task<Outcome<Agreement>> Handle(EndAgreement request, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(request.Reason) || request.Reason.Length > 200) return new Refusal("market.agreement-end-reason", Place.Input("Reason"));
        var agreement = await db.MyAgreements.SingleOrDefaultAsync(a => a.Id == request.AgreementId, cancel);
        if (agreement is null) return new Refusal("market.agreement-unknown");
        if (agreement.EndedDay is not null) return agreement;
        (agreement.EndedDay, agreement.EndedReason) = (clock.Today, request.Reason.Trim());
        await db.SaveChangesAsync(cancel);
        return agreement;
    }
}
