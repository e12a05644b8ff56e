using Shanhuo.Settlement.Schemes;
using Shanhuo.Settlement.Splits;

namespace Shanhuo.Settlement.Bulk;

/// <summary>A lot of LOTS.csv: its terms, its accounts as they are written, what its pools received.</summary>
internal sealed class BulkLot
{
    private readonly byte[]?[] accounts = new byte[Roles.Count][];

    /// <summary>Row of first appearance.</summary>
    public required int Row { get; init; }

    public required byte[] Id { get; init; }
    public required bool ByPiece { get; init; }
    public required bool HasVillages { get; init; }
    public required byte[] Station { get; init; }
    public required byte[] Cooperative { get; init; }
    public required byte[] Enterprise { get; init; }
    public required SchemeRole? BoughtBy { get; init; }

    /// <summary>Σ quantity × price, and Σ quantity × contract price.</summary>
    public Int128 Value, ContractValue;

    /// <summary>Σ grams or pieces.</summary>
    public Int128 Quantity;

    /// <summary>Means and buyer for the split; set when all rows of the lot are read.</summary>
    public LotTerms Terms { get; private set; } = null!;

    /// <summary>What the pools received so far, in fen.</summary>
    public Int128 Growers, VillageFund;

    /// <summary>Grams or pieces sold.</summary>
    public Int128 Sold;

    /// <summary>Does a unit cost so much that amounts could leave what a line can hold? Such lines are looked at closely.</summary>
    public bool IsDear { get; private set; }

    /// <summary>Fixes the terms.</summary>
    public void Seal()
    {
        Terms = new LotTerms
        {
            ByPiece = ByPiece,
            Intake = new LotPrice(Value, Quantity, ByPiece),
            Contract = new LotPrice(ContractValue, Quantity, ByPiece),
            BoughtBy = BoughtBy,
        };
        IsDear = Math.Max(Terms.Intake.Of(1_000_000), Terms.Contract!.Value.Of(1_000_000)) > Amounts.Largest / 100;
    }

    /// <summary>The account of a role whose owner the lot names, as a cell of POSTINGS.csv.</summary>
    public ReadOnlySpan<byte> Account(SchemeRole role) => accounts[(int)role] ??= PostingsFile.AccountCell(role, role switch
    {
        SchemeRole.Growers => Id,
        SchemeRole.VillageFund => HasVillages ? Id : [],
        SchemeRole.IntakeStation => Station,
        SchemeRole.Cooperative => Cooperative,
        SchemeRole.Enterprise => Enterprise,
        _ => throw new ArgumentOutOfRangeException(nameof(role)),
    });
}
