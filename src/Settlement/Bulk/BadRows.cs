using System.Globalization;
using System.Text;
using Shanhuo.Kernel;

namespace Shanhuo.Settlement.Bulk;

/// <summary>Names what is wrong on standard error as it is found, <c>FILE:ROW:COLUMN: why</c>, and counts it.</summary>
internal sealed class BadRows(Texts texts, Language language, TextWriter error)
{
    /// <summary>How many cells, rows and files were refused.</summary>
    public long Count { get; private set; }

    /// <summary>A bad row.</summary>
    /// <param name="file">As the user gave it.</param>
    /// <param name="row">1 is the header.</param>
    /// <param name="column">Its name in the header.</param>
    /// <param name="code">Key of the text.</param>
    /// <param name="arguments">Fill the text; cells through <see cref="Show"/>.</param>
    public void Add(string file, int row, string column, string code, params object[] arguments)
    {
        Count++;
        error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{file}:{row}:{column}: {texts.Say(language, code, arguments)}"));
    }

    /// <summary>Something wrong with a whole file, or with a place in a document.</summary>
    public void Add(string file, string? place, string code, params object[] arguments)
    {
        Count++;
        error.WriteLine($"{(place is null ? file : $"{file}:{place}")}: {texts.Say(language, code, arguments)}");
    }

    /// <summary>Something that a person should know and that stops nothing.</summary>
    public void Warn(string file, string code, params object[] arguments) => error.WriteLine($"{file}: {texts.Say(language, code, arguments)}");

    /// <summary>A cell as it can stand in a message: cut where it is long, what cannot be printed as a question mark.</summary>
    public static string Show(ReadOnlySpan<byte> cell)
    {
        var text = Encoding.UTF8.GetString(cell.Length > 120 ? cell[..120] : cell);
        var shown = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (shown.Length >= 40) return shown.Append('…').ToString();
            shown.Append(Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format ? "?" : rune.ToString());
        }
        return shown.ToString();
    }
}
