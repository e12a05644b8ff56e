using System.Globalization;
using Shanhuo.Kernel;

namespace Shanhuo.Settlement.Contracts;

/// <summary>Number and hash of the last sealed entry of a county: they stand in every pay-out file, statement and backup, so that a cut tail is found.</summary>
/// <param name="Number">0 while nothing is sealed.</param>
/// <param name="Hash">SHA-256 in lower-case hexadecimal; 64 zeros while nothing is sealed.</param>
public sealed record LedgerHead(long Number, string Hash)
{
    /// <summary><c>NUMBER:HASH</c>, as it is printed.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number}:{Hash}");

    /// <summary>Reads <c>NUMBER:HASH</c>.</summary>
    public static bool TryParse(string? text, out LedgerHead head)
    {
        head = new LedgerHead(0, "");
        if (text?.Split(':') is not [var number, { Length: 64 } hash] || !hash.All(char.IsAsciiHexDigit)) return false;
        if (!long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value)) return false;
#pragma warning disable CA1308 // Hexadecimal is written in small letters here.
        head = new LedgerHead(value, hash.ToLowerInvariant());
#pragma warning restore CA1308
        return true;
    }
}

/// <summary>What is wrong with a ledger.</summary>
public enum FaultKind
{
    /// <summary>An entry, one of its postings, or its link in the chain is not what was sealed.</summary>
    Changed,

    /// <summary>A sealed entry, or a link of the chain, is gone.</summary>
    Missing,

    /// <summary>Entries stand in another order than they were sealed in.</summary>
    Swapped,

    /// <summary>An entry stands among sealed ones and was never sealed, or a posting belongs to no entry.</summary>
    Invented,

    /// <summary>An entry does not sum to zero.</summary>
    Unbalanced,

    /// <summary>The chain ends before a head that was printed, or had another hash there.</summary>
    Cut,

    /// <summary>An account's balance is not the sum of its postings; it can be rebuilt.</summary>
    Balance,

    /// <summary>A figure of the overview is not the sum of its postings; it can be rebuilt.</summary>
    Overview,
}

/// <summary>A fault of a ledger.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Number">Number in the chain, where it has one.</param>
/// <param name="EntryId">The entry, where it is one.</param>
/// <param name="Words">For people.</param>
public sealed record LedgerFault(FaultKind Kind, long? Number, long? EntryId, Refusal Words);

/// <summary>What a check of a county's ledger found.</summary>
/// <param name="Head">Sealed up to here; where there is a fault, the last link before it.</param>
/// <param name="Entries">Entries looked at.</param>
/// <param name="Unsealed">Of them not yet sealed.</param>
/// <param name="First">The first fault; null: the ledger is sound.</param>
public sealed record VerifyReport(LedgerHead Head, long Entries, long Unsealed, LedgerFault? First);
