using System.Text.RegularExpressions;

namespace Shanhuo.Market.Buying.Addresses;

/// <summary>Tells names of people from pieces of addresses.</summary>
internal static partial class PersonName
{
    /// <summary>From here on a piece is taken for a name.</summary>
    public const int Likely = 3;

    // The commonest surnames of the nation and of the north-west.
    private const string Surnames = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟卜路詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来嵺苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝都巩稽井练仲乐虞卞封竺冼原官衣楚佟栗匡宗应台巫鞠僧桑荆谌银扬明沙薄伏岑习胥保和蔺妥哈海洒者虎拜撒喇勉锁铁底黑火罕买剡仝缑拓敏么仁才旦多扎卓巴次";
    private static readonly string[] DoubleSurnames = ["欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "夏侯", "南宫", "端木", "独孤", "西门", "宇文", "长孙"];
    private static readonly string[] PlaceWords = ["小区", "花园", "大厦", "单元", "公司", "医院", "学校", "中学", "小学", "大学", "超市", "市场", "驿站", "快递", "菜鸟", "门口", "旁边", "对面", "隔壁", "广场", "公寓", "政府", "银行", "商店", "工业", "大道", "社区", "街道", "合作社", "村委", "东路", "西路", "南路", "北路"];
    private const string PlaceEnds = "省市县区州盟旗镇乡村社组队路街巷弄号室楼栋幢座层厦园苑元里院庄屯寨堡湾沟梁坪坡川河店厂站城场馆局所户桥口门内旁侧边面铺堂校";

    /// <summary>How much a piece looks like a name; see <see cref="Likely"/>.</summary>
    public static int Score(string piece)
    {
        var bare = Number().Replace(Bare(piece), "");
        if (bare.Length == 0 || bare.Any(char.IsAsciiDigit)) return -10;
        if (Latin().IsMatch(bare)) return bare.Length is >= 2 and <= 40 ? 4 : -10;
        if (!Han().IsMatch(bare)) return -10;
        if (bare.Contains('·')) return bare.Length is >= 3 and <= 20 ? 8 : -10;
        if (PlaceWords.Any(w => bare.Contains(w, StringComparison.Ordinal))) return -10;
        var score = bare.Length is 2 or 3 ? 2 : bare.Length is >= 4 and <= 7 ? 0 : bare.Length == 1 ? -2 : -8;
        if (DoubleSurnames.Any(s => bare.StartsWith(s, StringComparison.Ordinal))) score += bare.Length is 3 or 4 ? 5 : 2;
        else if (Surnames.Contains(bare[0]) || (bare[0] is '小' or '老' or '阿' && bare.Length == 2)) score += bare.Length == 4 ? 1 : 3;
        if (Bare(piece).Length < piece.Trim().Length || Title().IsMatch(bare)) score += 4;
        else if (PlaceEnds.Contains(bare[^1])) score -= bare.Length == 2 && Surnames.Contains(bare[0]) ? 2 : 3;
        return score;
    }

    /// <summary>The name without what is only said around it: 收, 亲启, brackets with a platform's number stay.</summary>
    public static string Bare(string piece) => Around().Replace(piece.Trim(), "");

    /// <summary>How many characters at the end of an address are a name that was written on without a space; 0: none. The address must end with a number or with a word for a place.</summary>
    public static int AtEnd(string address)
    {
        var trimmed = address.TrimEnd();
        for (var length = 4; length >= 2; length--)
        {
            if (trimmed.Length <= length) continue;
            var (before, piece) = (trimmed[^(length + 1)], trimmed[^length..]);
            if ((char.IsAsciiLetterOrDigit(before) || PlaceEnds.Contains(before) || before is ')' or ']') && !PlaceEnds.Contains(piece[0]) && Score(piece) >= 5) return length + address.Length - trimmed.Length;
        }
        return 0;
    }

    // Platforms put the extension of a hidden number behind the name.
    [GeneratedRegex(@"\[[0-9]{2,6}\]$")]
    private static partial Regex Number();

    [GeneratedRegex(@"^[A-Za-z][A-Za-z .'\-]*$")]
    private static partial Regex Latin();

    [GeneratedRegex(@"^[\u3400-\u9FFF·\uD800-\uDFFF]+$")]
    private static partial Regex Han();

    [GeneratedRegex("(?:先生|女士|小姐|老师|师傅|大姐|大哥|阿姨|叔叔|经理|医生|同学|同志|老板|掌柜|阿訇|总)$")]
    private static partial Regex Title();

    [GeneratedRegex(@"^(?:收货?人|收件人|请?交|致|寄给?|给|TO |to )|(?:\(收\)|\(签收\)|亲启|亲收|签收|收)$")]
    private static partial Regex Around();
}
