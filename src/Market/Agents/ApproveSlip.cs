using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Buying;
using Shanhuo.Market.Intakes;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Agents;

/// <summary>The household says yes to the finished amount: by its own code, or by the signed paper in <paramref name="Proof"/>.</summary>
internal sealed record ApproveSlip(long SlipId, string? Code, Upload? Proof);

/// <summary>Approves a slip, then places its order through the one queue. What was approved and could not be placed is said, and nothing is owed; sent again it is the same order.</summary>
internal sealed class ApproveSlipHandler(ShanhuoDb db, Ids ids, TimeProvider clock, OwnCodeCheck codes, SupplierDesk suppliers, CheckoutQueue queue, Secrets secrets)
{
    public async Task<Outcome<AgentSlip>> Handle(ApproveSlip request, CancellationToken cancel)
    {
        if (await Read(request.SlipId, cancel) is not { } slip) return new Refusal("agents.slip-unknown");
        if (slip.State == SlipState.Cancelled) return new Refusal("agents.slip-cancelled");
        if (slip.State == SlipState.Open)
        {
            if (await Barred(slip, cancel) is { } barred) return new Refusal("agents.supplier-barred", Place.None, barred.Name, barred.Reason);
            if (request.Proof is null && await codes.Check(slip, request.Code, cancel) is { } no) return no;
            await Approve(slip, request.Proof, cancel);
            slip = (await Read(slip.Id, cancel))!;
            if (slip.State == SlipState.Cancelled) return new Refusal("agents.slip-cancelled");
        }
        return slip is { State: SlipState.Approved, Task: "order" } ? await PlaceOrder(slip, cancel) : slip;
    }

    /// <summary>Takes a slip back that nobody approved.</summary>
    public async Task<Refusal?> Cancel(long slipId, CancellationToken cancel)
    {
        await db.SlipsForMe.Where(s => s.Id == slipId && s.State == SlipState.Open).ExecuteUpdateAsync(set => set.SetProperty(s => s.State, SlipState.Cancelled), cancel);
        return await Read(slipId, cancel) switch { null => new Refusal("agents.slip-unknown"), { State: SlipState.Cancelled } => null, _ => new Refusal("agents.slip-approved") };
    }

    private async Task Approve(AgentSlip slip, Upload? proof, CancellationToken cancel)
    {
        await using var change = await db.Database.BeginTransactionAsync(cancel);
        var evidence = proof is null ? null : new Evidence { Id = ids.Next(), County = slip.County, ContentType = proof.ContentType, Content = proof.Content, AtMs = clock.NowMs };
        var (kind, now, evidenceId, next) = (proof is null ? ApprovalKind.OwnCode : ApprovalKind.SignedSlip, clock.NowMs, evidence?.Id, slip.Task == "order" ? SlipState.Approved : SlipState.Done);
        if (await db.SlipsForMe.Where(s => s.Id == slip.Id && s.State == SlipState.Open)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.State, next).SetProperty(s => s.Approval, kind).SetProperty(s => s.ApprovedMs, now).SetProperty(s => s.EvidenceId, evidenceId), cancel) == 0) return;
        if (evidence is not null) db.Evidences.Add(evidence);
        if (next == SlipState.Done) db.AgentTasks.Add(await Earned(slip, slip.Id, cancel));
        await db.SaveChangesAsync(cancel);
        await change.CommitAsync(cancel);
    }

    private async Task<Outcome<AgentSlip>> PlaceOrder(AgentSlip slip, CancellationToken cancel)
    {
        var wishes = await db.AgentSlipLines.Where(l => l.County == slip.County && l.SlipId == slip.Id).OrderBy(l => l.Number).Select(l => new Wish(l.OfferId, l.Units)).ToListAsync(cancel);
        var name = await db.HouseholdFacts.Where(h => h.Id == slip.HouseholdId).Select(h => h.HeadName).SingleAsync(cancel);
        var phone = slip.PhoneHidden is null ? "" : secrets.Reveal(slip.PhoneHidden, DraftOrderHandler.Binding(slip.RequestId));
        var order = new WebOrder(slip.RequestId, slip.County, "agent", wishes, new Recipient(name, phone, "", "", slip.StationId), "cash", slip.Amount, StationId: slip.StationId, AgentFee: slip.Fee);
        var answer = await queue.Place(order, cancel);
        if (answer.Refused is { Code: "market.busy" } busy) return busy;
        await using var change = await db.Database.BeginTransactionAsync(cancel);
        long? orderId = answer.Ok(out var placed, out var no) ? placed.OrderId : null;
        var (state, code) = (orderId is null ? SlipState.Failed : SlipState.Done, no?.Code);
        if (await db.SlipsForMe.Where(s => s.Id == slip.Id && s.State == SlipState.Approved).ExecuteUpdateAsync(set => set.SetProperty(s => s.State, state).SetProperty(s => s.OrderId, orderId).SetProperty(s => s.Refused, code), cancel) == 1)
        {
            if (orderId is { } id) db.AgentTasks.Add(await Earned(slip, id, cancel));
            await db.SaveChangesAsync(cancel);
            await change.CommitAsync(cancel);
        }
        else await change.RollbackAsync(cancel);
        return (await Read(slip.Id, cancel))!;
    }

    private async Task<AgentTask> Earned(AgentSlip slip, long causeId, CancellationToken cancel) => new()
    {
        County = slip.County, Id = ids.Next(), Area = await db.OrganisationFacts.Where(o => o.Id == slip.StationId).Select(o => o.Area).SingleAsync(cancel), StationId = slip.StationId, Task = slip.Task, CauseId = causeId, Amount = slip.Goods, Fee = slip.Fee, Day = clock.Today,
    };

    // Somebody may have been barred since the slip was written.
    private async Task<Supplier?> Barred(AgentSlip slip, CancellationToken cancel)
    {
        if (slip.Task != "bring") return null;
        var supplier = await (from supply in db.Supplies join known in db.Suppliers on new { supply.County, Id = supply.SupplierId } equals new { known.County, known.Id } where supply.County == slip.County && supply.SlipId == slip.Id select known).AsNoTracking().SingleAsync(cancel);
        return await suppliers.Barred(slip.County, supplier.NameKey, supplier.Licence, supplier.Phone, cancel);
    }

    private Task<AgentSlip?> Read(long id, CancellationToken cancel) => db.SlipsForMe.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, cancel);
}
