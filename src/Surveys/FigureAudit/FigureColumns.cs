using System.Collections.Frozen;
using Shanhuo.Kernel.Sheets;
using Shanhuo.Surveys.Contracts;

namespace Shanhuo.Surveys.FigureAudit;

/// <summary>The columns of a table of figures and the words in its cells, in both languages. Only id, figure and kind must be there.</summary>
internal sealed class FigureColumns
{
    /// <summary>Every column by its English name, with its Chinese one.</summary>
    public static readonly (string En, string Zh)[] All =
    [
        ("id", "编号"), ("label", "名称"), ("figure", "数字"), ("decimals", "小数位"), ("unit", "单位"), ("times", "倍数"), ("kind", "种类"), ("bound", "限定"),
        ("base_label", "基数名称"), ("base", "基数"), ("numerator", "分子"), ("year", "年份"), ("place", "地点"), ("place_kind", "地点种类"), ("within", "所属"),
        ("source", "来源"), ("locus", "出处"), ("group", "题目"), ("group_kind", "答法"), ("routed_from", "跳转自"), ("parts", "组成"), ("subset_of", "属于"),
        ("covered_by", "由谁覆盖"), ("same_as", "同一事实"), ("before", "前期"), ("listed", "名单"), ("must_be", "应满足"), ("because", "理由"), ("note", "备注"),
    ];

    private static readonly FrozenDictionary<string, FigureKind> Kinds = Words<FigureKind>(
        (FigureKind.Count, "count", "计数"), (FigureKind.Percent, "percent", "百分比"), (FigureKind.Rate, "rate", "率"), (FigureKind.Money, "money", "金额"),
        (FigureKind.Measure, "measure", "量"), (FigureKind.Sample, "sample", "样本"), (FigureKind.Claim, "claim", "说法"), (FigureKind.Text, "text", "文字"));

    private static readonly FrozenDictionary<string, FigureBound> Bounds = Words<FigureBound>(
        (FigureBound.None, "", "无"), (FigureBound.Over, "over", "超过"), (FigureBound.Below, "below", "不足"), (FigureBound.About, "about", "约"));

    private static readonly FrozenDictionary<string, FigureGroupKind> GroupKinds = Words<FigureGroupKind>(
        (FigureGroupKind.None, "", "无"), (FigureGroupKind.Closed, "closed", "单选"), (FigureGroupKind.Several, "several", "多选"));

    private readonly Dictionary<string, int> index;

    public FigureColumns(SheetRow header)
    {
        var names = new SheetHeader(header);
        index = All.ToDictionary(c => c.En, c => names.Find([c.En, c.Zh]), StringComparer.Ordinal);
    }

    /// <summary>The first column that must be there and is not; null: all are.</summary>
    public string? Missing => new[] { "id", "figure", "kind" }.FirstOrDefault(c => index[c] < 0);

    public string this[SheetRow row, string column] => row[index[column]].Text ?? "";

    public static bool TryKind(string word, out FigureKind kind) => Kinds.TryGetValue(word, out kind);

    public static bool TryBound(string word, out FigureBound bound) => Bounds.TryGetValue(word, out bound);

    public static bool TryGroupKind(string word, out FigureGroupKind kind) => GroupKinds.TryGetValue(word, out kind);

    private static FrozenDictionary<string, T> Words<T>(params (T Value, string En, string Zh)[] words) =>
        words.SelectMany(w => new[] { KeyValuePair.Create(w.En, w.Value), KeyValuePair.Create(w.Zh, w.Value) }).ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
}
