using System.Collections.Concurrent;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Settlement.Schemes;

namespace Shanhuo.Settlement.Ledger;

/// <summary>The adopted scheme versions, read once: a document never changes after it was proposed.</summary>
internal sealed class SchemeBook
{
    private readonly ConcurrentDictionary<long, Scheme> read = new();

    /// <summary>The scheme of a version.</summary>
    /// <exception cref="InvalidOperationException">There is no such version, or its document is none; it was checked when it was written.</exception>
    public async Task<Scheme> Of(ShanhuoDb db, long versionId, CancellationToken cancel)
    {
        if (read.TryGetValue(versionId, out var known)) return known;
        var version = await db.Unfiltered<SchemeVersion>("the scheme frozen into an order, whoever asks for it to be settled").AsNoTracking().SingleOrDefaultAsync(v => v.Id == versionId, cancel)
            ?? throw new InvalidOperationException($"There is no scheme version {versionId}.");
        // The floors of the day of adoption bind; a later law does not rewrite an order.
        var day = version.AdoptedDay ?? DateOnly.MinValue;
        if (!SchemeReader.TryRead(Encoding.UTF8.GetBytes(version.Document), day, out var scheme, out var faults)) throw new InvalidOperationException($"Scheme version {versionId} is none: {faults[0]}");
        return read.GetOrAdd(versionId, scheme);
    }
}
