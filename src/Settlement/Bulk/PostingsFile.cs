using System.Buffers.Text;
using Shanhuo.Settlement.Schemes;

namespace Shanhuo.Settlement.Bulk;

/// <summary>Writes POSTINGS.csv: UTF-8 without byte-order mark, LF, quotes only where needed, one row per cause and account.</summary>
internal sealed class PostingsFile
{
    private readonly Stream stream;
    private byte[] buffer = new byte[1 << 18];
    private int used;
    private byte[] cause = new byte[256];
    private int causeLength;

    /// <summary>Begins with the header.</summary>
    public PostingsFile(Stream stream)
    {
        this.stream = stream;
        Append("line,account,fen\n"u8);
    }

    /// <summary>An account as a cell: the role with its owner, quoted where needed.</summary>
    public static byte[] AccountCell(SchemeRole role, ReadOnlySpan<byte> owner)
    {
        byte[] cell = owner.IsEmpty ? role.Utf8Name().ToArray() : [.. role.Utf8Name(), (byte)'/', .. owner];
        return NeedsQuotes(cell) ? Quote(cell) : cell;
    }

    /// <summary>Begins a cause; its rows follow in ordinal order of account.</summary>
    /// <param name="prefix">For example <c>refund:</c>.</param>
    /// <param name="id">The line or lot.</param>
    /// <param name="mayNeedQuotes">False: the id came without quotes, so it needs none.</param>
    public void Begin(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> id, bool mayNeedQuotes)
    {
        if (mayNeedQuotes && NeedsQuotes(id))
        {
            byte[] cell = Quote([.. prefix, .. id]);
            prefix = [];
            id = cell;
        }
        causeLength = prefix.Length + id.Length + 1;
        if (cause.Length < causeLength) cause = new byte[causeLength * 2];
        prefix.CopyTo(cause);
        id.CopyTo(cause.AsSpan(prefix.Length));
        cause[causeLength - 1] = (byte)',';
    }

    /// <summary>A row of the cause, for an account that is a finished cell. None for zero fen.</summary>
    public void Row(ReadOnlySpan<byte> account, long fen)
    {
        if (fen == 0) return;
        Reserve(causeLength + account.Length + 24);
        AppendReserved(cause.AsSpan(0, causeLength));
        AppendReserved(account);
        AppendAmount(fen);
    }

    /// <summary>A row of the cause, for an account of a prefix with its slash and an owner; just the role where the owner is empty.</summary>
    public void Row(ReadOnlySpan<byte> role, ReadOnlySpan<byte> owner, bool mayNeedQuotes, long fen)
    {
        if (fen == 0) return;
        if (owner.IsEmpty)
        {
            Row(role, fen);
            return;
        }
        if (mayNeedQuotes && NeedsQuotes(owner))
        {
            Row(Quote([.. role, (byte)'/', .. owner]), fen);
            return;
        }
        Reserve(causeLength + role.Length + 1 + owner.Length + 24);
        AppendReserved(cause.AsSpan(0, causeLength));
        AppendReserved(role);
        buffer[used++] = (byte)'/';
        AppendReserved(owner);
        AppendAmount(fen);
    }

    /// <summary>Hands everything to the file.</summary>
    /// <exception cref="OutFileException">The file took no more.</exception>
    public void Flush()
    {
        try
        {
            stream.Write(buffer, 0, used);
            used = 0;
        }
        catch (IOException fault)
        {
            throw new OutFileException(fault.Message, fault);
        }
    }

    private static bool NeedsQuotes(ReadOnlySpan<byte> cell) => cell.IndexOfAny(",\"\r\n"u8) >= 0;

    private static byte[] Quote(ReadOnlySpan<byte> cell)
    {
        var quoted = new List<byte>(cell.Length + 8) { (byte)'"' };
        foreach (var one in cell)
        {
            if (one == '"') quoted.Add(one);
            quoted.Add(one);
        }
        quoted.Add((byte)'"');
        return [.. quoted];
    }

    private void Append(ReadOnlySpan<byte> some)
    {
        Reserve(some.Length);
        AppendReserved(some);
    }

    private void AppendReserved(ReadOnlySpan<byte> some)
    {
        some.CopyTo(buffer.AsSpan(used));
        used += some.Length;
    }

    private void AppendAmount(long fen)
    {
        buffer[used++] = (byte)',';
        Utf8Formatter.TryFormat(fen, buffer.AsSpan(used), out var length);
        used += length;
        buffer[used++] = (byte)'\n';
    }

    private void Reserve(int length)
    {
        if (used + length <= buffer.Length) return;
        Flush();
        if (length > buffer.Length) buffer = new byte[length * 2];
    }
}
