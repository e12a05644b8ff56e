using Shanhuo.Kernel;
using Shanhuo.Kernel.Pages;

namespace Shanhuo.Tests.Kernel.Pages;

public sealed class AmountWordsTests
{
    [Theory]
    [InlineData(0, "零元")]
    [InlineData(6050, "六十元五角")]
    [InlineData(1005, "十元零五分")]
    [InlineData(5, "五分")]
    [InlineData(20, "两角")]
    [InlineData(200, "两元")]
    [InlineData(222, "两元二角二分")]
    [InlineData(20000, "两百元")]
    [InlineData(220000, "两千二百元")]
    [InlineData(2000000, "两万元")]
    [InlineData(1220000, "一万二千二百元")]
    [InlineData(22000000, "二十二万元")]
    [InlineData(11000, "一百一十元")]
    [InlineData(10500000, "十万五千元")]
    [InlineData(10050000, "十万零五百元")]
    [InlineData(10001000, "十万零一十元")]
    [InlineData(10000500000, "一亿零五千元")]
    [InlineData(100000000000000, "一万亿元")]
    [InlineData(-1250, "负十二元五角")]
    public void Chinese_is_said_as_people_say_it(long fen, string words) => Assert.Equal(words, AmountWords.Spoken(new Fen(fen), Language.Zh));

    /// <summary>Examples of 《正确填写票据和结算凭证的基本规定》 (中国人民银行, 支付结算办法 附件一), which leaves 整 after 角 to the writer and allows the last with one zero more.</summary>
    [Theory]
    [InlineData(140950, "壹仟肆佰零玖元伍角整")]
    [InlineData(600714, "陆仟零柒元壹角肆分")]
    [InlineData(168032, "壹仟陆佰捌拾元叁角贰分")]
    [InlineData(1640902, "壹万陆仟肆佰零玖元零贰分")]
    [InlineData(32504, "叁佰贰拾伍元零肆分")]
    [InlineData(10700053, "壹拾万柒仟元伍角叁分")]
    [InlineData(6050, "陆拾元伍角整")]
    [InlineData(100000, "壹仟元整")]
    [InlineData(1000, "壹拾元整")]
    [InlineData(0, "零元整")]
    public void Receipts_are_written_by_the_rule_of_the_central_bank(long fen, string words) => Assert.Equal(words, AmountWords.Financial(new Fen(fen)));

    [Theory]
    [InlineData(0, "zero yuan")]
    [InlineData(6050, "sixty yuan and fifty fen")]
    [InlineData(5, "five fen")]
    [InlineData(125890, "one thousand two hundred and fifty-eight yuan and ninety fen")]
    [InlineData(100500, "one thousand and five yuan")]
    [InlineData(100000000, "one million yuan")]
    [InlineData(-1250, "minus twelve yuan and fifty fen")]
    public void English_is_said_in_yuan_and_fen(long fen, string words) => Assert.Equal(words, AmountWords.Spoken(new Fen(fen), Language.En));

    [Fact]
    public void A_slow_reader_gets_every_random_amount_back_from_its_words()
    {
        var random = new Random(20261121);
        for (var i = 0; i < 1000; i++)
        {
            // All lengths alike, many zeros: those are where words go wrong.
            var fen = random.NextInt64((long)Math.Pow(10, random.Next(1, 15)));
            if (i % 3 == 0) fen = fen / 1000 * 1000 + random.Next(10);
            Assert.Equal(fen, SlowChineseReader.Read(AmountWords.SpokenChinese(new Fen(fen))));
            Assert.Equal(fen, SlowChineseReader.Read(AmountWords.Financial(new Fen(fen))));
            Assert.Equal(fen, SlowEnglishReader.Read(AmountWords.English(new Fen(fen))));
        }
    }

    [Fact]
    public void The_largest_amounts_have_words_too()
    {
        Assert.Equal("九亿二千二百三十三万七千二百零三亿六千八百五十四万七千七百五十八元零七分", AmountWords.SpokenChinese(new Fen(long.MaxValue)));
        Assert.StartsWith("负", AmountWords.SpokenChinese(new Fen(long.MinValue)), StringComparison.Ordinal);
    }
}
