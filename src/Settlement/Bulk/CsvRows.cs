using System.Buffers;
using System.Text.Unicode;
using Microsoft.Win32.SafeHandles;

namespace Shanhuo.Settlement.Bulk;

/// <summary>Why a row cannot be read at all.</summary>
internal enum CsvFault { None, UnclosedQuote, StrayQuote, TextAfterQuote, LoneReturn, Nul, NotUtf8, TooLong }

/// <summary>
/// Reads a CSV file row by row as bytes: UTF-8 with or without a byte-order mark, LF or CRLF, quotes as RFC 4180 has them. Allocates nothing per row.
/// Blank lines are no rows but are counted, so that numbers are those of an editor as long as no cell holds a line break.
/// </summary>
internal sealed class CsvRows : IDisposable
{
    /// <summary>Bytes of one row, at most; so a quote that is never closed cannot fill the memory.</summary>
    public const int LongestRow = 1 << 20;

    private static readonly SearchValues<byte> Special = SearchValues.Create("\"\r\0"u8);

    private readonly SafeFileHandle file;
    private readonly FileStream stream; // owns the handle; a pipe, which cannot be read at a place, is read through it as it comes
    private byte[] buffer;
    private byte[] unquoted = [];
    private byte[] data = [];
    private (int Start, int Length, bool Quoted)[] cells = new (int, int, bool)[32];
    private int start, end;
    private long bufferOffset;
    private bool ended;

    /// <summary>Opens a file for reading from its start.</summary>
    /// <exception cref="IOException">Or <see cref="UnauthorizedAccessException"/>: it cannot be opened.</exception>
    public CsvRows(string path, int bufferSize)
    {
        file = File.OpenHandle(path, options: bufferSize > 1 << 16 ? FileOptions.SequentialScan : FileOptions.RandomAccess);
        stream = new FileStream(file, FileAccess.Read, bufferSize: 0);
        buffer = new byte[bufferSize];
        Fill();
        if (buffer.AsSpan(0, end).StartsWith("\uFEFF"u8)) start = 3;
    }

    /// <summary>Number of the row last read, 1 is the header.</summary>
    public int Row { get; private set; }

    /// <summary>Where the row last read begins in the file, in bytes.</summary>
    public long Offset { get; private set; }

    /// <summary>How many cells the row has.</summary>
    public int Count { get; private set; }

    /// <summary>Why the row cannot be read.</summary>
    public CsvFault Fault { get; private set; }

    /// <summary>The cell where the fault lies.</summary>
    public int FaultCell { get; private set; }

    /// <summary>Bytes of the file; null where it is no regular file, such as a pipe.</summary>
    public long? Length => stream.CanSeek ? RandomAccess.GetLength(file) : null;

    /// <summary>A cell of the row last read, without its quotes; valid until the next row is read.</summary>
    public ReadOnlySpan<byte> this[int cell] => data.AsSpan(cells[cell].Start, cells[cell].Length);

    /// <summary>Did the cell stand in quotes? Only then can it hold what needs quotes.</summary>
    public bool IsQuoted(int cell) => cells[cell].Quoted;

    /// <summary>Goes to a row whose <see cref="Offset"/> is known; row numbers mean nothing from there.</summary>
    public void Seek(long offset)
    {
        if (offset >= bufferOffset && offset < bufferOffset + end)
        {
            start = (int)(offset - bufferOffset);
            return;
        }
        (bufferOffset, start, end, ended) = (offset, 0, 0, false);
        Fill();
    }

    /// <summary>How many line ends the file holds: with one more, at least as many as it has rows. Does not move the reading.</summary>
    public long CountLineEnds()
    {
        var some = new byte[1 << 18];
        var (count, at) = (0L, 0L);
        for (int read; (read = RandomAccess.Read(file, some, at)) > 0; at += read) count += some.AsSpan(0, read).Count((byte)'\n');
        return count;
    }

    /// <summary>Reads the next row.</summary>
    /// <returns>False at the end of the file.</returns>
    public bool Read()
    {
        for (; ; )
        {
            (Count, Fault) = (0, CsvFault.None);
            var rest = buffer.AsSpan(start, end - start);
            var length = rest.IndexOf((byte)'\n');
            if (length < 0)
            {
                if (!ended && rest.Length <= LongestRow)
                {
                    Fill();
                    continue;
                }
                if (rest.IsEmpty) return false;
                length = rest.Length;
            }
            Row++;
            Offset = bufferOffset + start;
            var row = rest[..length];
            var special = row.IndexOfAny(Special);
            if (special >= 0 && special < length - 1 || special >= 0 && row[special] != '\r' || length > LongestRow)
            {
                new CsvQuotes(this).Read();
                return true;
            }
            start = Math.Min(start + length + 1, end);
            if (special >= 0) row = row[..^1];
            if (row.IsEmpty) continue;
            Split(row);
            return true;
        }
    }

