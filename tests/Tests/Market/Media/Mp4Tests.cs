using System.Text;
using Shanhuo.Market.Media;

namespace Shanhuo.Tests.Market.Media;

public sealed class Mp4Tests
{
    [Theory]
    [InlineData("avc1", "isom", true), InlineData("avc1", "mp42", true), InlineData("avc3", "mp42", true)]
    [InlineData("hvc1", "isom", false)]  // H.265 plays on few old phones
    [InlineData("avc1", "qt  ", false)]
    [InlineData("avc1", "heic", false)]
    public void Only_an_mp4_with_h264_is_a_video(string codec, string brand, bool isOne) => Assert.Equal(isOne ? "video/mp4" : null, Mp4.Type(MadeImages.Mp4(2000, codec, brand)));

    [Fact]
    public void What_is_cut_off_or_has_other_boxes_is_none()
    {
        var whole = MadeImages.Mp4(2000);
        for (var length = 0; length < whole.Length; length += 7) Assert.Null(Mp4.Type(whole.AsSpan(0, length)));
        Assert.Null(Mp4.Type([.. whole, .. MadeImages.Box("html", "<script>"u8.ToArray())]));
        Assert.Null(Mp4.Type(MadeImages.Box("ftyp", "isom\0\0\0\0"u8.ToArray())));
    }

    [Fact]
    public void Where_it_was_taken_is_blanked_and_nothing_moves()
    {
        var sent = MadeImages.Mp4(2000);
        var kept = sent.ToArray();
        Assert.Contains("106.2090", Encoding.Latin1.GetString(kept));
        Mp4.Blank(kept);
        Assert.DoesNotContain("106.2090", Encoding.Latin1.GetString(kept));
        Assert.Equal("video/mp4", Mp4.Type(kept));
        Assert.Equal(sent.Length, kept.Length);
        // Outside the blanked box not a byte differs.
        var at = Encoding.Latin1.GetString(sent).IndexOf("udta", StringComparison.Ordinal) - 4;
        var size = (sent[at + 2] << 8) + sent[at + 3];
        Assert.Equal(sent.Where((_, i) => i < at || i >= at + size), kept.Where((_, i) => i < at || i >= at + size));
    }

    [Fact]
    public void Changed_bytes_never_make_it_fail()
    {
        var chance = new Random(5);
        for (var round = 0; round < 20_000; round++)
        {
            var sent = MadeImages.Mp4(600);
            for (var change = 0; change < 5; change++) sent[chance.Next(sent.Length)] = (byte)chance.Next(256);
            if (Mp4.Type(sent) is not null) Mp4.Blank(sent);
        }
    }
}
