using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;

namespace Shanhuo.Market.Channels;

/// <summary>The channels of a county: what it has set, else what the program ships with (data/channels).</summary>
internal sealed class ChannelBook(ShanhuoDb db)
{
    /// <summary>The mappings that ship with the program, by channel.</summary>
    public static IReadOnlyDictionary<string, ChannelMapping> Shipped { get; } = ReadShipped();

    /// <summary>The mapping of a channel, or null where none has files.</summary>
    public async Task<ChannelMapping?> Mapping(AreaCode county, string channel, CancellationToken cancel)
    {
        var set = await db.Channels.SingleOrDefaultAsync(c => c.County == county && c.Channel == channel, cancel);
        return set?.Document is { } own ? ChannelMapping.Parse(own) with { DueDays = set.DueDays } : Shipped.GetValueOrDefault(channel) is { } shipped ? shipped with { DueDays = set?.DueDays ?? shipped.DueDays } : null;
    }

    /// <summary>Days after delivery, by channel.</summary>
    public async Task<Dictionary<string, int>> DueDays(AreaCode county, CancellationToken cancel)
    {
        var days = OwnChannel.All.ToDictionary(c => c.Code, c => c.DueDays);
        foreach (var (channel, shipped) in Shipped) days[channel] = shipped.DueDays;
        foreach (var set in await db.Channels.Where(c => c.County == county).ToListAsync(cancel)) days[set.Channel] = set.DueDays;
        return days;
    }

    /// <summary>Keeps a county's own mapping.</summary>
    public async Task<Refusal?> Keep(AreaCode county, ChannelMapping mapping, CancellationToken cancel)
    {
        if (!Shipped.ContainsKey(mapping.Channel)) return new Refusal("market.channel-unknown", Place.None, mapping.Channel);
        if (mapping.Fault() is { } no) return no;
        var set = await db.Channels.SingleOrDefaultAsync(c => c.County == county && c.Channel == mapping.Channel, cancel);
        if (set is null) db.Channels.Add(set = new ChannelRecord { County = county, Channel = mapping.Channel, DueDays = mapping.DueDays });
        (set.Document, set.DueDays) = (mapping.Write(), mapping.DueDays);
        await db.SaveChangesAsync(cancel);
        return null;
    }

    private static Dictionary<string, ChannelMapping> ReadShipped()
    {
        var all = new Dictionary<string, ChannelMapping>(StringComparer.Ordinal);
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith("channels/", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            var mapping = ChannelMapping.Parse(reader.ReadToEnd());
            all.Add(mapping.Channel, mapping);
        }
        return all;
    }
}
