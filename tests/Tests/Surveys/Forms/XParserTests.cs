using Shanhuo.Kernel;
using Shanhuo.Surveys.Forms.XPath;

namespace Shanhuo.Tests.Surveys.Forms;

public sealed class XParserTests
{
    private sealed class Answers : IXContext
    {
        public XValue Answer(string name) => name switch { "age" => XValue.Of("17"), "tools" => XValue.Of("phone cart"), "skipped" => XValue.Nothing, "born" => XValue.Of("2001-02-03"), _ => XValue.Blank };
        public XValue Self => XValue.Of("12");
        public XValue ChoiceColumn(string name) => XValue.Of("zjc");
        public DateOnly? Today => null;
    }

    [Theory]
    [InlineData("1 + 2 * 3", "7")]
    [InlineData("(1 + 2) * 3 - -4", "13")]
    [InlineData("7 mod 4 + 8 div 2", "7")]
    [InlineData("${age} < 18 and not(${age} = 16)", "true")]
    [InlineData("${age}>=17 or false()", "true")]
    [InlineData("selected(${tools}, 'cart')", "true")]
    [InlineData("selected(${tools}, ‘car’)", "false")]
    [InlineData("count-selected(${tools}) = 2", "true")]
    [InlineData("if(${age} > 60, 'elder', \"adult\")", "adult")]
    [InlineData(". >= 0 and . <= 120", "true")]
    [InlineData("county = 'zjc'", "true")]
    [InlineData("${born} < date('2010-01-01')", "true")]
    [InlineData("coalesce(${unknown}, ${age})", "17")]
    [InlineData("round(2.5) + int(3.9)", "6")]
    [InlineData("regex(${age}, '^[0-9]+$')", "true")]
    [InlineData("concat('a', 'b', 1)", "ab1")]
    [InlineData("${skipped} = 'x'", "false")]
    public void An_expression_has_the_value_that_XPath_gives_it(string text, string value) =>
        Assert.Equal(value, XParser.Parse(text, Place.None, bareNames: true).Value.Evaluate(new Answers()).ToText());

    [Theory]
    [InlineData("${unknown} + 0", null)]
    [InlineData("${unknown} > 3", null)]
    [InlineData("not(${unknown} = 'x')", null)]
    [InlineData("${unknown} = 'x' and ${age} > 60", false)]
    [InlineData("${unknown} = 'x' or ${age} < 60", true)]
    [InlineData("${unknown} = ''", true)]
    [InlineData("today() > ${born}", null)]
    [InlineData("5 div 0 > 1", null)]
    public void What_is_blank_stays_unknown_and_is_never_zero(string text, bool? truth) => Assert.Equal(truth, XParser.Parse(text, Place.None).Value.Evaluate(new Answers()).ToTruth());

    [Theory]
    [InlineData("pulldata('x', 1)", "form.xpath-function")]
    [InlineData("../age > 3", "form.xpath-path")]
    [InlineData("/data/age > 3", "form.xpath-path")]
    [InlineData("if(1, 2)", "form.xpath-arguments")]
    [InlineData("${age} >", "form.xpath")]
    [InlineData("(1 + 2", "form.xpath")]
    [InlineData("age > 3", "form.xpath")]
    [InlineData("'open", "form.xpath")]
    [InlineData("1 1", "form.xpath")]
    [InlineData("regex('a', '(?=a)')", "form.xpath-pattern")]
    public void A_broken_expression_is_refused_with_its_reason(string text, string code) => Assert.Equal(code, XParser.Parse(text, Place.None).Refused!.Code);

    [Fact]
    public void Neither_a_long_nor_a_deep_expression_exhausts_the_stack()
    {
        Assert.Equal("form.xpath-long", XParser.Parse(string.Join('+', Enumerable.Repeat("1", 16_000)), Place.None).Refused!.Code);
        Assert.Equal("form.xpath-long", XParser.Parse(new string('(', 32_000), Place.None).Refused!.Code);
        Assert.Equal("form.xpath-long", XParser.Parse(new string('-', 32_000) + "1", Place.None).Refused!.Code);
    }
}