    public void Dispose() => stream.Dispose();

    private void Split(ReadOnlySpan<byte> row)
    {
        data = buffer;
        var at = (int)(Offset - bufferOffset);
        if (!Utf8.IsValid(row)) Fault = CsvFault.NotUtf8;
        for (; ; )
        {
            var length = row.IndexOf((byte)',');
            AddCell(at, length < 0 ? row.Length : length, quoted: false);
            if (length < 0) break;
            row = row[(length + 1)..];
            at += length + 1;
        }
        if (Fault == CsvFault.NotUtf8) FindNotUtf8();
    }

    private void FindNotUtf8()
    {
        for (FaultCell = 0; FaultCell < Count - 1 && Utf8.IsValid(this[FaultCell]); FaultCell++) { }
    }

    private void AddCell(int at, int length, bool quoted)
    {
        if (Count == cells.Length) Array.Resize(ref cells, Count * 2);
        cells[Count++] = (at, length, quoted);
    }

    // Reads more behind what is there, which moves to the front.
    private void Fill()
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            bufferOffset += start;
            end -= start;
            start = 0;
        }
        if (end == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
        var read = stream.CanSeek ? RandomAccess.Read(file, buffer.AsSpan(end), bufferOffset + end) : stream.Read(buffer, end, buffer.Length - end);
        end += read;
        ended = read == 0;
    }

    /// <summary>The slow way through one row that holds quotes, or is at fault: byte by byte, the cells without their quotes in memory of their own.</summary>
    private readonly ref struct CsvQuotes(CsvRows rows)
    {
        public void Read()
        {
            var used = 0;
            for (var last = false; !last;)
            {
                var from = used;
                var quoted = Peek() == '"';
                if (quoted) ReadQuoted(ref used);
                last = ReadPlain(ref used, afterQuote: quoted);
                rows.AddCell(from, used - from, quoted);
            }
            rows.data = rows.unquoted;
            if (rows.Fault == CsvFault.None && !Utf8.IsValid(rows.unquoted.AsSpan(0, used)))
            {
                rows.Fault = CsvFault.NotUtf8;
                rows.FindNotUtf8();
            }
        }

        private void ReadQuoted(ref int used)
        {
            for (rows.start++; ;)
            {
                var next = Peek();
                if (next < 0)
                {
                    rows.Fault = CsvFault.UnclosedQuote; // says more than that the row is long
                    rows.FaultCell = rows.Count;
                    return;
                }
                rows.start++;
                if (next == '"')
                {
                    if (Peek() != '"') return;
                    rows.start++;
                }
                Keep((byte)next, ref used);
            }
        }

        // Up to the next comma or the end of the row, which is told.
        private bool ReadPlain(ref int used, bool afterQuote)
        {
            for (; ; )
            {
                var next = Peek();
                if (next < 0) return true;
                rows.start++;
                if (next == ',') return false;
                if (next == '\n') return true;
                if (next == '\r' && Peek() is '\n' or < 0) continue;
                if (afterQuote) Wrong(CsvFault.TextAfterQuote);
                else if (next == '"') Wrong(CsvFault.StrayQuote);
                else if (next == '\r') Wrong(CsvFault.LoneReturn);
                Keep((byte)next, ref used);
            }
        }

        private void Keep(byte next, ref int used)
        {
            if (next == 0) Wrong(CsvFault.Nul);
            if (used >= LongestRow)
            {
                Wrong(CsvFault.TooLong);
                return;
            }
            if (used == rows.unquoted.Length) Array.Resize(ref rows.unquoted, Math.Max(256, used * 2));
            rows.unquoted[used++] = next;
        }

        private void Wrong(CsvFault fault)
        {
            if (rows.Fault == CsvFault.None) (rows.Fault, rows.FaultCell) = (fault, rows.Count);
        }

        private int Peek()
        {
            if (rows.start == rows.end && !rows.ended) rows.Fill();
            return rows.start < rows.end ? rows.buffer[rows.start] : -1;
        }
    }
}
