using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;
using Shanhuo.Market.Buying;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Shipping;

namespace Shanhuo.Market.Channels.Out;

/// <summary>By whom and under which number an order of a platform's file was sent; of our own orders the delivery says it.</summary>
internal sealed class EnteredWaybill : IInCounty
{
    public required AreaCode County { get; init; }
    public required long OrderId { get; init; }
    public required string Carrier { get; set; }
    public required string Waybill { get; set; }
    public required long ByAccountId { get; set; }
    public required long AtMs { get; set; }
}

internal sealed class EnteredWaybillTable : IEntityTypeConfiguration<EnteredWaybill>
{
    public void Configure(EntityTypeBuilder<EnteredWaybill> table)
    {
        table.ToTable("market_entered_waybills");
        table.HasKey(w => new { w.County, w.OrderId });
    }
}

/// <summary>A row of the form.</summary>
internal sealed record WaybillForm
{
    public long OrderId { get; set; }
    public string? Carrier { get; set; }
    public string? Waybill { get; set; }
}

/// <summary>Keeps what was typed; a row left empty changes nothing, the same again neither.</summary>
internal sealed class EnterWaybillsHandler(ShanhuoDb db, TimeProvider clock)
{
    /// <summary>All rows or none.</summary>
    /// <returns>Null: kept. Else what <see cref="ShipOrderHandler.Parcel"/> refuses, at the first wrong row.</returns>
    public async Task<Refusal?> Handle(AreaCode county, string channel, IReadOnlyList<WaybillForm> rows, CancellationToken cancel)
    {
        var ids = rows.Select(r => r.OrderId).ToList();
        var open = await db.Orders.Where(o => o.County == county && ids.Contains(o.Id) && o.Channel == channel && (o.State == OrderState.Placed || o.State == OrderState.Shipped)).Select(o => o.Id).ToListAsync(cancel);
        var known = await db.EnteredWaybills.Where(w => w.County == county && ids.Contains(w.OrderId)).ToDictionaryAsync(w => w.OrderId, cancel);
        for (var i = 0; i < rows.Count; i++)
        {
            if ((string.IsNullOrWhiteSpace(rows[i].Carrier) && string.IsNullOrWhiteSpace(rows[i].Waybill)) || !open.Contains(rows[i].OrderId)) continue;
            if (!ShipOrderHandler.Parcel(rows[i].Carrier, rows[i].Waybill, DeliveryMode.Home).Ok(out var parcel, out var no)) return no with { Where = Place.Input($"Rows[{i}].{no.Where.Column}") };
            var (carrier, waybill) = parcel;
            if (known.TryGetValue(rows[i].OrderId, out var was))
            {
                if (was.Carrier == carrier && was.Waybill == waybill) continue;
                (was.Carrier, was.Waybill, was.ByAccountId, was.AtMs) = (carrier, waybill, db.Scope.AccountId, clock.NowMs);
            }
            else db.EnteredWaybills.Add(new EnteredWaybill { County = county, OrderId = rows[i].OrderId, Carrier = carrier, Waybill = waybill, ByAccountId = db.Scope.AccountId, AtMs = clock.NowMs });
        }
        await db.SaveChangesAsync(cancel);
        return null;
    }
}
