using Shanhuo.Kernel;
using Shanhuo.Registry.Monitoring;
using Shanhuo.Registry.Procedure;

namespace Shanhuo.Tests.Registry.Procedure;

public sealed class PolicyTests
{
    internal static readonly Policies Shipped = PolicyReader.Read(PolicyReader.Folder).Value;

    [Theory]
    [InlineData("register", "2014-04-02", true), InlineData("register", "2020-12-31", true), InlineData("register", "2021-01-01", false), InlineData("register", "2014-04-01", false)]
    [InlineData("exit", "2016-04-22", false), InlineData("exit", "2016-04-23", true), InlineData("exit", "2021-01-01", false)]
    [InlineData("monitor", "2020-03-19", false), InlineData("monitor", "2020-03-20", true), InlineData("monitor", "2026-11-21", true), InlineData("release", "2026-11-21", true)]
    [InlineData("relapse", "2019-01-01", true), InlineData("relapse", "2021-01-01", false), InlineData("village-exit", "2018-01-01", true), InlineData("county-exit", "2019-01-01", true)]
    public void A_kind_of_case_is_open_on_its_days_only(string kind, string day, bool open) => Assert.Equal(open, Shipped.Open(kind, DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture)).Refused is null);

    [Fact]
    public void Nobody_is_newly_registered_as_poor_after_2020_and_the_refusal_names_the_last_day()
    {
        var no = Shipped.Open("register", new DateOnly(2026, 11, 21)).Refused!;
        Assert.Equal(("procedure.not-in-force", "2020-12-31"), (no.Code, no.Arguments[0]));
    }

    [Fact]
    public void The_register_has_two_notices_of_seven_days_and_monitoring_one_of_five()
    {
        Assert.Equal([7, 7], Days("register", new(2016, 5, 1)));
        Assert.Equal([7], Days("exit", new(2016, 5, 1)));
        Assert.Equal([5], Days("monitor", new(2026, 1, 1)));
        Assert.Equal([5], Days("release", new(2026, 1, 1)));

        static int[] Days(string kind, DateOnly on) => [.. Shipped.Open(kind, on).Value.Kind.Steps.Select(s => s.OpenDays).OfType<int>()];
    }

    [Fact]
    public void Every_figure_says_where_it_is_from()
    {
        foreach (var kind in Shipped.Periods.SelectMany(p => p.Kinds))
        {
            Assert.True(kind.Source is { Zh.Length: > 5, En.Length: > 5 }, kind.Key);
            Assert.All(kind.Steps.Where(s => s.OpenDays is not null || s.WithinDays is not null || s.Wants("ballot")), s => Assert.True(s.Source is { Zh.Length: > 5, En.Length: > 5 }, $"{kind.Key}.{s.Key}"));
        }
        Assert.Equal(new Fen(4000_00), Shipped.Line("poverty", new(2020, 6, 1))!.Amount);
        Assert.Equal(new Fen(6000_00), Shipped.Line("monitoring", new(2026, 6, 1))!.Amount);
    }

    [Theory]
    [InlineData("\"openDays\": 5", "\"openDays\": 0", "procedure.data-open-days", "period-2-monitoring.json", "kinds[0].steps[4]")]
    [InlineData("\"role\": \"county-official\"", "\"role\": \"county-oficial\"", "procedure.data-who", "period-2-monitoring.json", "objectionsBy")]
    [InlineData("\"quorum\": \"2/3\"", "\"quorum\": \"3/2\"", "procedure.data-share", "period-2-monitoring.json", "ballot.quorum")]
    [InlineData("\"needs\": [\"comparison\"]", "\"needs\": [\"comparisons\"]", "procedure.data-need", "period-2-monitoring.json", "kinds[0].steps[2].needs")]
    [InlineData("\"withinDays\": 15", "\"withinDay\": 15", "procedure.data-form", "period-2-monitoring.json", "$.kinds[0].steps[1].withinDay")]
    [InlineData("\"status\": \"monitored\"", "\"status\": \"watched\"", "procedure.data-status", "period-2-monitoring.json", "kinds[0].result")]
    [InlineData("[\"report\", \"review\"]", "[\"report\", \"reviews\"]", "procedure.data-pair", "period-2-monitoring.json", "kinds[0].incompatible[0]")]
    public void A_fault_in_the_data_is_refused_with_file_and_path(string was, string becomes, string code, string file, string path)
    {
        var folder = Directory.CreateTempSubdirectory("policies").FullName;
        try
        {
            foreach (var source in Directory.EnumerateFiles(PolicyReader.Folder, "*.json")) File.Copy(source, Path.Combine(folder, Path.GetFileName(source)));
            var text = File.ReadAllText(Path.Combine(folder, file));
            var at = text.IndexOf(was, StringComparison.Ordinal);
            Assert.True(at >= 0, was);
            File.WriteAllText(Path.Combine(folder, file), text[..at] + becomes + text[(at + was.Length)..]);
            var no = PolicyReader.Read(folder).Refused!;
            Assert.Equal((code, file, path), (no.Code, no.Where.File, no.Where.Column));
        }
        finally { Directory.Delete(folder, true); }
    }

    [Fact]
    public void The_triggers_are_data_and_read() => Assert.Equal(TriggerSet.Causes.Order(), TriggerSet.Read(PolicyReader.Folder).Value.Single().Triggers.Select(t => t.Cause).Order());
}
