namespace Shanhuo.Registry.Demo;

/// <summary>Invented names: common surnames and given names drawn by chance; no living person is meant.</summary>
internal static class DemoNames
{
    private static readonly string[] Surnames = ["马", "李", "王", "张", "丁", "杨", "毛", "苏", "米", "穆", "冶", "罗", "铁", "崔", "惠", "妥"];
    private static readonly string[] Given = ["文", "秀英", "福", "玉兰", "建国", "桂花", "小军", "梅", "忠", "春燕", "有才", "金花", "志强", "月英", "海", "芳", "生财", "菊", "振华", "凤英", "德明", "存良", "喜", "彩霞"];

    public static string Surname(Random chance) => chance.NextDouble() < 0.45 ? "马" : Surnames[chance.Next(Surnames.Length)];

    public static string GivenName(Random chance) => Given[chance.Next(Given.Length)];
}
