using System.Text.RegularExpressions;

namespace Shanhuo.Market.Buying.Addresses;

/// <summary>A province, prefecture or county with the names by which people call it.</summary>
/// <param name="Code">Two, four or six digits.</param>
/// <param name="Name">Official name.</param>
/// <param name="Names">All its names, longest first.</param>
internal sealed partial record Division(string Code, string Name, IReadOnlyList<string> Names)
{
    public bool LiesIn(Division? other) => other is null || (Code.Length > other.Code.Length && Code.StartsWith(other.Code, StringComparison.Ordinal));

    /// <summary>Is it only a heading of the national list, such as 市辖区 or 省直辖县级行政区划?</summary>
    public bool IsHeading => Code.Length == 4 && Heading().IsMatch(Name);

    public static Division Of(string code, string name, string province)
    {
        HashSet<string> names = [name];
        if (code.Length == 4 && Heading().IsMatch(name))
        {
            // People repeat the municipality: 北京市北京市朝阳区.
            if (name is "市辖区" or "县") names.UnionWith([province, province.TrimEnd('市')]);
            else names.UnionWith(["省直辖县级行政单位", "省直辖", "自治区直辖县级行政单位"]);
        }
        else if (code.Length == 2 && name.EndsWith("自治区", StringComparison.Ordinal)) names.UnionWith(name.StartsWith("内蒙古", StringComparison.Ordinal) ? ["内蒙古", "内蒙"] : [name[..2]]);
        else if (Autonomous().Match(name) is { Success: true } own)
        {
            var bare = own.Groups[1].Value.Length > 0 ? own.Groups[1].Value : name[..name.IndexOf("自治", StringComparison.Ordinal)].TrimEnd('族');
            var kind = own.Groups[2].Value;
            if (bare.Length > 1) names.UnionWith([bare, bare + kind]);
        }
        else if (name.EndsWith("特别行政区", StringComparison.Ordinal)) names.Add(name[..2]);
        else if (Plain().Match(name) is { Success: true } plain) names.Add(plain.Groups[1].Value);
        return new Division(code, name, [.. names.OrderByDescending(n => n.Length)]);
    }

    [GeneratedRegex("^(市辖区|县|(省|自治区)直辖县级行政区划)$")]
    private static partial Regex Heading();

    // The peoples as they stand in names of divisions, some without 族.
    [GeneratedRegex("^(.*?)(?:(?:各|回|藏|壮|苗|彝|侗|瑶|白|傣|黎|畲|水|羌|佤|满|土|怒|京|布依|朝鲜|土家|哈尼|傈僳|拉祜|纳西|景颇|布朗|仫佬|毛南|仡佬|普米|独龙|撒拉|保安|东乡|裕固|锡伯|达斡尔|蒙古|鄂温克|鄂伦春|赫哲|高山|门巴|珞巴|基诺|阿昌|德昂)族|蒙古|维吾尔|哈萨克|柯尔克孜|塔吉克|达斡尔族|鄂温克族|鄂伦春|鄂温克)*自治(区|州|县|旗)$")]
    private static partial Regex Autonomous();

    [GeneratedRegex("^(..+)(?:省|市|地区|盟|县|区|旗|林区|矿区)$")]
    private static partial Regex Plain();
}
