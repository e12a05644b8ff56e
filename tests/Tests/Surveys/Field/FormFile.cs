using System.Security;
using Shanhuo.Tests.Kernel.Sheets;

namespace Shanhuo.Tests.Surveys.Field;

/// <summary>A questionnaire as the workbook that an official sends in.</summary>
internal static class FormFile
{
    public const string Survey = """
        type,name,label::中文 (zh),label::English (en),relevant,constraint,constraint_message::中文 (zh),required,choice_filter,calculation
        begin group,home,家里,Home,,,,,,
        select_one yn,sells,您在网上卖东西吗？,Do you sell online?,,,,yes,,
        integer,orders,上个月几单？,How many orders last month?,${sells} = 'y',. >= 0 and . <= 500,单数在 0 到 500 之间,,,
        select_multiple why,why,为什么？,Why?,,,,,,
        end group,,,,,,,,,
        begin repeat,goods,货物,Goods,${sells} = 'y',,,,,
        text,good,什么货？,What?,,,,,,
        end repeat,,,,,,,,,
        note,thanks,谢谢,Thank you,,,,,,
        calculate,many,,,,,,,,"if(${orders} > 10, 'many', 'few')"
        """;
    public const string Choices = "list_name,name,label::中文 (zh),label::English (en)\nyn,y,是,Yes\nyn,n,否,No\nwhy,price,价钱好,Good price\nwhy,near,路近,Near\n";

    public static byte[] Xlsx(string survey = Survey, string choices = Choices)
    {
        const string office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        var sheets = new[] { ("survey", survey), ("choices", choices), ("settings", "form_title,form_id\n卖货调查,sales\n") };
        var parts = new List<(string, Action<StreamWriter>)>
        {
            ("[Content_Types].xml", w => w.Write("<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>")),
            ("_rels/.rels", w => w.Write($"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>")),
            ("xl/workbook.xml", w => w.Write($"<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"{office}\"><sheets>{string.Concat(sheets.Select((s, i) => $"<sheet name=\"{s.Item1}\" sheetId=\"{i + 1}\" r:id=\"r{i}\"/>"))}</sheets></workbook>")),
            ("xl/_rels/workbook.xml.rels", w => w.Write($"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{string.Concat(sheets.Select((_, i) => $"<Relationship Id=\"r{i}\" Type=\"{office}/worksheet\" Target=\"worksheets/sheet{i}.xml\"/>"))}</Relationships>")),
        };
        parts.AddRange(sheets.Select((s, i) => ($"xl/worksheets/sheet{i}.xml", (Action<StreamWriter>)(w => w.Write(Sheet(s.Item2))))));
        return SheetFiles.Zip(parts);
    }

    private static string Sheet(string csv) =>
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>" + string.Concat(csv.ReplaceLineEndings("\n").Split('\n').Select(line => $"<row>{string.Concat(Cells(line).Select(c => $"<c t=\"inlineStr\"><is><t>{SecurityElement.Escape(c)}</t></is></c>"))}</row>")) + "</sheetData></worksheet>";

    // Of quotes only those around a whole cell.
    private static IEnumerable<string> Cells(string line) => line.Contains('"') ? line[..line.IndexOf('"')].Split(',').SkipLast(1).Append(line[(line.IndexOf('"') + 1)..^1]) : line.Split(',');
}
