using System.Text;

namespace Shanhuo.Kernel.Pages;

/// <summary>Amounts in words: as they are said, and as receipts write them.</summary>
public static class AmountWords
{
    private static readonly string[] Sections = ["", "万", "亿", "万", "亿"];
    private static readonly string[] Small =
    [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
        "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ];
    private static readonly string[] Tens = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    private static readonly string[] Thousands = ["", " thousand", " million", " billion", " trillion", " quadrillion"];

    /// <summary>As it is said in this language: 六十元五角, <c>sixty yuan and fifty fen</c>.</summary>
    public static string Spoken(Fen amount, Language language) => language == Language.Zh ? SpokenChinese(amount) : English(amount);

    /// <summary>As people say it: 六十元五角, 十元零五分, 两百元; a minus is 负.</summary>
    public static string SpokenChinese(Fen amount)
    {
        var (negative, yuan, jiao, fen) = Parts(amount);
        var words = new StringBuilder(negative ? "负" : "");
        if (yuan > 0 || (jiao == 0 && fen == 0)) words.Append(Spoken(yuan)).Append('元');
        if (jiao > 0) words.Append(Alone(jiao, yuan == 0)).Append('角');
        if (fen > 0)
        {
            if (jiao == 0 && yuan > 0) words.Append('零');
            words.Append(Alone(fen, yuan == 0 && jiao == 0)).Append('分');
        }
        return words.ToString();

        static string Alone(int digit, bool first) => digit == 2 && first ? "两" : "零一二三四五六七八九"[digit].ToString();
    }

    /// <summary>As vouchers write it, so that no stroke can be added: 陆拾元伍角整, 壹仟肆佰零玖元整.</summary>
    /// <remarks>中国人民银行《支付结算办法》附件一《正确填写票据和结算凭证的基本规定》: after yuan and after jiao stands 整, after fen none; a zero between digits is written once.
    /// After 角 the rule leaves 整 to the writer; we always write it. The heading 人民币 is the form's.</remarks>
    public static string Financial(Fen amount)
    {
        var (negative, yuan, jiao, fen) = Parts(amount);
        var words = new StringBuilder(negative ? "负" : "");
        if (yuan > 0 || (jiao == 0 && fen == 0)) words.Append(Chinese(yuan, "零壹贰叁肆伍陆柒捌玖", "拾佰仟", shortTen: false)).Append('元');
        if (jiao > 0) words.Append("零壹贰叁肆伍陆柒捌玖"[jiao]).Append('角');
        if (fen == 0) return words.Append('整').ToString();
        if (jiao == 0 && yuan > 0) words.Append('零');
        return words.Append("零壹贰叁肆伍陆柒捌玖"[fen]).Append('分').ToString();
    }

    /// <summary><c>one thousand two hundred and fifty-eight yuan and ninety fen</c>.</summary>
    public static string English(Fen amount)
    {
        var (negative, yuan, jiao, fen) = Parts(amount);
        var cents = jiao * 10 + fen;
        var words = negative ? "minus " : "";
        if (yuan > 0 || cents == 0) words += Whole(yuan) + " yuan" + (cents > 0 ? " and " : "");
        return cents > 0 ? words + Hundreds(cents) + " fen" : words;
    }

    private static (bool Negative, ulong Yuan, int Jiao, int Fen) Parts(Fen amount)
    {
        var value = (ulong)Int128.Abs(amount.Value);
        return (amount.Value < 0, value / 100, (int)(value / 10 % 10), (int)(value % 10));
    }

    // 两 leads a number (两百, 两千三百, 两万), 二 stands inside it and before 十 (二十, 一万二千).
    private static string Spoken(ulong yuan)
    {
        var words = Chinese(yuan, "零一二三四五六七八九", "十百千", shortTen: true);
        return words[0] == '二' && (words.Length == 1 || words[1] != '十') ? "两" + words[1..] : words;
    }

    private static string Chinese(ulong number, string digits, string units, bool shortTen)
    {
        if (number == 0) return digits[..1];
        var words = new StringBuilder();
        var zero = false;
        for (var section = 4; section >= 0; section--)
        {
            var part = (int)(number / Power(section) % 10_000);
            for (var place = 3; place >= 0; place--)
            {
                var digit = part / place switch { 3 => 1000, 2 => 100, 1 => 10, _ => 1 } % 10;
                if (digit == 0) { zero = words.Length > 0; continue; }
                if (zero) words.Append(digits[0]);
                zero = false;
                if (!(shortTen && words.Length == 0 && place == 1 && digit == 1)) words.Append(digits[digit]);
                if (place > 0) words.Append(units[place - 1]);
            }
            // A zero at the end of a section is silent (十万五千); 亿 closes all that stands above it (一万亿).
            if (part > 0) zero = false;
            if (part > 0 || (section == 2 && number >= Power(2))) words.Append(Sections[section]);
        }
        return words.ToString();
    }

    private static ulong Power(int section) => section switch { 0 => 1, 1 => 10_000, 2 => 100_000_000, 3 => 1_000_000_000_000, _ => 10_000_000_000_000_000 };

    private static string Whole(ulong number)
    {
        if (number < 1000) return Hundreds((int)number);
        var groups = new List<string>();
        var rest = number;
        for (var i = 0; rest > 0; i++, rest /= 1000)
            if (rest % 1000 is > 0 and var group) groups.Insert(0, (i == 0 && group < 100 ? "and " : "") + Hundreds((int)group) + Thousands[i]);
        return string.Join(' ', groups);
    }

    private static string Hundreds(int number)
    {
        if (number < 20) return Small[number];
        if (number < 100) return Tens[number / 10] + (number % 10 > 0 ? "-" + Small[number % 10] : "");
        return Small[number / 100] + " hundred" + (number % 100 > 0 ? " and " + Hundreds(number % 100) : "");
    }
}
