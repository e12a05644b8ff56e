using System.Linq.Expressions;
using System.Reflection;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Shanhuo.Kernel;

/// <summary>The one database of an installation, SQLite or PostgreSQL. Tables are declared beside their entities in each module; the only place where rows are hidden from those who may not see them.</summary>
public abstract class ShanhuoDb(DbContextOptions options, ModuleList modules, CurrentScope current) : DbContext(options)
{
    /// <summary>Who is asking.</summary>
    public Scope Scope => current.Scope;

    /// <summary>Is it SQLite? For the few places where volume makes us speak each database's own tongue.</summary>
    public bool IsSqlite => Database.ProviderName!.EndsWith("Sqlite", StringComparison.Ordinal);

    private AreaCode FirstArea => Scope.FirstArea;
    private AreaCode LastArea => Scope.LastArea;
    private AreaCode FirstCounty => Scope.FirstCounty;
    private long? OnlyHousehold => Scope.HouseholdId;
    private long? OnlyOrganisation => Scope.OrganisationId;

    /// <summary>Rows of a table without the filters of area and role; what they are joined with keeps its own. Every use names why; a test counts them.</summary>
    /// <remarks>In one query a table is filtered everywhere or nowhere.</remarks>
    /// <param name="because">What makes it right, for the reader and the test.</param>
    public IQueryable<T> Unfiltered<T>(string because) where T : class
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(because);
        return Set<T>().IgnoreQueryFilters(FiltersOf<T>.Keys);
    }

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder conventions)
    {
        ArgumentNullException.ThrowIfNull(conventions);
        conventions.Properties<Fen>().HaveConversion<FenConverter>();
        conventions.Properties<Grams>().HaveConversion<GramsConverter>();
        conventions.Properties<AreaCode>().HaveConversion<AreaConverter>();
    }

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder model)
    {
        ArgumentNullException.ThrowIfNull(model);
        foreach (var module in modules.All) model.ApplyConfigurationsFromAssembly(module.Assembly);
        foreach (var entity in model.Model.GetEntityTypes().ToList())
        {
            Filter(model, entity);
            foreach (var key in entity.GetKeys().Where(k => k.IsPrimaryKey()))
                foreach (var property in key.Properties) property.ValueGenerated = ValueGenerated.Never;
            foreach (var property in entity.GetProperties())
                property.SetColumnName(Snake(property.Name));
        }
    }

    private void Filter(ModelBuilder model, IMutableEntityType entity)
    {
        if (entity.BaseType is not null || entity.IsOwned()) return;
        var type = entity.ClrType;
        var make = typeof(ShanhuoDb).GetMethod(nameof(FilterOf), BindingFlags.NonPublic | BindingFlags.Instance)!;
        foreach (var (name, kind) in Filters)
            if (kind.IsAssignableFrom(type))
                model.Entity(type).HasQueryFilter(Key(type, name), (LambdaExpression)make.MakeGenericMethod(type).Invoke(this, [name])!);
    }

    private LambdaExpression FilterOf<T>(string name) where T : class
    {
        Expression<Func<T, bool>> filter = name switch
        {
            "area" => row => EF.Property<AreaCode>(row, "Area") >= FirstArea && EF.Property<AreaCode>(row, "Area") <= LastArea,
            "county" => row => EF.Property<AreaCode>(row, "County") >= FirstCounty && EF.Property<AreaCode>(row, "County") <= LastArea,
            "household" => row => OnlyHousehold == null || EF.Property<long>(row, "HouseholdId") == OnlyHousehold,
            _ => row => OnlyOrganisation == null || EF.Property<long>(row, "OrganisationId") == OnlyOrganisation,
        };
        return filter;
    }

    private static readonly (string Name, Type Kind)[] Filters = [("area", typeof(IInArea)), ("county", typeof(IInCounty)), ("household", typeof(IOfHousehold)), ("organisation", typeof(IOfOrganisation))];

    // A key that only this table has: filters are ignored by key, and for the whole query.
    private static string Key(Type type, string name) => $"{type.FullName}:{name}";

    // One array for each table, so that equal queries are found in the cache of compiled ones.
    private static class FiltersOf<T>
    {
        public static readonly string[] Keys = [.. Filters.Where(f => f.Kind.IsAssignableFrom(typeof(T))).Select(f => Key(typeof(T), f.Name))];
    }

    private static string Snake(string name)
    {
        var snake = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsUpper(name[i]) && !char.IsUpper(name[i - 1])) snake.Append('_');
            snake.Append(char.ToLowerInvariant(name[i]));
        }
        return snake.ToString();
    }

    private sealed class FenConverter() : ValueConverter<Fen, long>(f => f.Value, v => new Fen(v));

    private sealed class GramsConverter() : ValueConverter<Grams, long>(g => g.Value, v => new Grams(v));

    private sealed class AreaConverter() : ValueConverter<AreaCode, long>(a => a.Value, v => new AreaCode(v));
}
