using Shanhuo.Kernel;
using Shanhuo.Kernel.Sheets;

namespace Shanhuo.Market.Channels.Statements;

/// <summary>What a platform says of one order: a row of a file, or its rows added up.</summary>
/// <param name="Number">The order's number on the platform.</param>
/// <param name="PaidOut">What reached the seller; below zero where it was taken back.</param>
/// <param name="Deductions">One for each of <see cref="Deduction.Kinds"/>, in their order.</param>
/// <param name="Day">On which a row was settled; null: the file does not say.</param>
internal sealed record TheirOrder(string Number, Fen PaidOut, IReadOnlyList<Fen> Deductions, DateOnly? Day = null)
{
    /// <summary>What the buyer paid, as the platform reckons it.</summary>
    public Fen Gross => PaidOut + Deducted;

    public Fen Deducted => new(Deductions.Sum(d => d.Value));

    /// <summary>Both together: a payment and a later correction of it.</summary>
    public TheirOrder Plus(TheirOrder other) => this with { PaidOut = PaidOut + other.PaidOut, Deductions = [.. Deductions.Zip(other.Deductions, (a, b) => a + b)] };
}

/// <summary>Reads a settlement file. A wrong cell refuses the whole file, for a sum of part of it says nothing.</summary>
internal static class StatementReader
{
    private const int HeaderRows = 10;

    /// <summary>The rows in the order of the file; an order may have several.</summary>
    public static Outcome<IReadOnlyList<TheirOrder>> Read(StatementTemplate template, SheetReader file)
    {
        var rows = new List<TheirOrder>();
        SheetHeader? header = null;
        SheetRow? first = null;
        string? sheet = null;
        var seen = 0;
        foreach (var outcome in file.Rows())
        {
            if (!outcome.Ok(out var row, out var no)) return no;
            first ??= row;
            // Another sheet of the workbook may be a legend; where it has the columns, it belongs to the file.
            if (row.Sheet != sheet) (sheet, seen, header) = (row.Sheet, 0, null);
            seen++;
            if (header is null)
            {
                if (seen <= HeaderRows && new SheetHeader(row) is var names && names.Find(template.Number) >= 0 && names.Find(template.PaidOut) >= 0) header = names;
                continue;
            }
            if (!Row(template, header, row).Ok(out var order, out no)) return no;
            rows.Add(order);
        }
        return rows.Count > 0 ? rows : new Refusal("market.import-no-header", new Place { File = first?.File, Sheet = first?.Sheet, Row = first?.Number }, string.Join(" / ", template.Number), string.Join(" / ", template.PaidOut));
    }

    private static Outcome<TheirOrder> Row(StatementTemplate template, SheetHeader header, SheetRow row)
    {
        var number = row[header.Find(template.Number)];
        var column = header.Names[header.Find(template.Number)];
        if (number.IsEmpty) return new Refusal("market.import-empty", row.At(column), "");
        if (!number.TryCode(out var code) || number.LooksCut) return new Refusal("market.import-damaged", row.At(column), number.Text);
        if (code.Length is 0 or > 64) return new Refusal("market.import-long", row.At(column), 64);
        if (!Money(header, row, template.PaidOut, needed: true).Ok(out var paid, out var no)) return no;
        var deductions = new Fen[Deduction.Kinds.Count];
        for (var i = 0; i < deductions.Length; i++)
        {
            if (!Money(header, row, template.Deductions.GetValueOrDefault(Deduction.Kinds[i]) ?? [], needed: false).Ok(out var kept, out no)) return no;
            deductions[i] = template.DeductionsBelowZero ? Fen.Zero - kept : kept;
        }
        DateOnly? day = null;
        if (header.Find(template.Day) is >= 0 and var at && !row[at].IsEmpty)
        {
            if (!row[at].TryTime(out var time)) return new Refusal("market.import-day", row.At(header.Names[at]), row[at].Text);
            day = DateOnly.FromDateTime(time);
        }
        return new TheirOrder(code, paid, deductions, day);
    }

    private static Outcome<Fen> Money(SheetHeader header, SheetRow row, IReadOnlyList<string> names, bool needed)
    {
        if (header.Find(names) is not (>= 0 and var at)) return Fen.Zero;
        var cell = row[at];
        if (cell.IsEmpty || cell.Text is "-" or "--") return needed ? new Refusal("market.import-empty", row.At(header.Names[at]), "") : Fen.Zero;
        return cell.TryMoney(out var fen) ? fen : new Refusal("market.import-money", row.At(header.Names[at]), cell.Text);
    }
}
