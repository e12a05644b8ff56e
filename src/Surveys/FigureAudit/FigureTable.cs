using System.Globalization;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Sheets;
using Shanhuo.Surveys.Contracts;

namespace Shanhuo.Surveys.FigureAudit;

/// <summary>Reads a table of reported figures. Every row that cannot be read is named; nothing is guessed.</summary>
internal sealed class FigureTable
{
    private const decimal Largest = 1e15m;
    private readonly List<Refusal> refused = [];
    private readonly List<(ReportedFigure Figure, SheetRow Row)> read = [];
    private readonly HashSet<string> ids = new(StringComparer.Ordinal);

    private FigureTable() { }

    public IReadOnlyList<Refusal> Refused => refused;

    public IReadOnlyList<ReportedFigure> Figures => [.. read.Select(r => r.Figure)];

    public static FigureTable Read(SheetReader sheet, string file, CancellationToken cancel)
    {
        var table = new FigureTable();
        FigureColumns? columns = null;
        foreach (var outcome in sheet.Rows())
        {
            cancel.ThrowIfCancellationRequested();
            if (!outcome.Ok(out var row, out var no)) table.refused.Add(no);
            else if (columns is null)
            {
                columns = new FigureColumns(row);
                if (columns.Missing is not { } missing) continue;
                table.refused.Add(new Refusal("figures.no-column", row.At(missing), missing, FigureColumns.All.First(c => c.En == missing).Zh));
                return table;
            }
            else table.Take(columns, row);
        }
        if (table.read.Count == 0 && table.refused.Count == 0) table.refused.Add(new Refusal("figures.no-rows", new Place { File = file }));
        foreach (var (figure, row) in table.read) table.CheckReferences(figure, row);
        return table;
    }

    private void Take(FigureColumns columns, SheetRow row)
    {
        var before = refused.Count;
        string Cell(string column) => columns[row, column];
        void No(string code, string column, params object[] arguments) => refused.Add(new Refusal(code, row.At(column), arguments));

        var id = Cell("id");
        if (!IsId(id)) No("figures.id", "id", id);
        else if (!ids.Add(id)) No("figures.id-twice", "id", id);
        if (!FigureColumns.TryKind(Cell("kind"), out var kind)) No("figures.kind", "kind", Cell("kind"));
        if (!FigureColumns.TryBound(Cell("bound"), out var bound)) No("figures.bound", "bound", Cell("bound"));
        if (!FigureColumns.TryGroupKind(Cell("group_kind"), out var groupKind)) No("figures.group-kind", "group_kind", Cell("group_kind"));
        long times = 1, decimals = 0;
        if (Cell("times").Length > 0 && (!Numerals.TryParseFixed(Cell("times"), 0, out times) || times < 1)) No("figures.times", "times", Cell("times"));
        var saysDecimals = Cell("decimals").Length > 0;
        if (saysDecimals && (!Numerals.TryParseFixed(Cell("decimals"), 0, out decimals) || decimals is < -12 or > 6)) No("figures.decimals", "decimals", Cell("decimals"));
        decimal? printed = null;
        var shown = 0;
        if (kind != FigureKind.Text && Cell("figure") is { Length: > 0 } text)
        {
            var digits = Numerals.Narrow(text).TrimEnd('%', '％', ' ');
            if (!Numerals.TryParseFixed(digits, 6, out var millionths) || Math.Abs(millionths / 1e6m * times) > Largest) No("figures.number", "figure", text);
            else
            {
                printed = millionths / 1e6m;
                shown = digits.Contains('.', StringComparison.Ordinal) ? digits.Length - digits.IndexOf('.', StringComparison.Ordinal) - 1 : 0;
                // A zero at the end may be there or not: Excel takes it away.
                if (saysDecimals && decimal.Truncate(printed.Value / FigureBook.Unit((int)decimals)) * FigureBook.Unit((int)decimals) != printed) No("figures.more-decimals", "figure", text, decimals);
            }
        }
        if (Cell("must_be") is { Length: > 0 } relation && !Relation.TryParse(relation, out _)) No("figures.relation-form", "must_be", relation, Relation.Longest);
        if (refused.Count > before) return;
        read.Add((new ReportedFigure
        {
            Id = id, Label = Cell("label"), Printed = printed, Decimals = saysDecimals ? (int)decimals : Math.Min(6, shown), IsRounded = saysDecimals || shown > 0,
            Unit = Cell("unit"), Times = times, Kind = kind, Bound = bound, BaseLabel = Cell("base_label"), Bases = [.. List(Cell("base")).Select(Plain)], Numerator = One(Cell("numerator")),
            Year = Cell("year"), Place = Cell("place"), PlaceKind = Cell("place_kind"), Within = Cell("within"), Source = Cell("source"), Locus = Cell("locus"),
            Group = Cell("group"), GroupKind = groupKind, RoutedFrom = One(Cell("routed_from")), Parts = List(Cell("parts")), SubsetOf = One(Cell("subset_of")),
            CoveredBy = List(Cell("covered_by")), SameAs = One(Cell("same_as")), Before = One(Cell("before")),
            Listed = Cell("listed").Split([';', '；', '、', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            MustBe = Cell("must_be"), Because = Cell("because"),
        }, row));
    }

    private void CheckReferences(ReportedFigure figure, SheetRow row)
    {
        void Check(string column, IEnumerable<string?> named, bool numbers = false)
        {
            foreach (var id in named)
                if (id is not null && !ids.Contains(id) && !(numbers && char.IsAsciiDigit(id[0]) && decimal.TryParse(id, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _)))
                    refused.Add(new Refusal("figures.no-such-figure", row.At(column), id));
        }
        Check("base", figure.Bases, numbers: true);
        Check("numerator", [figure.Numerator], numbers: true);
        Check("routed_from", [figure.RoutedFrom]);
        Check("parts", figure.Parts);
        Check("subset_of", [figure.SubsetOf]);
        Check("covered_by", figure.CoveredBy);
        Check("same_as", [figure.SameAs]);
        Check("before", [figure.Before]);
        if (figure.MustBe.Length > 0 && Relation.TryParse(figure.MustBe, out var named)) Check("must_be", named);
    }

    private static bool IsId(string text) => text.Length is > 0 and <= 40 && char.IsLetter(text[0]) && text.All(c => char.IsLetterOrDigit(c) || c is '_' or '.');

    private static string[] List(string cell) => cell.Split([' ', ';', '；', '、', '+', '\u3000', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string? One(string cell) => cell.Length == 0 ? null : Plain(cell);

    // A base typed as 1,200 or １２０ is a number; all else is an id.
    private static string Plain(string word) => word.Length <= 24 && Numerals.TryParseFixed(word, 0, out var number) && number >= 0 ? number.ToString(CultureInfo.InvariantCulture) : word;
}
