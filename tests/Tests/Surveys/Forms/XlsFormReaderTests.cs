using Shanhuo.Kernel;
using Shanhuo.Surveys.Forms;
using Shanhuo.Tests.Kernel.Sheets;

namespace Shanhuo.Tests.Surveys.Forms;

public sealed class XlsFormReaderTests
{
    private const string Choices = "list_name,name,label,town\nyn,1,Yes,\nyn,0,No,\nvillage,a,A,t1\nvillage,b,B,t2\n";

    [Theory]
    [InlineData("type,name\nselect_one yn,q\nphoto,p", "survey.csv:3:type", "form.type")]
    [InlineData("type,name\nselect_one yn or_other,q", "survey.csv:2:type", "form.type")]
    [InlineData("type,name\nselect_one no,q", "survey.csv:2:type", "form.no-list")]
    [InlineData("type,name,relevant\ninteger,q,${Q} > 1", "survey.csv:2:relevant", "form.reference")]
    [InlineData("type,name,relevant\ninteger,a,${b} > 1\ninteger,b,${c} = 1\ninteger,c,${a} = 1", "survey.csv:2:relevant", "form.cycle")]
    [InlineData("type,name,relevant\nbegin group,g,${a} > 1\ninteger,a,\nend group,,", "survey.csv:2:relevant", "form.cycle")]
    [InlineData("type,name,calculation\ncalculate,a,${a} + 1", "survey.csv:2:calculation", "form.cycle")]
    [InlineData("type,name,constraint\ninteger,q,. >", "survey.csv:2:constraint", "form.xpath")]
    [InlineData("type,name,relevant\ninteger,q,. > 1", "survey.csv:2:relevant", "form.self")]
    [InlineData("type,name,choice_filter\nselect_one village,q,county = 1", "survey.csv:2:choice_filter", "form.filter-column")]
    [InlineData("type,name\ninteger,q\ntext,q", "survey.csv:3:name", "form.name-twice")]
    [InlineData("type,name\ninteger,2 q", "survey.csv:2:name", "form.name")]
    [InlineData("type,name\nbegin group,g\ninteger,q", "survey.csv:2:name", "form.never-ended")]
    [InlineData("type,name\nbegin repeat,g\nend group,", "survey.csv:3:type", "form.end-without-begin")]
    [InlineData("type,name\ncalculate,c", "survey.csv:2:calculation", "form.no-calculation")]
    [InlineData("type,label\ninteger,q", "survey.csv:1:name", "form.no-column")]
    [InlineData("type,name\nnote,n\ninteger,q", null, null)]
    public async Task A_form_is_refused_with_sheet_row_column_and_reason(string survey, string? place, string? code)
    {
        using var folder = new SurveyFolder(survey, Choices);
        var (form, bad) = await XlsFormReader.Read(folder.Path, default);
        Assert.Equal(code is null, form is not null);
        Assert.Equal((place, code), (bad.FirstOrDefault()?.Where.ToString(), bad.FirstOrDefault()?.Code));
    }

    [Fact]
    public async Task A_workbook_is_read_by_its_sheets_with_labels_in_both_languages()
    {
        static string Sheet(params string[][] rows) => "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>" + string.Concat(rows.Select((row, r) =>
            $"<row r=\"{r + 1}\">" + string.Concat(row.Select((text, c) => $"<c r=\"{(char)('A' + c)}{r + 1}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")) + "</row>")) + "</sheetData></worksheet>";
        const string office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        var sheets = new[] { ("survey", Sheet(["type", "name", "label::English (en)", "label::中文 (zh)", "relevance"], ["select one yn", "q", "Is it?", "是吗？", ""], ["int", "n", "How many?", "几个？", "${q} = 1"])), ("choices", Sheet(["list name", "value", "label::English (en)"], ["yn", "1", "Yes"], ["yn", "0", "No"])), ("settings", Sheet(["form_title"], ["Title"])) };
        var parts = new List<(string, Action<StreamWriter>)>
        {
            ("[Content_Types].xml", w => w.Write("<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>")),
            ("_rels/.rels", w => w.Write($"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>")),
            ("xl/workbook.xml", w => w.Write($"<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"{office}\"><sheets>{string.Concat(sheets.Select((s, i) => $"<sheet name=\"{s.Item1}\" sheetId=\"{i + 1}\" r:id=\"r{i}\"/>"))}</sheets></workbook>")),
            ("xl/_rels/workbook.xml.rels", w => w.Write($"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{string.Concat(sheets.Select((_, i) => $"<Relationship Id=\"r{i}\" Type=\"{office}/worksheet\" Target=\"worksheets/sheet{i}.xml\"/>"))}</Relationships>")),
        };
        parts.AddRange(sheets.Select((s, i) => ($"xl/worksheets/sheet{i}.xml", (Action<StreamWriter>)(w => w.Write(s.Item2)))));
        using var folder = new SurveyFolder("", "");
        var path = Path.Combine(folder.Path, "form.xlsx");
        await File.WriteAllBytesAsync(path, SheetFiles.Zip(parts));
        var (form, bad) = await XlsFormReader.Read(path, default);
        Assert.Empty(bad);
        Assert.Equal("Title", form!.Title);
        Assert.Equal(["q", "n"], form.Items.Select(i => i.Name));
        Assert.Equal("是吗？", form.Items[0].Label.Pick(Language.Zh, ""));
        Assert.Equal("Is it?", form.Items[0].Label.Pick(Language.En, ""));
        Assert.Equal(["1", "0"], form.Items[0].Choices.Select(c => c.Name));
        Assert.Equal(["q"], form.Items[1].Relevant!.References);
    }
}
