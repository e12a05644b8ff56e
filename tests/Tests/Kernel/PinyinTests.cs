using Shanhuo.Kernel;

namespace Shanhuo.Tests.Kernel;

public sealed class PinyinTests
{
    [Theory]
    [InlineData("马文", "mawen")]
    [InlineData("馬雯", "mawen")]
    [InlineData("Ma Wen", "mawen")]
    [InlineData("单福海", "shanfuhai")]
    [InlineData("解亥", "xiehai")]
    [InlineData("穆罕默德·伊布拉欣", "muhanmodeyibulaxin")]
    [InlineData("吕丽", "lvli")]
    [InlineData("𠮷龘", "𠮷da")]
    [InlineData(" · ", "")]
    public void A_name_sounds_alike_however_it_is_written(string name, string sound) => Assert.Equal(sound, Pinyin.Of(name));

    [Theory]
    [InlineData('乐', "lao le yao yue")]
    [InlineData('仁', "ren")]
    [InlineData('a', "")]
    public void A_character_tells_all_its_readings(char c, string readings) => Assert.Equal(readings, string.Join(' ', Pinyin.Readings(c)));
}
