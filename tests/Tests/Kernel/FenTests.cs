using Shanhuo.Kernel;

namespace Shanhuo.Tests.Kernel;

public sealed class FenTests
{
    [Theory]
    [InlineData("58", 5800)]
    [InlineData("58.9", 5890)]
    [InlineData("￥1,058.90", 105890)]
    [InlineData("５８．５元", 5850)]
    [InlineData(" -0.01 ", -1)]
    public void Yuan_are_read_as_people_write_them(string text, long fen)
    {
        Assert.True(Fen.TryParseYuan(text, out var read));
        Assert.Equal(fen, read.Value);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".5")]
    [InlineData("58.")]
    [InlineData("1.234")]
    [InlineData("1,05.00")]
    [InlineData("12a")]
    [InlineData("99999999999999")]
    public void What_is_no_amount_is_refused(string text) => Assert.False(Fen.TryParseYuan(text, out _));

    [Theory]
    [InlineData(5, 2, 2)]
    [InlineData(7, 2, 4)]
    [InlineData(-5, 2, -2)]
    [InlineData(-7, 2, -4)]
    [InlineData(8, 3, 3)]
    public void Halves_go_to_the_even_fen(long numerator, long denominator, long rounded) =>
        Assert.Equal(rounded, Rounding.HalfEven(numerator, denominator));
}
