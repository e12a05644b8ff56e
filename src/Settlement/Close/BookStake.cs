using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;
using Shanhuo.Settlement.Ledger;
using Shanhuo.Settlement.Pools;

namespace Shanhuo.Settlement.Close;

/// <summary>A member's contribution, or its taking back (below zero).</summary>
internal sealed record BookStake(Guid RequestId, long OrganisationId, long HouseholdId, StakeKind Kind, DateOnly Day, Fen Amount, string Note);

/// <summary>State aid or a gift, credited to all members of that day in equal parts.</summary>
internal sealed record BookAid(Guid RequestId, long OrganisationId, StakeKind Kind, DateOnly Day, Fen Amount, string Note);

/// <summary>Keeps the member accounts. They say whose the cooperative's means are; no money moves, so nothing is posted.</summary>
internal sealed class MemberAccounts(ShanhuoDb db, Ids ids, TimeProvider clock)
{
    public async Task<Outcome<Done>> Handle(BookStake request, CancellationToken cancel)
    {
        if (await db.OpenCooperative(request.OrganisationId, cancel) is not { } cooperative) return new Refusal("close.no-cooperative");
        var county = cooperative.Area.County;
        await using var change = await db.BeginAlone(county, Turn.Close, cancel);
        if (await db.MemberAccountEntries.AnyAsync(e => e.County == county && e.RequestId == request.RequestId, cancel)) return new Done();
        if (request.Kind is not (StakeKind.Money or StakeKind.LandRight)) return new Refusal("close.stake-kind", Place.Input(nameof(request.Kind)));
        if (Common(request.Day, request.Note) is { } no) return no;
        if (request.Amount == Fen.Zero) return new Refusal("close.amount", Place.Input(nameof(request.Amount)));
        if (await db.ClosedUntil(county, cooperative.Id, cancel) is { } closed && request.Day <= closed) return Closed(request.Day, closed);
        if (!await db.MembersOf(cooperative.Id).AnyAsync(m => m.HouseholdId == request.HouseholdId, cancel)) return new Refusal("close.no-member", Place.Input("Household"));
        var held = await db.MemberAccountEntries.Where(e => e.County == county && e.OrganisationId == cooperative.Id && e.HouseholdId == request.HouseholdId && e.Kind == request.Kind).SumAsync(e => (long)e.Amount, cancel);
        if (held + request.Amount.Value < 0) return new Refusal("close.stake-below", Place.Input(nameof(request.Amount)), new Fen(held).ToDisplay());
        db.MemberAccountEntries.Add(Entry(cooperative, request.HouseholdId, request.RequestId, request.Kind, request.Day, request.Amount, request.Note));
        await db.SaveChangesAsync(cancel);
        await change.CommitAsync(cancel);
        return new Done();
    }

    public async Task<Outcome<Done>> Handle(BookAid request, CancellationToken cancel)
    {
        if (await db.OpenCooperative(request.OrganisationId, cancel) is not { } cooperative) return new Refusal("close.no-cooperative");
        var county = cooperative.Area.County;
        await using var change = await db.BeginAlone(county, Turn.Close, cancel);
        if (await db.MemberAccountEntries.AnyAsync(e => e.County == county && e.RequestId == request.RequestId, cancel)) return new Done();
        if (request.Kind is not (StakeKind.StateAid or StakeKind.Gift)) return new Refusal("close.stake-kind", Place.Input(nameof(request.Kind)));
        if (Common(request.Day, request.Note) is { } no) return no;
        if (request.Amount <= Fen.Zero) return new Refusal("close.amount", Place.Input(nameof(request.Amount)));
        if (await db.ClosedUntil(county, cooperative.Id, cancel) is { } closed && request.Day <= closed) return Closed(request.Day, closed);
        var members = await db.MembersOf(cooperative.Id).Where(m => m.Since <= request.Day && (m.Until == null || m.Until >= request.Day)).Select(m => new { m.HouseholdId, m.Code }).Distinct().ToListAsync(cancel);
        if (members.Count == 0) return new Refusal("close.no-members", Place.Input(nameof(request.Day)));
        members.Sort((a, b) => Ordinal.Compare(a.Code, b.Code));
        var parts = Webster.Apportion(request.Amount, Enumerable.Repeat(1L, members.Count).ToArray());
        db.MemberAccountEntries.AddRange(members.Select((m, i) => Entry(cooperative, m.HouseholdId, request.RequestId, request.Kind, request.Day, parts[i], request.Note)));
        await db.SaveChangesAsync(cancel);
        await change.CommitAsync(cancel);
        return new Done();
    }

    private MemberAccountEntry Entry(OrganisationFact cooperative, long household, Guid request, StakeKind kind, DateOnly day, Fen amount, string note) =>
        new() { County = cooperative.Area.County, Id = ids.Next(), OrganisationId = cooperative.Id, HouseholdId = household, RequestId = request, Kind = kind, Day = day, Amount = amount, Note = note.Trim(), ByAccountId = db.Scope.AccountId, AtMs = clock.NowMs };

    private Refusal? Common(DateOnly day, string note) =>
        day > clock.Today ? new Refusal("close.day-to-come", Place.Input("Day"), day.ToString("o", CultureInfo.InvariantCulture))
        : string.IsNullOrWhiteSpace(note) ? new Refusal("close.stake-note", Place.Input("Note")) : null;

    private static Refusal Closed(DateOnly day, DateOnly closed) => new("close.period-closed", Place.Input("Day"), day.ToString("o", CultureInfo.InvariantCulture), closed.ToString("o", CultureInfo.InvariantCulture));
}
