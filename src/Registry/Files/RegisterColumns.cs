using Shanhuo.Kernel;
using Shanhuo.Kernel.Sheets;
using Shanhuo.Registry.Households;
using Shanhuo.Registry.Households.Fields;

namespace Shanhuo.Registry.Files;

/// <summary>A column of the register's sheet: a row for each person, what belongs to the household on any of its rows.</summary>
/// <param name="Key">Name for programs; the column is found by it and by its name in either language.</param>
/// <param name="TextKey">Its name in texts.</param>
/// <param name="Field">The field it holds, or null for the keys.</param>
internal sealed record RegisterColumn(string Key, string TextKey, RegisterField? Field = null)
{
    /// <summary>Other names that counties' own sheets use.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>The names under which a sheet may have it: with or without what stands in brackets.</summary>
    public IEnumerable<string> Names(Texts texts)
    {
        var (zh, en) = (texts.Say(Language.Zh, TextKey), texts.Say(Language.En, TextKey));
        return [zh, en, Key, zh.Split('（')[0], en.Split('(')[0].TrimEnd(), .. Aliases];
    }

    /// <summary>Width and kind in a workbook that we write: what must stay as typed is text.</summary>
    public SheetColumn Write(Texts texts, Language language) => new(texts.Say(language, TextKey), SheetColumnKind.Text, Field?.Kind == FieldKind.Identity || Key == "household" ? 22 : 12);
}

/// <summary>The columns of the register's sheet, for template, import and export alike.</summary>
internal static class RegisterColumns
{
    public static RegisterColumn Household { get; } = new("household", "register.column.household");
    public static RegisterColumn Village { get; } = new("village", "register.column.village") { Aliases = ["行政村", "村名", "所在村", "村代码"] };
    public static RegisterColumn Relation { get; } = new("relation", "register.relation");
    public static RegisterColumn Causes { get; } = new("causes", "register.column.causes");
    public static RegisterColumn Year { get; } = new("income-year", "register.column.year");
    public static RegisterColumn Costs { get; } = new("business-costs", "register.column.costs");
    public static IReadOnlyList<RegisterColumn> Incomes { get; } = [.. HouseholdIncome.Kinds.Select(k => new RegisterColumn($"income-{k}", $"register.income.{k}"))];
    public static IReadOnlyList<RegisterColumn> OfMember { get; } = [.. RegisterFields.OfMember.Select(f => new RegisterColumn(f.Key, f.TextKey, f))];
    public static IReadOnlyList<RegisterColumn> OfHousehold { get; } = [.. RegisterFields.OfHousehold.Select(f => new RegisterColumn(f.Key, f.TextKey, f))];

    /// <summary>In the order of the template.</summary>
    public static IReadOnlyList<RegisterColumn> All { get; } = [Household, Village, .. OfHousehold.Take(2), Relation, .. OfMember, .. OfHousehold.Skip(2), Causes, Year, .. Incomes, Costs];
}
