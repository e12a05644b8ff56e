using System.CommandLine;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Web.Commands;

/// <summary>The options that say how the households of a file were drawn, and what is wanted beside the measures.</summary>
internal sealed class SampleColumns
{
    private readonly Option<string?> weight = Column("--weight", "weights | 权重");
    private readonly Option<string?> by = Column("--by", "groups | 分组");
    private readonly Option<string?> strata = Column("--strata", "strata | 层");
    private readonly Option<string?> cluster = Column("--cluster", "clusters (first stage) | 群（第一阶段）");
    private readonly Option<string?> fpc = Column("--fpc", "the stratum's population in clusters, or the share drawn | 本层群总数或抽样比");
    private readonly Option<bool> errors = new("--se") { Description = "With standard errors | 加标准误" };
    private readonly Option<bool> bounds = new("--bounds") { Description = "With what unknown answers leave possible | 加不详时的上下界" };
    private readonly Option<string> total = new("--total") { Description = "Name of the row for all | 合计行的名字", DefaultValueFactory = _ => "all" };

    /// <summary>The file; here it is no folder, unlike the <c>--data</c> of commands with a database.</summary>
    public Option<string> Data { get; } = new("--data") { Description = "Households, one a row | 住户数据，每行一户 (.csv, .xlsx)", Required = true };

    public static Option<string?> Column(string name, string of) => new(name) { Description = $"Column of {of}" };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { weight, by, strata, cluster, fpc, errors, bounds, total }) command.Options.Add(option);
    }

    public T Fill<T>(ParseResult parsed, T options) where T : SampleOptions => options with
    {
        Weight = parsed.GetValue(weight),
        By = parsed.GetValue(by),
        Strata = parsed.GetValue(strata),
        Cluster = parsed.GetValue(cluster),
        Fpc = parsed.GetValue(fpc),
        StandardErrors = parsed.GetValue(errors),
        Bounds = parsed.GetValue(bounds),
        Total = parsed.GetValue(total)!,
    };
}
