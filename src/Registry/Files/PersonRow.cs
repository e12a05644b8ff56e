using Shanhuo.Kernel;

namespace Shanhuo.Registry.Files;

/// <summary>A row of the register's sheet, read: one person, and what the row says of the household. Values stand in the order of their fields, null where the cell is blank.</summary>
internal sealed class PersonRow
{
    public required int Number { get; init; }
    public required string? Sheet { get; init; }
    public string? Household { get; set; }
    public AreaCode? Village { get; set; }
    public string? Relation { get; set; }
    public required string?[] OfMember { get; init; }

    /// <summary>Null where the row says nothing of the household.</summary>
    public string?[]? OfHousehold { get; set; }
    public IReadOnlyList<string>? Causes { get; set; }
    public int? IncomeYear { get; set; }

    /// <summary>Receipts by kind, then costs of the business; null: the row says none.</summary>
    public Fen?[]? Incomes { get; set; }

    /// <summary>Is a cell of it wrong?</summary>
    public bool IsWrong { get; set; }

    /// <summary>Of the identity number, by which it is found.</summary>
    public string? IdentityKey { get; set; }
}

/// <summary>The rows of one household in a file.</summary>
internal sealed class HouseholdRows
{
    public List<PersonRow> People { get; } = [];

    public bool IsWrong => People.Exists(p => p.IsWrong);

    public PersonRow First => People[0];
}

/// <summary>What a file would do or has done.</summary>
internal sealed class ImportCounts
{
    public int Households { get; set; }
    public int HouseholdsAdded { get; set; }
    public int HouseholdsChanged { get; set; }
    public int HouseholdsSame { get; set; }
    public int HouseholdsRefused { get; set; }
    public int People { get; set; }
    public int PeopleAdded { get; set; }
    public int PeopleChanged { get; set; }
}
