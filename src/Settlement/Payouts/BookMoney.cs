using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Settlement.Ledger;

namespace Shanhuo.Settlement.Payouts;

/// <summary>Books a buyer's money that arrived (<paramref name="From"/> empty), or a transfer between two of our accounts.</summary>
/// <param name="From">Mirror account <c>role/owner</c>, or empty.</param>
/// <param name="To">Mirror account <c>role/owner</c>.</param>
internal sealed record BookMoney(Guid RequestId, AreaCode County, string From, string To, Fen Amount, DateOnly Day, string Note);

/// <summary>Takes down what a statement says.</summary>
/// <param name="Account">Mirror account <c>role/owner</c>.</param>
internal sealed record EnterStatement(Guid RequestId, AreaCode County, string Account, DateOnly Day, Fen Balance, IReadOnlyList<(Fen Amount, string Note)> Lines);

/// <summary>Keeps the accounts that mirror bank, payment institution and cash boxes.</summary>
internal sealed class MirrorBook(ShanhuoDb db, Ids ids, TimeProvider clock)
{
    public async Task<Outcome<MoneyMove>> Handle(BookMoney request, CancellationToken cancel)
    {
        if (!db.Scope.Area.Contains(request.County)) return new Refusal("payouts.no-county");
        var (from, to) = (("buyer", ""), ("", ""));
        if (request.From.Length > 0 && !TryMirror(request.From, out from)) return new Refusal("payouts.mirror", Place.Input(nameof(request.From)), request.From);
        if (!TryMirror(request.To, out to)) return new Refusal("payouts.mirror", Place.Input(nameof(request.To)), request.To);
        if (from == to) return new Refusal("payouts.mirror-same", Place.Input(nameof(request.To)));
        if (request.Amount <= Fen.Zero) return new Refusal("payouts.amount", Place.Input(nameof(request.Amount)));
        if (request.Day > clock.Today) return new Refusal("payouts.day-to-come", Place.Input(nameof(request.Day)));
        if (string.IsNullOrWhiteSpace(request.Note)) return new Refusal("payouts.move-note", Place.Input(nameof(request.Note)));
        await using var change = await db.BeginAlone(request.County, Turn.Payouts, cancel);
        if (await db.MoneyMoves.SingleOrDefaultAsync(m => m.County == request.County && m.RequestId == request.RequestId, cancel) is { } booked) return booked;
        var move = new MoneyMove { County = request.County, Id = ids.Next(), RequestId = request.RequestId, FromRole = from.Item1, FromOwner = from.Item2, ToRole = to.Item1, ToOwner = to.Item2, Amount = request.Amount, Day = request.Day, Note = request.Note.Trim(), ByAccountId = db.Scope.AccountId, AtMs = clock.NowMs };
        db.MoneyMoves.Add(move);
        await Journal.Post(db, ids, clock, move.County, Cause.Inflow, string.Create(CultureInfo.InvariantCulture, $"money:{move.Id}"), move.Day, [new Leg(from.Item1, from.Item2, move.Amount), new Leg(to.Item1, to.Item2, -move.Amount)], cancel);
        await db.SaveChangesAsync(cancel);
        await change.CommitAsync(cancel);
        return move;
    }

    public async Task<Outcome<AccountStatement>> Handle(EnterStatement request, CancellationToken cancel)
    {
        if (!db.Scope.Area.Contains(request.County)) return new Refusal("payouts.no-county");
        if (!TryMirror(request.Account, out var account)) return new Refusal("payouts.mirror", Place.Input(nameof(request.Account)), request.Account);
        if (request.Day > clock.Today) return new Refusal("payouts.day-to-come", Place.Input(nameof(request.Day)));
        await using var change = await db.BeginAlone(request.County, Turn.Payouts, cancel);
        if (await db.AccountStatements.SingleOrDefaultAsync(s => s.County == request.County && s.RequestId == request.RequestId, cancel) is { } entered) return entered;
        var statement = new AccountStatement { County = request.County, Id = ids.Next(), RequestId = request.RequestId, Role = account.Role, Owner = account.Owner, Day = request.Day, Balance = request.Balance, ByAccountId = db.Scope.AccountId, AtMs = clock.NowMs };
        db.AccountStatements.Add(statement);
        db.StatementLines.AddRange(request.Lines.Select((l, i) => new StatementLine { County = request.County, StatementId = statement.Id, Number = i + 1, Amount = l.Amount, Note = l.Note.Length <= 200 ? l.Note : l.Note[..200] }));
        await db.SaveChangesAsync(cancel);
        await change.CommitAsync(cancel);
        return statement;
    }

    // Owners are codes, never names: small letters of ASCII, digits, dashes; stations' codes have capitals.
    private static bool TryMirror(string name, out (string Role, string Owner) account)
    {
        var parts = name.Trim().Split('/');
        account = parts.Length == 2 ? (parts[0], parts[1]) : ("", "");
        return parts.Length == 2 && Mirrors.Roles.Contains(parts[0]) && parts[1].Length is > 0 and <= 40 && parts[1].All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
    }
}
