using System.Globalization;
using Shanhuo.Kernel;
using Shanhuo.Settlement.Contracts;
using Shanhuo.Settlement.Schemes;

namespace Shanhuo.Settlement.Bulk;

/// <summary>One run of the bulk command: scheme, lots, lines, refunds, pay-outs, in this order.</summary>
internal sealed class BulkRun(BulkOptions options, BadRows bad, BulkProgress progress)
{
    private string reading = options.Scheme;

    /// <summary>What was settled, or null when nothing is written.</summary>
    /// <exception cref="OperationCanceledException">It was stopped; nothing is written.</exception>
    public BulkPostings? Run(DateOnly today)
    {
        try
        {
            if (ReadScheme(today) is not { } scheme) return null;
            reading = options.Lots;
            if (LotReader.Read(options.Lots, scheme, bad) is not { } lots) return null;
            reading = options.Lines;
            using var lines = LineReader.Open(options.Lines, 1 << 18, scheme, lots, bad);
            if (lines is null) return null;
            if (lines.Rows.Length is not { } length)
            {
                bad.Add(options.Lines, null, "bulk.not-regular");
                return null;
            }
            return Settle(scheme, lots, lines, length);
        }
        catch (OutFileException fault)
        {
            bad.Add(options.Out, null, "bulk.unwritable", fault.Message);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            if (fault is FileNotFoundException or DirectoryNotFoundException) bad.Add(reading, null, "bulk.no-file");
            else if (fault is UnauthorizedAccessException) bad.Add(reading, null, "bulk.no-access");
            else bad.Add(reading, null, "bulk.unreadable", fault.Message);
        }
        return null;
    }

    private Scheme? ReadScheme(DateOnly today)
    {
        using var stream = File.OpenRead(options.Scheme);
        var json = new byte[SchemeReader.LargestDocument + 1];
        var read = stream.ReadAtLeast(json, json.Length, throwOnEndOfStream: false);
        if (!SchemeReader.TryRead(json.AsSpan(0, read), today, out var scheme, out var faults))
        {
            foreach (var fault in faults) bad.Add(options.Scheme, fault.Where.Column, fault.Code, fault.Arguments);
            return null;
        }
        for (var i = 0; i < scheme.Steps.Length; i++)
            if (scheme.Steps[i].When is { Poor: true })
                bad.Add(options.Scheme, string.Create(CultureInfo.InvariantCulture, $"steps[{i}].when.poor"), "bulk.poor");
        return bad.Count == 0 ? scheme : null;
    }

    private BulkPostings? Settle(Scheme scheme, LotBook lots, LineReader lines, long length)
    {
        reading = options.Refunds ?? "";
        using var refundRows = options.Refunds is null ? null : new CsvRows(options.Refunds, 1 << 18);
        var refundHeader = refundRows is null ? null : RefundReader.ReadHeader(options.Refunds!, refundRows, bad);
        if (refundRows is not null && refundHeader is null) return null;
        reading = options.Lines;
        using var guard = new LineGuard(lines.Rows.CountLineEnds() + 1, length, Another(4096));
        using var outFile = Create();
        var file = new PostingsFile(outFile.Stream);
        var postings = new BulkPostings(file, lots);
        var order = new OrderLines(scheme, lots);
        postings.WriteIntakes();
        SettleLines(scheme, lines, guard, order, postings, length);
        if (refundRows is not null)
        {
            reading = options.Refunds!;
            order.Clear();
            using var again = Another(4096);
            new RefundReader(reading, refundRows, refundHeader!, scheme, again, guard, order, postings, bad).Run(rows => progress.Tick(reading, rows, null));
        }
        if (bad.Count > 0 && !options.SkipBad) return null;
        if (postings.WritePayouts() is >= 0 and var lot)
        {
            bad.Add(options.Lots, lots.Lots[lot].Row, "lot", "bulk.too-much");
            return null;
        }
        foreach (var one in lots.Lots)
            if (one.Sold > one.Quantity)
                bad.Warn(options.Lots, one.ByPiece ? "bulk.oversold-pieces" : "bulk.oversold-grams", BadRows.Show(one.Id), one.Sold, one.Quantity);
        file.Flush();
        try
        {
            outFile.Finish();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new OutFileException(fault.Message, fault);
        }
        return postings;

        LineReader Another(int bufferSize) => LineReader.Open(options.Lines, bufferSize, scheme, lots, bad) ?? throw new IOException("the file changed");
    }

    private OutFile Create()
    {
        try
        {
            return new OutFile(options.Out);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new OutFileException(fault.Message, fault);
        }
    }

    private void SettleLines(Scheme scheme, LineReader lines, LineGuard guard, OrderLines order, BulkPostings postings, long length)
    {
        var waits = !scheme.OrderSteps.IsEmpty; // else a line need not wait for the rest of its order
        while (lines.Read(bad, out var good))
        {
            progress.Tick(options.Lines, lines.Rows, length);
            if (bad.Count > 0 && !options.SkipBad) postings.Silence();
            if (!good || !guard.Take(lines, out var beginsOrder)) continue;
            if (postings.IsSilent) continue;
            if (beginsOrder || !waits) Flush();
            order.Add(lines);
        }
        if (bad.Count > 0 && !options.SkipBad) postings.Silence();
        else Flush();

        void Flush()
        {
            if (order.Count == 0) return;
            order.Complete();
            for (var i = 0; i < order.Count; i++) postings.WriteLine(order, i);
            order.Clear();
        }
    }
}
