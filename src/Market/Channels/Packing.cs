using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Sheets;
using Shanhuo.Market.Orders;

namespace Shanhuo.Market.Channels;

/// <summary>Which lot an order was packed from, scanned one by one or by file.</summary>
internal sealed class PackingHandler(ShanhuoDb db, Ids ids, TimeProvider clock)
{
    private static readonly string[] NumberNames = ["订单号", "订单编号", "order"], LotNames = ["批次", "批次码", "批次号", "lot"];

    /// <summary>One scan; the same again changes nothing.</summary>
    public async Task<Refusal?> Scan(AreaCode county, string channel, string number, string lotCode, CancellationToken cancel)
    {
        var (scan, no) = await Make(county, channel, Numerals.Narrow(number), Numerals.Narrow(lotCode), cancel);
        if (no is not null) return no;
        if (await IsThere(scan!, cancel)) return null;
        db.PackingScans.Add(scan!);
        try { await db.SaveChangesAsync(cancel); }
        catch (DbUpdateException) when (!db.ChangeTracker.Entries().All(e => e.State == EntityState.Unchanged))
        {
            db.ChangeTracker.Clear();
            if (!await IsThere(scan!, cancel)) throw;
        }
        return null;
    }

    /// <summary>A file of the scanner: all of it or, where a row is wrong, nothing.</summary>
    /// <returns>How many were new and how many there already.</returns>
    public async Task<Outcome<(int Added, int There)>> File(AreaCode county, string channel, Stream stream, string fileName, CancellationToken cancel)
    {
        if (!(await SheetReader.Open(stream, fileName, cancel)).Ok(out var reader, out var no)) return no;
        SheetHeader? header = null;
        int number = -1, lot = -1, added = 0, there = 0;
        var seen = new HashSet<(string, long)>();
        foreach (var outcome in reader.Rows())
        {
            if (!outcome.Ok(out var row, out no)) return no;
            if (header is null)
            {
                header = new SheetHeader(row);
                (number, lot) = (header.Find(NumberNames), header.Find(LotNames));
                if (number < 0 || lot < 0) return new Refusal("market.packing-header", row.At(""));
                continue;
            }
            if (!row[number].TryCode(out var code)) return new Refusal("market.import-damaged", row.At(header.Names[number]), row[number].Text);
            var (scan, wrong) = await Make(county, channel, code, Numerals.Narrow(row[lot].Text ?? ""), cancel);
            if (wrong is not null) return wrong with { Where = row.At(header.Names[wrong.Where.Column == "Number" ? number : lot]) };
            if (!seen.Add((code, scan!.LotId)) || await IsThere(scan, cancel)) there++;
            else
            {
                db.PackingScans.Add(scan);
                added++;
            }
        }
        await db.SaveChangesAsync(cancel);
        return (added, there);
    }

    private async Task<(PackingScan? Scan, Refusal? No)> Make(AreaCode county, string channel, string number, string lotCode, CancellationToken cancel)
    {
        if (!ChannelBook.Shipped.ContainsKey(channel)) return (null, new Refusal("market.channel-unknown", Place.None, channel));
        if (number.Length is 0 or > 64) return (null, new Refusal("market.packing-number", Place.Input("Number"), number));
        var lot = await db.LotsToSell.Where(l => l.County == county && l.Code == lotCode).Select(l => (long?)l.Id).SingleOrDefaultAsync(cancel);
        if (lot is null) return (null, new Refusal("market.packing-lot", Place.Input("Lot"), lotCode));
        return (new PackingScan { Id = ids.Next(), County = county, Channel = channel, Number = number, LotId = lot.Value, ByAccountId = db.Scope.AccountId, AtMs = clock.NowMs }, null);
    }

    private Task<bool> IsThere(PackingScan scan, CancellationToken cancel) =>
        db.PackingScans.AnyAsync(s => s.County == scan.County && s.Channel == scan.Channel && s.Number == scan.Number && s.LotId == scan.LotId, cancel);
}
