using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Registry.Measures.Maps;

/// <summary>Boundaries that somebody sends in.</summary>
/// <param name="RequestId">Made by the page.</param>
/// <param name="Content">GeoJSON.</param>
/// <param name="FileName">As the sender calls it.</param>
/// <param name="Source">Where they come from; shown under each map.</param>
internal sealed record SentBoundaries(Guid RequestId, byte[] Content, string FileName, string Source);

/// <summary>Takes boundaries in: all of a file or none.</summary>
internal sealed class PutBoundaries(ShanhuoDb db, Ids ids, TimeProvider clock)
{
    /// <returns>How many areas have a new outline, or all that is wrong.</returns>
    public async Task<(int Count, IReadOnlyList<Refusal> Bad)> Handle(SentBoundaries sent, CancellationToken cancel)
    {
        if (await db.Boundaries.CountAsync(b => b.RequestId == sent.RequestId, cancel) is > 0 and var there) return (there, []);
        if (sent.Source.Trim() is not { Length: > 0 and <= 200 } source) return (0, [new("boundary.source", Place.Input("Source"))]);
        var (outlines, wrong) = GeoJson.Read(sent.Content, sent.FileName);
        var codes = outlines.Select(o => o.Area).Where(db.Scope.Area.Contains).ToList();
        var known = await db.Areas.Where(a => codes.Contains(a.Code)).Select(a => a.Code).ToHashSetAsync(cancel);
        List<Refusal> bad = [.. wrong];
        foreach (var outline in outlines)
            if (!db.Scope.Area.Contains(outline.Area)) bad.Add(new Refusal("boundary.not-yours", new Place { File = sent.FileName }, outline.Area.ToString()));
            else if (!known.Contains(outline.Area)) bad.Add(new Refusal("boundary.unknown", new Place { File = sent.FileName }, outline.Area.ToString()));
        if (bad.Count > 0) return (0, bad);
        await using var all = await db.Database.BeginTransactionAsync(cancel);
        await db.Boundaries.Where(b => codes.Contains(b.Area)).ExecuteDeleteAsync(cancel);
        foreach (var outline in outlines)
            db.Boundaries.Add(new Boundary { Id = ids.Next(), RequestId = sent.RequestId, Area = outline.Area, Rings = outline.Rings, Source = source, ByAccountId = db.Scope.AccountId, AtMs = clock.NowMs });
        db.Record(ids, clock, "change", "boundaries", 0, reason: source);
        try
        {
            await db.SaveChangesAsync(cancel);
            await all.CommitAsync(cancel);
            return (outlines.Count, []);
        }
        catch (DbUpdateException)
        {
            return (0, [new("boundary.raced")]);
        }
    }
}
