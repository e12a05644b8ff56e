using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Shanhuo.Tests.Kernel.Pages;

/// <summary>What a first visit over a village line has to carry.</summary>
public sealed partial class AssetTests
{
    [Theory]
    [InlineData("shanhuo.css", 5632)]
    [InlineData("speak.js", 1024)]
    [InlineData("icons.svg", 4 * 1024)]
    [InlineData("notes.svg", 1024)]
    [InlineData("mark.svg", 512)]
    [InlineData("print.css", 1536)]
    public void Compressed_it_stays_within_its_budget(string file, int bytes)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.SmallestSize, leaveOpen: true)) brotli.Write(File.ReadAllBytes(Wwwroot.Path(file)));
        Assert.InRange(packed.Length, 1, bytes);
    }

    [Fact]
    public void The_icons_are_at_most_14_kB_and_the_script_2_kB()
    {
        Assert.InRange(new FileInfo(Wwwroot.Path("icons.svg")).Length, 1, 14 * 1024);
        Assert.InRange(new FileInfo(Wwwroot.Path("speak.js")).Length, 1, 2 * 1024);
    }

    [Fact]
    public void Every_drawing_of_goods_is_sound_small_and_without_script_or_style()
    {
        var drawings = Directory.GetFiles(Wwwroot.Path("goods"), "*.svg");
        Assert.Equal(["almond", "apple", "beef", "blanket", "lily", "mutton", "sanzi", "sheep", "spice", "wicker"], drawings.Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));
        foreach (var drawing in drawings)
        {
            Assert.InRange(new FileInfo(drawing).Length, 1, 2560);
            Assert.DoesNotContain(XDocument.Load(drawing).Descendants(), e => e.Name.LocalName is "script" or "style" || e.Attribute("style") is not null);
        }
    }

    [Fact]
    public void Icons_have_one_name_each_and_the_work_has_its_icons()
    {
        var names = XDocument.Load(Wwwroot.Path("icons.svg")).Root!.Elements().Select(e => e.Attribute("id")!.Value).ToList();
        Assert.Equal(names.Distinct(), names);
        Assert.Superset(
            "scale lot household station cooperative enterprise platform village order parcel money notes receipt split ledger chain seal vote contract calendar chart map search speaker check cross warn stop clock lock user sign-out language print download upload left right up down plus minus camera microphone phone help filter edit undo sheep basket blanket cow truck hand-over offline menu info".Split(' ').ToHashSet(),
            names.ToHashSet());
    }

    [Fact]
    public void No_style_sheet_or_script_asks_another_host_or_another_font()
    {
        foreach (var file in new[] { "shanhuo.css", "print.css", "speak.js" })
            Assert.DoesNotMatch("@import|url\\(|https?:|@font-face", Wwwroot.Read(file));
    }

    [Fact]
    public void No_text_is_set_smaller_than_the_page() => Assert.DoesNotContain(FontSizes().Matches(Wwwroot.Read("shanhuo.css")), m => decimal.Parse(m.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture) < 1.125m);

    [GeneratedRegex(@"(?:font-size: |font: 700 )([\d.]+)rem")]
    private static partial Regex FontSizes();
}
