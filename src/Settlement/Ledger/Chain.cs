using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Shanhuo.Settlement.Contracts;

namespace Shanhuo.Settlement.Ledger;

/// <summary>A posting as it is sealed, with the name of its account.</summary>
internal readonly record struct ChainRow(long AccountId, AccountName Account, bool IsSunk, long Fen);

/// <summary>The hash chain over a county's entries.</summary>
/// <remarks>
/// A link is SHA-256 over these bytes, all numbers big-endian, text as its length in bytes (4) and UTF-8, an optional number as one byte 0,
/// or 1 and the number:
/// hash before (32; zeros before the first) · number in the chain (8) · county (8) · entry id (8) · cause (4) · cause key (text) ·
/// day as days since 0001-01-01 (4) · recorded ms (8) · scheme version (optional 8) · lot (optional 8) · line (optional 8) · release day (optional 4) ·
/// number of postings (4) · and for each in order of account id, sunk last: account id (8) · role (text) · owner (text) · sunk (1) · fen (8).
/// Roles and owners are public codes: no name or contact is inside, so a person can be erased.
/// </remarks>
internal sealed class Chain
{
    private byte[] bytes = new byte[1024];
    private int used;

    /// <summary>The hash before the first link.</summary>
    public static byte[] Beginning => new byte[SHA256.HashSizeInBytes];

    /// <summary>The hash of a link.</summary>
    /// <param name="before">Hash of the link before.</param>
    /// <param name="number">1, 2, 3…</param>
    /// <param name="entry">The entry.</param>
    /// <param name="rows">Its postings in order of account id, sunk last.</param>
    public byte[] Link(ReadOnlySpan<byte> before, long number, JournalEntry entry, IReadOnlyList<ChainRow> rows)
    {
        used = 0;
        before.CopyTo(Take(before.Length));
        Add(number);
        Add(entry.County.Value);
        Add(entry.Id);
        Add((int)entry.Cause);
        Add(entry.CauseKey);
        Add(entry.Day.DayNumber);
        Add(entry.RecordedMs);
        Add(entry.SchemeVersionId);
        Add(entry.LotId);
        Add(entry.LineId);
        Take(1)[0] = (byte)(entry.ReleaseDay is null ? 0 : 1);
        if (entry.ReleaseDay is { } day) Add(day.DayNumber);
        Add(rows.Count);
        foreach (var row in rows)
        {
            Add(row.AccountId);
            Add(row.Account.Role);
            Add(row.Account.Owner);
            Take(1)[0] = (byte)(row.IsSunk ? 1 : 0);
            Add(row.Fen);
        }
        return SHA256.HashData(bytes.AsSpan(0, used));
    }

    public static LedgerHead Head(long number, byte[] hash) => new(number, Convert.ToHexStringLower(hash));

    private Span<byte> Take(int count)
    {
        if (used + count > bytes.Length) Array.Resize(ref bytes, Math.Max(bytes.Length * 2, used + count));
        used += count;
        return bytes.AsSpan(used - count, count);
    }

    private void Add(long number) => BinaryPrimitives.WriteInt64BigEndian(Take(8), number);

    private void Add(int number) => BinaryPrimitives.WriteInt32BigEndian(Take(4), number);

    private void Add(string text)
    {
        Add(Encoding.UTF8.GetByteCount(text));
        Encoding.UTF8.GetBytes(text, Take(Encoding.UTF8.GetByteCount(text)));
    }

    private void Add(long? number)
    {
        Take(1)[0] = (byte)(number is null ? 0 : 1);
        if (number is { } known) Add(known);
    }
}
