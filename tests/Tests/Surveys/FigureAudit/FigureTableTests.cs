using System.Diagnostics;
using System.Text;
using Shanhuo.Kernel;
using Shanhuo.Surveys.Contracts;
using Shanhuo.Surveys.FigureAudit;
using Shanhuo.Tests.Architecture;

namespace Shanhuo.Tests.Surveys.FigureAudit;

public sealed class FigureTableTests
{
    [Theory]
    [InlineData("id,figure,kind\nA,many,count", "figures.number", "figure")]
    [InlineData("id,figure,kind\nA,1,count\nA,2,count", "figures.id-twice", "id")]
    [InlineData("id,figure,kind\n1A,1,count", "figures.id", "id")]
    [InlineData("id,figure,kind\nA,1,share", "figures.kind", "kind")]
    [InlineData("id,figure,kind,base\nA,1,percent,B", "figures.no-such-figure", "base")]
    [InlineData("id,figure,kind,must_be\nA,1,count,= B +", "figures.relation-form", "must_be")]
    [InlineData("id,figure,kind,must_be\nA,1,count,= B", "figures.no-such-figure", "must_be")]
    [InlineData("id,figure,kind,decimals\nA,66.19,percent,1", "figures.more-decimals", "figure")]
    [InlineData("id,figure,kind,times\nA,1,count,0", "figures.times", "times")]
    [InlineData("id,figure,kind,bound\nA,1,count,maybe", "figures.bound", "bound")]
    [InlineData("id,figure", "figures.no-column", "kind")]
    [InlineData("id,figure,kind", "figures.no-rows", null)]
    public async Task A_row_that_cannot_be_read_is_refused_with_its_place(string csv, string code, string? column)
    {
        var (figures, refused) = await Read(csv);
        Assert.Empty(figures);
        var no = Assert.Single(refused);
        Assert.Equal((code, column, "f.csv"), (no.Code, no.Where.Column, no.Where.File));
        var texts = new Texts([typeof(FigureAuditor).Assembly]);
        Assert.All([Language.Zh, Language.En], l => Assert.DoesNotContain($"[{code}]", texts.Say(l, no), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Chinese_columns_full_width_digits_and_GB18030_are_read()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var bytes = Encoding.GetEncoding("GB18030").GetBytes("编号,数字,小数位,种类,基数\n有效,１３３,,计数,\n甲,６６．２,2,百分比,有效\n");
        var (figures, refused) = await FigureAuditor.Read(new MemoryStream(bytes), "f.csv", default);
        Assert.Empty(refused);
        Assert.Equal([133m, 66.2m], figures.Select(f => f.Printed!.Value));
        Assert.Equal(["甲 有效"], FigureAuditor.Run(figures, default).Findings.Where(f => f.Rule == "grim").Select(f => string.Join(' ', f.Figures)));
    }

    [Fact]
    public async Task A_blank_is_unknown_leaves_every_check_and_is_counted()
    {
        var (figures, refused) = await Read("id,figure,kind,parts,must_be,base,numerator\nT,100,count,A B,,,\nA,60,count,,,,\nB,,count,,,,\nC,5,count,,= B * 2,,\nD,50,rate,,,B,A\nE,50,percent,,,B,");
        Assert.Empty(refused);
        var report = FigureAuditor.Run(figures, default);
        Assert.Empty(report.Findings);
        Assert.Equal(1, report.Blank);
    }

    [Theory]
    [InlineData("= (A + 2) * B / 4", true)]      // A 10, B 20: 60
    [InlineData("= A*B-140", true)]
    [InlineData("< A", false)]
    [InlineData("A + B >= C", false)]
    [InlineData("＝ Ａ × ６", true)]
    [InlineData("= A / (B - B)", null)]
    [InlineData("= D", null)]
    public void A_relation_is_computed_with_the_usual_order_of_signs(string text, bool? holds) =>
        Assert.Equal(holds, Relation.Judge(text, Span.Exactly(60), id => id switch { "A" => Span.Exactly(10), "B" => Span.Exactly(20), "C" => Span.Exactly(60), _ => null }).Holds);

    [Theory]
    [InlineData("A")]
    [InlineData("= ")]
    [InlineData("= A B")]
    [InlineData("= (A")]
    [InlineData("= A = B")]
    [InlineData("")]
    public void What_is_no_relation_is_not_taken_for_one(string text) => Assert.False(Relation.TryParse(text, out _));

    [Fact]
    public async Task The_command_prints_findings_as_CSV_and_ends_with_0_or_refuses_with_1()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var path = Path.Combine(folder.FullName, "f.csv");
            await File.WriteAllTextAsync(path, "id,figure,kind,parts\nT,255,count,A B\nA,176,count,\nB,82,count,\n");
            using var output = new MemoryStream();
            using var error = new StringWriter();
            Assert.Equal(0, await FigureAuditor.Run(path, output, error, Language.En, default));
            var lines = Encoding.UTF8.GetString(output.ToArray()).Split('\n');
            Assert.Equal("rule,figures,reason,mend", lines[0]);
            Assert.StartsWith("sum,T A B,\"A + B add up to 258", lines[1], StringComparison.Ordinal);
            Assert.Equal(1, await FigureAuditor.Run(path + "x", new MemoryStream(), error, Language.Zh, default));
            using var stopped = new CancellationTokenSource();
            await stopped.CancelAsync();
            Assert.Equal(1, await FigureAuditor.Run(path, new MemoryStream(), error, Language.Zh, stopped.Token));
        }
        finally
        {
            folder.Delete(true);
        }
    }

    [Fact]
    public void A_hundred_thousand_figures_are_audited_in_bounded_time_whatever_their_bases()
    {
        var random = new Random(7);
        // The worst table: every percentage invented, half of them on one base, half on bases of three.
        var figures = new List<ReportedFigure>();
        for (var i = 0; i < 100_000; i++)
            figures.Add(i % 4 == 0 ? new() { Id = $"f{i}", Printed = 900 + i % 97, Kind = FigureKind.Count, SubsetOf = "f0" }
                : new() { Id = $"f{i}", Printed = random.Next(10_001) / 100m, Decimals = 2, IsRounded = true, Kind = FigureKind.Percent, Bases = [i < 50_000 ? "f0" : $"f{i - i % 4}"], Group = $"g{i / 8}", GroupKind = FigureGroupKind.Several });
        var watch = Stopwatch.StartNew();
        var report = FigureAuditor.Run(figures, default);
        Assert.True(report.Findings.Count > 1000);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), watch.Elapsed.ToString());
    }

    [Fact]
    public async Task The_figures_of_the_papers_are_audited_in_under_a_second()
    {
        await using var file = File.OpenRead(Path.Combine(Repository.Root, "data", "figures", "paper-figures.csv"));
        var (figures, _) = await FigureAuditor.Read(file, "paper-figures.csv", default);
        var watch = Stopwatch.StartNew();
        FigureAuditor.Run(figures, default);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(1), watch.Elapsed.ToString());
    }

    private static Task<(IReadOnlyList<ReportedFigure> Figures, IReadOnlyList<Refusal> Refused)> Read(string csv) => FigureAuditor.Read(new MemoryStream(Encoding.UTF8.GetBytes(csv)), "f.csv", default);
}
