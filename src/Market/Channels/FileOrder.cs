using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;

namespace Shanhuo.Market.Channels;

/// <summary>An order as a file tells it.</summary>
internal sealed record FileOrder
{
    /// <summary>Number on the platform.</summary>
    public required string Number { get; init; }

    /// <summary>How far it has come; cancelled only where all its rows are closed and none had left.</summary>
    public required OrderState State { get; init; }
    public required DateOnly PlacedDay { get; init; }
    public DateOnly? ShippedDay { get; init; }
    public DateOnly? DeliveredDay { get; init; }
    public DateOnly? ReceivedDay { get; init; }
    public string? Campaign { get; init; }

    /// <summary>The public unit that buys; null: none is named.</summary>
    public string? BuyerUnit { get; init; }

    /// <summary>At least 1.</summary>
    public required int Parcels { get; init; }
    public required IReadOnlyList<FileLine> Lines { get; init; }
}

/// <summary>A row of an order.</summary>
internal sealed record FileLine
{
    public string? Sheet { get; init; }
    public required int Row { get; init; }

    /// <summary>The sub-order number, else the seller code and its how-manieth row in the order; unique within the order and the same in a later export.</summary>
    public required string Key { get; init; }
    public required string Code { get; init; }
    public required long Units { get; init; }

    /// <summary>What the seller gets for goods: what the buyer paid for them and what the platform adds.</summary>
    public required Fen Goods { get; init; }
    public required Fen Freight { get; init; }
    public required Fen Commission { get; init; }
    public required Fen MerchantDiscount { get; init; }
    public required Fen PlatformSubsidy { get; init; }

    /// <summary>Closed before it left: nothing of it is sold.</summary>
    public required bool IsClosed { get; init; }

    /// <summary>Given back to the buyer so far, all exports together.</summary>
    public required Fen Refunded { get; init; }

    /// <summary>All was given back, whatever the amount column says.</summary>
    public required bool RefundedWhole { get; init; }

    public Fen Gross => Goods + Freight;
}

/// <summary>A row that is not taken.</summary>
/// <param name="Order">Number of its order, or empty.</param>
/// <param name="Why">With sheet, row and column.</param>
internal sealed record RowRefusal(string Order, Refusal Why);

/// <summary>What a file holds.</summary>
/// <param name="Orders">The good ones, in order of first appearance.</param>
/// <param name="Refused">Rows that are not taken, in order of row.</param>
/// <param name="LeftOut">Rows of orders that nobody has paid.</param>
/// <param name="No">Why the file as a whole cannot be read; the rest is empty then.</param>
internal sealed record SalesFile(IReadOnlyList<FileOrder> Orders, IReadOnlyList<RowRefusal> Refused, int LeftOut, Refusal? No);
