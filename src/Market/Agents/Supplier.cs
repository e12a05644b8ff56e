using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Agents;

/// <summary>Where a supplier stands in the county.</summary>
internal enum SupplierState
{
    /// <summary>Nothing is held against it.</summary>
    Good,

    /// <summary>Warned after a report.</summary>
    Warned,

    /// <summary>One person asks to bar it; a second decides.</summary>
    BarAsked,

    /// <summary>Nothing of it is brought to any village of the county.</summary>
    Barred,
}

/// <summary>Who sold what was brought to a village. A business, not a person: its phone is that of its shop.</summary>
internal sealed class Supplier : IInCounty
{
    public required AreaCode County { get; init; }
    public required long Id { get; init; }
    public required string Name { get; init; }

    /// <summary>As printed on its licence; empty: none was shown.</summary>
    public required string Licence { get; init; }
    public required string Phone { get; init; }

    /// <summary>Name without spaces, to find it again.</summary>
    public required string NameKey { get; init; }
    public required long AtMs { get; init; }
    public SupplierState State { get; set; }

    /// <summary>Why it is warned or barred.</summary>
    public string Reason { get; set; } = "";
    public long? AskedByAccountId { get; set; }
    public long? DecidedByAccountId { get; set; }

    /// <summary>Letters and digits of a name or number, narrow and large.</summary>
    public static string Key(string? text) => string.Concat(Numerals.Narrow(text ?? "").ToUpperInvariant().Where(char.IsLetterOrDigit));
}

internal sealed class SupplierTable : IEntityTypeConfiguration<Supplier>
{
    public void Configure(EntityTypeBuilder<Supplier> table)
    {
        table.ToTable("market_suppliers");
        table.HasKey(s => new { s.County, s.Id });
        table.HasIndex(s => new { s.County, s.NameKey, s.Licence, s.Phone }).IsUnique();
        table.HasIndex(s => new { s.County, s.State, s.Id });
    }
}

/// <summary>Knows suppliers again and bars them: one person of the county asks, another decides.</summary>
internal sealed class SupplierDesk(ShanhuoDb db, Ids ids, TimeProvider clock)
{
    /// <summary>The supplier of that name, licence and phone, added where it is new; tracked. Refused where a barred one has the same name, licence or phone.</summary>
    public async Task<Outcome<Supplier>> Known(AreaCode county, string? name, string? licence, string? phone, CancellationToken cancel)
    {
        var (shown, key, number, call) = ((name ?? "").Trim(), Supplier.Key(name), Supplier.Key(licence), Supplier.Key(phone));
        if (key.Length is < 2 or > 60 || shown.Length > 80) return new Refusal("agents.supplier-name", Place.Input("Supplier"));
        if (number.Length > 40) return new Refusal("agents.licence-wrong", Place.Input("Licence"));
        if (call.Length is < 7 or > 12 || !call.All(char.IsAsciiDigit)) return new Refusal("checkout.phone-wrong", Place.Input("SupplierPhone"), phone ?? "");
        if (await Barred(county, key, number, call, cancel) is { } barred) return new Refusal("agents.supplier-barred", Place.Input("Supplier"), barred.Name, barred.Reason);
        if (await db.Suppliers.SingleOrDefaultAsync(s => s.County == county && s.NameKey == key && s.Licence == number && s.Phone == call, cancel) is { } known) return known;
        var supplier = new Supplier { County = county, Id = ids.Next(), Name = shown, NameKey = key, Licence = number, Phone = call, AtMs = clock.NowMs };
        db.Suppliers.Add(supplier);
        return supplier;
    }

    /// <summary>The barred supplier with this name, licence or phone.</summary>
    public Task<Supplier?> Barred(AreaCode county, string nameKey, string licence, string phone, CancellationToken cancel) =>
        db.Suppliers.AsNoTracking().Where(s => s.County == county && s.State == SupplierState.Barred && (s.NameKey == nameKey || s.Phone == phone || s.Licence != "" && s.Licence == licence)).OrderBy(s => s.Id).FirstOrDefaultAsync(cancel);

    /// <summary>Warns it.</summary>
    public Task<Refusal?> Warn(long id, string? reason, CancellationToken cancel) => Turn(id, SupplierState.Warned, reason, [SupplierState.Good, SupplierState.Warned], cancel);

    /// <summary>Asks to bar it.</summary>
    public Task<Refusal?> AskBar(long id, string? reason, CancellationToken cancel) => Turn(id, SupplierState.BarAsked, reason, [SupplierState.Good, SupplierState.Warned], cancel);

    /// <summary>A second person bars it, or leaves it at a warning.</summary>
    public async Task<Refusal?> Decide(long id, bool bar, CancellationToken cancel)
    {
        var (county, account, state) = (db.Scope.County, db.Scope.AccountId, bar ? SupplierState.Barred : SupplierState.Warned);
        await using var change = await db.Database.BeginTransactionAsync(cancel);
        if (await db.Suppliers.Where(s => s.County == county && s.Id == id && s.State == SupplierState.BarAsked && s.AskedByAccountId != account).ExecuteUpdateAsync(set => set.SetProperty(s => s.State, state).SetProperty(s => s.DecidedByAccountId, account), cancel) == 0)
            return await db.Suppliers.AnyAsync(s => s.County == county && s.Id == id && s.State == SupplierState.BarAsked, cancel) ? new Refusal("agents.bar-self") : new Refusal("agents.supplier-moved");
        db.Record(ids, clock, "decision", bar ? "supplier-barred" : "supplier-warned", 0);
        await db.SaveChangesAsync(cancel);
        await change.CommitAsync(cancel);
        return null;
    }

    private async Task<Refusal?> Turn(long id, SupplierState to, string? reason, SupplierState[] from, CancellationToken cancel)
    {
        var (county, account, why) = (db.Scope.County, db.Scope.AccountId, (reason ?? "").Trim());
        if (why.Length is < 2 or > 200) return new Refusal("agents.reason", Place.Input("Reason"));
        // The answer to a report is one change with this.
        await using var change = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancel) : null;
        if (await db.Suppliers.Where(s => s.County == county && s.Id == id && EF.Parameter(from).Contains(s.State))
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.State, to).SetProperty(s => s.Reason, why).SetProperty(s => s.AskedByAccountId, account).SetProperty(s => s.DecidedByAccountId, (long?)null), cancel) == 0) return new Refusal("agents.supplier-moved");
        db.Record(ids, clock, "decision", to == SupplierState.Warned ? "supplier-warned" : "supplier-bar-asked", 0, reason: why);
        await db.SaveChangesAsync(cancel);
        if (change is not null) await change.CommitAsync(cancel);
        return null;
    }
}
