using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using QRCoder;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Lots;
using Shanhuo.Tests.Databases;

namespace Shanhuo.Tests.Market.Lots;

public sealed partial class PackLabelTests
{
    private static readonly PackLabel Label = new("杏仁 1级", "L-620525-00042", "零零零四二", "保质到 2027-11-21", "", "https://sy.example.cn/trace/L-620525-00042");

    [Fact]
    public void A_thermal_label_is_these_bytes()
    {
        // ESC/POS commands by their numbers; 杏仁 1级 in GB18030 is D0D3 C8CA 20 31 BCB6, 零 C1E3, 四 CBC4, 二 B6FE, 保质到 B1A3 D6CA B5BD.
        var golden = "1B401C26" + "1B6101" + "1B4501" + "D0D3C8CA2031BCB60A" + "1B4500"
            + "1D286B040031413200" + "1D286B0300314306" + "1D286B0300314531" + "1D286B2D00315030" + Convert.ToHexString("https://sy.example.cn/trace/L-620525-00042"u8) + "1D286B0300315130"
            + Convert.ToHexString("L-620525-00042\n"u8) + "C1E3C1E3C1E3CBC4B6FE0A" + "B1A3D6CAB5BD20323032372D31312D32310A" + "1B6403";
        Assert.Equal(golden, Convert.ToHexString(Label.EscPos(1)));
        Assert.Equal(golden + golden[8..], Convert.ToHexString(Label.EscPos(2)));
    }

    [Fact]
    public void A_long_name_goes_on_in_the_next_line_and_no_character_is_cut()
    {
        var bytes = (Label with { Goods = new string('杏', 17) + "a" }).EscPos(1);
        Assert.Contains(Convert.ToHexString([.. Enumerable.Repeat(new byte[] { 0xD0, 0xD3 }, 16).SelectMany(b => b), 0x0A, 0xD0, 0xD3, (byte)'a', 0x0A]), Convert.ToHexString(bytes));
    }

    [Fact]
    public void Control_characters_of_a_name_do_not_reach_the_printer() => Assert.DoesNotContain("1B4040", Convert.ToHexString((Label with { Goods = "a\u001b@@" }).EscPos(1)));

    [Fact]
    public void The_drawing_is_the_code_of_the_text_module_by_module()
    {
        foreach (var text in new[] { Label.Address, "https://sy.example.cn/01/06291041500213/10/L-620525-00042" })
        {
            using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
            var size = code.ModuleMatrix.Count;
            var svg = QrDrawing.Svg(text);
            var width = double.Parse(ViewBox().Match(svg).Groups[1].Value, CultureInfo.InvariantCulture);
            var edges = Path().Matches(svg).SelectMany(m => Edges(m.Groups[1].Value)).ToList();
            Assert.True(edges.Count > 4 * size, svg[..300]);
            // Dark where a ray from the middle of the module crosses an odd number of upright edges.
            for (var r = 0; r < size; r++)
                for (var c = 0; c < size; c++)
                {
                    var (x, y) = ((c + 0.5) * width / size, (r + 0.5) * width / size);
                    Assert.True(code.ModuleMatrix[r][c] == (edges.Count(e => e.X > x && y > Math.Min(e.From, e.To) && y < Math.Max(e.From, e.To)) % 2 == 1), $"{r},{c}: {svg[..300]}");
                }
        }
    }

    // The upright edges of a path of straight lines.
    private static IEnumerable<(double X, double From, double To)> Edges(string path)
    {
        var (x, y, startX, startY, command) = (0.0, 0.0, 0.0, 0.0, ' ');
        var found = new List<(double, double, double)>();
        var numbers = new Queue<string>(Token().Matches(path).Select(m => m.Value));
        double Number() => double.Parse(numbers.Dequeue(), CultureInfo.InvariantCulture);
        while (numbers.Count > 0)
        {
            if (char.IsLetter(numbers.Peek()[0])) command = numbers.Dequeue()[0];
            var before = (X: x, Y: y);
            switch (command)
            {
                case 'M': (x, y) = (Number(), Number()); (startX, startY, before) = (x, y, (x, y)); break;
                case 'm': (x, y) = (x + Number(), y + Number()); (startX, startY, before) = (x, y, (x, y)); break;
                case 'H': x = Number(); break;
                case 'h': x += Number(); break;
                case 'V': y = Number(); break;
                case 'v': y += Number(); break;
                case 'z' or 'Z': (x, y) = (startX, startY); break;
                default: Assert.Fail($"A command that is not read here: {command}"); break;
            }
            if (before.X == x && before.Y != y) found.Add((x, before.Y, y));
        }
        return found;
    }

    [Theory]
    [InlineData(Language.Zh, "零零零四二K七QFP")]
    [InlineData(Language.En, "zero zero zero four two K seven Q F P")]
    public void The_number_is_spelt_for_the_telephone(Language language, string words) => Assert.Equal(words, PackLabel.Spell("L-620525-00042-K7QFP", language));

    [Fact]
    public async Task A_station_prints_labels_of_its_own_lots_only()
    {
        await using var host = await TestHost.Start(DatabaseKind.Sqlite);
        await SmallCounty.Found(host);
        await SmallCounty.TakeIn(host);
        var station = await host.VisitAs(Role.Station, SmallCounty.VillageA, SmallCounty.StationA);
        var page = await station.Get($"/market/lots/labels?id={SmallCounty.Lot}&count=7");
        Assert.Equal(7, page.Page.QuerySelectorAll(".labels li").Length);
        Assert.Contains("<svg", await station.Client.GetStringAsync($"/market/lots/labels/code/{SmallCounty.Lot}"));
        var bytes = await station.Client.GetByteArrayAsync($"/market/lots/labels/printer/{SmallCounty.Lot}?count=3");
        Assert.Equal([0x1B, 0x40, 0x1C, 0x26], bytes[..4]);
        var other = await host.VisitAs(Role.Station, SmallCounty.VillageB, SmallCounty.StationB);
        foreach (var path in new[] { $"/market/lots/labels?id={SmallCounty.Lot}", $"/market/lots/labels/code/{SmallCounty.Lot}", $"/market/lots/labels/printer/{SmallCounty.Lot}" })
        {
            using var no = await other.Client.GetAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, no.StatusCode);
        }
    }

    [GeneratedRegex("viewBox=\"0 0 ([\\d.]+) ")] private static partial Regex ViewBox();
    [GeneratedRegex("<path fill=\"#0+\"[^>]* d=\"([^\"]+)\"")] private static partial Regex Path();
    [GeneratedRegex("[A-Za-z]|-?[\\d.]+")] private static partial Regex Token();
}
