using Shanhuo.Tests.Kernel.Sheets;

namespace Shanhuo.Tests.Surveys.Responses;

public sealed class ResponseReaderTests
{
    private const string Choices = "list_name,name,label,town\nyn,1,Yes,\nyn,0,No,\ntool,phone,Phone,\ntool,cart,Cart,\ntown,t1,T1,\ntown,t2,T2,\nvillage,a,A,t1\nvillage,b,B,t2\n";
    private const string Form = "type,name,relevant,constraint,choice_filter\nselect_one yn,sells,,,\nbegin group,g,,,\nselect_multiple tool,tools,,,\nend group,,,,\ninteger,age,,. <= 120,\nselect_one town,town,,,\nselect_one village,village,,,town = ${town}\ndate,day,,,\ndecimal,mu,,,\n";

    [Theory]
    [InlineData("tools\nphone cart\ncart\n\"\"\nphone")]
    [InlineData("g/tools\nphone cart\ncart\n\"\"\nphone")]
    [InlineData("tools/phone,tools/cart\n1,1\n0,1\n,\n1,0")]
    [InlineData("g/tools/phone,g/tools/cart\nTRUE,1\n0,1\n,\n1,FALSE")]
    [InlineData("tools_phone,tools_cart\n１,1\n0,1\n,\n1,0")]
    public async Task Several_answers_are_read_from_one_column_or_from_one_each(string data)
    {
        using var folder = new SurveyFolder(Form, Choices, "id," + data.Replace("\n", "\nx,", StringComparison.Ordinal));
        var printed = await folder.Tabulate("tools");
        Assert.Equal((0, "2", "4", "50.00"), (printed.Exit, printed.Cell("phone", "asked")["count"], printed.Cell("phone", "asked")["base_count"], printed.Cell("phone", "asked")["percent"]));
        Assert.Equal(("3", "66.67"), (printed.Cell("cart", "answered")["base_count"], printed.Cell("cart", "answered")["percent"]));
        Assert.Equal(("4", "50.00"), (printed.Cell("cart", "answers")["base_count"], printed.Cell("cart", "answers")["percent"]));
        Assert.Equal("1", printed.Of("left-out").Single(r => r["row"] == "no-answer")["count"]);
    }

    [Theory]
    [InlineData("sells\n1\n2", "data.csv:3:sells: '2' is no choice")]
    [InlineData("tools\nphone hoe", "data.csv:2:tools: 'hoe' is no choice")]
    [InlineData("tools/phone,tools/cart\n1,yes", "data.csv:2:tools/cart: 'yes' is no mark")]
    [InlineData("tools/phone,tools/cart\n1,", "data.csv:2:tools/cart: Some choices")]
    [InlineData("age\n30\n3.5", "data.csv:3:age: '3.5' is no whole number")]
    [InlineData("age\n121", "data.csv:2:age: '121' breaks the constraint in row 6")]
    [InlineData("town,village\nt1,a\nt1,b", "data.csv:3:village: After the earlier answers the choice 'b'")]
    [InlineData("day\n2026-13-01", "data.csv:2:day: '2026-13-01' is no day")]
    [InlineData("mu\nfive", "data.csv:2:mu: 'five' is no number")]
    [InlineData("sells,sells\n1,0", "data.csv:1:sells: The column 'sells' stands twice")]
    [InlineData("sells\n", "data.csv: The file holds no response")]
    public async Task A_wrong_answer_is_refused_with_its_row_and_column(string data, string error)
    {
        using var folder = new SurveyFolder(Form, Choices, data);
        var printed = await folder.Tabulate("sells");
        Assert.Equal(1, printed.Exit);
        Assert.Empty(printed.Rows);
        Assert.Contains(error, printed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_in_GB18030_with_full_width_digits_are_read()
    {
        using var folder = new SurveyFolder("type,name\nselect_one 是否,卖货吗\ninteger,age", "list_name,name\n是否,有\n是否,无");
        await File.WriteAllBytesAsync(folder.Data, SheetFiles.Gb18030("卖货吗,age\r\n有,４５\r\n无,46\r\n有,45\r\n"));
        var printed = await folder.Tabulate("卖货吗", "age");
        Assert.Equal("2", printed.Cell("有", "column-answered", "45")["count"]);
        Assert.Equal("3", printed.Cell("有", "all-answered", "45")["base_count"]);
    }

    [Fact]
    public async Task Skip_logic_makes_the_base_and_what_is_unknown_is_left_out_and_counted()
    {
        using var folder = new SurveyFolder("type,name,relevant,calculation\nselect_one yn,sells,,\nbegin group,g,${sells} = '1',\nselect_multiple tool,tools,,\nend group,,,\ncalculate,both,,\"if(count-selected(${tools}) = 2, 'both', 'not')\"", Choices,
            "sells,tools\n1,phone\n1,phone cart\n1,\n0,\n0,cart\n,phone\n");
        var printed = await folder.Tabulate("tools");
        Assert.Equal("3", printed.Cell("phone", "asked")["base_count"]);
        Assert.Equal("2", printed.Cell("phone", "answered")["count"]);
        Assert.Equal("1", printed.Cell("cart", "answered")["count"]);
        Assert.Equal(["not-asked 1", "answered-though-not-asked 1", "routing-unknown 1", "no-answer 1"], printed.Of("left-out").Select(r => $"{r["row"]} {r["count"]}"));
        Assert.Contains("4 of 6 responses", printed.Error, StringComparison.Ordinal);
        var computed = await folder.Tabulate("both");
        Assert.Equal("1", computed.Cell("both", "answered")["count"]);
    }
}
