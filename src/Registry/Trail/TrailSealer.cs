using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Registry.Trail;

/// <summary>Puts the records of the trail into one hash chain, afterwards and in batches, so that readers of pages do not wait for each other; and checks the chain.</summary>
internal sealed class TrailSealer(ShanhuoDb db)
{
    private const int Batch = 5_000;
    private const string Why = "the trail is chained and checked whole";

    /// <summary>Seals all records that wait.</summary>
    /// <returns>How many were sealed.</returns>
    public async Task<long> SealAll(CancellationToken cancel)
    {
        for (var sealing = 0L; ;)
        {
            await using var change = await db.Database.BeginTransactionAsync(cancel);
            var waiting = await db.TrailWaiting.OrderBy(w => w.RecordId).Take(Batch).Select(w => w.RecordId).ToListAsync(cancel);
            if (waiting.Count == 0) return sealing;
            var records = await db.Unfiltered<AuditRecord>(Why).AsNoTracking().Where(r => waiting.Contains(r.Id)).OrderBy(r => r.Id).ToListAsync(cancel);
            var last = await db.TrailSeals.AsNoTracking().OrderByDescending(s => s.Number).FirstOrDefaultAsync(cancel);
            var (number, hash) = (last?.Number ?? 0, last?.Hash ?? new byte[32]);
            foreach (var record in records) db.TrailSeals.Add(new TrailSeal { Number = ++number, RecordId = record.Id, Hash = hash = Link(hash, number, record) });
            // Two sealers at once: the second meets a number that is taken and comes back later.
            try
            {
                await db.SaveChangesAsync(cancel);
                await db.TrailWaiting.Where(w => waiting.Contains(w.RecordId)).ExecuteDeleteAsync(cancel);
                await change.CommitAsync(cancel);
            }
            catch (DbUpdateException) { return sealing; }
            finally { db.ChangeTracker.Clear(); }
            sealing += records.Count;
        }
    }

    /// <summary>Goes through the whole chain.</summary>
    public async Task<TrailCheck> Check(CancellationToken cancel)
    {
        var (number, hash, fault) = (0L, new byte[32], (string?)null);
        var chain = from seal in db.TrailSeals.AsNoTracking()
                    join r in db.Unfiltered<AuditRecord>(Why) on seal.RecordId equals r.Id into records
                    from record in records.DefaultIfEmpty()
                    orderby seal.Number
                    select new { Seal = seal, Record = record };
        await foreach (var link in chain.AsAsyncEnumerable().WithCancellation(cancel))
        {
            number++;
            fault = link.Seal.Number != number ? "trail.gap" : link.Record is null ? "trail.missing" : !link.Seal.Hash.AsSpan().SequenceEqual(hash = Link(hash, number, link.Record)) ? "trail.changed" : null;
            if (fault is not null) return new TrailCheck(number - 1, 0, new Refusal(fault, Place.None, number, link.Seal.RecordId));
        }
        var waiting = await db.TrailWaiting.LongCountAsync(cancel);
        var records2 = await db.Unfiltered<AuditRecord>(Why).LongCountAsync(cancel);
        return new TrailCheck(number, waiting, records2 == number + waiting ? null : new Refusal("trail.outside", Place.None, records2, number, waiting));
    }

    private static byte[] Link(byte[] before, long number, AuditRecord record)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(before);
        foreach (var part in new[] { number, record.Id, record.HouseholdId, record.MemberId ?? -1, record.AccountId, record.ActorArea.Value, record.AtMs }) Add(part);
        foreach (var text in new[] { record.Kind, record.Role, record.What, record.Fields, record.Reason })
        {
            var bytes = Encoding.UTF8.GetBytes(text ?? "");
            Add(text is null ? -1 : bytes.Length);
            hash.AppendData(bytes);
        }
        return hash.GetHashAndReset();

        void Add(long value)
        {
            Span<byte> eight = stackalloc byte[8];
            BinaryPrimitives.WriteInt64BigEndian(eight, value);
            hash.AppendData(eight);
        }
    }
}
