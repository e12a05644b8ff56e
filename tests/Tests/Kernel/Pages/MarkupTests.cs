using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Pages;

namespace Shanhuo.Tests.Kernel.Pages;

public sealed class MarkupTests
{
    private const string Evil = "\"><script>alert(1)</script><img src=x onerror='alert(2)'>&";
    private static readonly ChartHead Head = new(Evil, Evil, Language.Zh);
    private static readonly Fen[] Three = [new(100), new(250), new(0)];

    public static TheoryData<string> Pieces => [.. All.Keys];

    private static Dictionary<string, Func<IHtmlContent>> All => new()
    {
        ["bars"] = () => Charts.Bars([new(Evil, new(100)), new(Evil, new(-50))], Head),
        ["shares"] = () => Charts.Shares([new(Evil, new(100)), new(Evil, new(50))], Head),
        ["build-up"] = () => Charts.BuildUp([new(Evil, new(100)), new(Evil, new(-50)), new(Evil, new(50), true)], Head),
        ["spark"] = () => Charts.Spark(Three, Evil),
        ["columns"] = () => TimeCharts.Columns([Evil, Evil, Evil], [new(Evil, Three), new(Evil, Three)], Head),
        ["lines"] = () => TimeCharts.Lines([Evil, Evil, Evil], [new(Evil, Three), new(Evil, Three)], Head),
        ["flow"] = () => FlowChart.Draw([new(Evil, Evil, 0), new("b", Evil, 1), new("c", Evil, 2)], [new(Evil, "b", new(100)), new("b", "c", new(100))], Head),
        ["notes"] = () => NotesAndCoins.Draw(new(123_456), Language.En),
        ["icon in code"] = () => Drawing.Icon(Evil),
        ["icon"] = () => Tag(new IconTag { Name = Evil, Label = Evil }),
        ["speak"] = () => Tag(new SpeakTag { Text = Evil, Label = Evil }),
        ["state"] = () => Tag(new StateTag { Is = "warn" }, Evil),
        ["money"] = () => Tag(new MoneyTag { Of = new(-125) }),
        ["weight"] = () => Tag(new WeightTag { Of = new(12_500) }),
        ["day"] = () => Tag(new DayTag { Of = new(2026, 11, 21) }),
        ["month"] = () => Tag(new MonthTag { Of = new(2026, 11, 21) }),
        ["wallet"] = () => Tag(new WalletTag { Of = new(38_650) }),
    };

    [Theory, MemberData(nameof(Pieces))]
    public void What_is_filled_in_never_becomes_markup_and_nothing_is_styled_inline(string piece)
    {
        var html = Write(All[piece]());
        Assert.NotEmpty(html);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(" style=", html, StringComparison.Ordinal);
        // Quotes and ampersands too: what is left must read as well-formed markup.
        _ = System.Xml.Linq.XElement.Parse($"<div>{html.Replace(" hidden ", " ", StringComparison.Ordinal).Replace("&nbsp;", " ", StringComparison.Ordinal)}</div>");
    }

    [Fact]
    public void Money_is_shown_for_eyes_machines_and_ears()
    {
        var html = Write(Tag(new MoneyTag { Of = new(125_890) }));
        Assert.Contains("value=\"1258.90\"", html, StringComparison.Ordinal);
        Assert.Contains(">¥1,258.90<", html, StringComparison.Ordinal);
        Assert.Contains("data-say=\"一千二百五十八元九角\"", html, StringComparison.Ordinal);
        Assert.Contains("minus", Write(Tag(new MoneyTag { Of = new(-1) })), StringComparison.Ordinal);
    }

    [Fact]
    public void Days_months_and_weights_follow_the_language()
    {
        var day = new DateOnly(2026, 11, 21);
        Assert.Equal(["2026年11月21日", "21 Nov 2026", "2026年11月", "Nov 2026"], new[] { Dates.Day(day, Language.Zh), Dates.Day(day, Language.En), Dates.Month(day, Language.Zh), Dates.Month(day, Language.En) });
        Assert.Equal("25\u00A0斤", Amounts.Weight(new(12_500), WeightUnit.Jin, Language.Zh));
        Assert.Equal("12.5\u00A0kg", Amounts.Weight(new(12_500), WeightUnit.Kilogram, Language.En));
        Assert.Contains(">21 Nov 2026<", Write(Tag(new DayTag { Of = day }, language: Language.En)), StringComparison.Ordinal);
        Assert.Equal("12.86万", Amounts.Brief(new(12_864_000), Language.Zh));
        Assert.Equal("¥128.6k", Amounts.Brief(new(12_864_000), Language.En));
    }

    [Fact]
    public void A_price_whose_total_is_not_the_sum_of_its_steps_is_not_drawn() =>
        Assert.Throws<ArgumentException>(() => Charts.BuildUp([new("a", new(100)), new("b", new(99), true)], Head));

    [Fact]
    public void Charts_of_nothing_and_of_the_largest_amounts_are_drawn()
    {
        var most = new Fen(long.MaxValue);
        _ = (Charts.Bars([], Head), Charts.Shares([], Head), Charts.BuildUp([], Head), Charts.Spark([], ""), TimeCharts.Columns([], [], Head), TimeCharts.Lines([], [], Head), FlowChart.Draw([], [], Head));
        _ = (Charts.Bars([new("a", most)], Head), Charts.Spark([most, new(0)], ""), TimeCharts.Lines(["a"], [new("b", [most])], Head), TimeCharts.Columns(["a"], [new("b", [most])], Head));
    }

    private static HtmlString Tag(TagHelper tag, string inside = "", Language language = Language.Zh)
    {
        var http = new DefaultHttpContext();
        http.Items["language"] = language;
        if (tag is PageTag page) page.ViewContext = new ViewContext { HttpContext = http };
        var output = new TagHelperOutput("x", [], (_, _) => Task.FromResult<TagHelperContent>(new DefaultTagHelperContent()));
        output.Content.SetContent(inside);
        tag.Process(new TagHelperContext([], new Dictionary<object, object>(), "1"), output);
        using var writer = new StringWriter();
        output.WriteTo(writer, HtmlEncoder.Create(System.Text.Unicode.UnicodeRanges.All));
        return new HtmlString(writer.ToString());
    }

    private static string Write(IHtmlContent content)
    {
        using var writer = new StringWriter();
        content.WriteTo(writer, HtmlEncoder.Default);
        return writer.ToString();
    }
}
