using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Pages;
using Shanhuo.Surveys.Tables;

namespace Shanhuo.Surveys.Report;

/// <summary>The sections of the Zhangjiachuan paper, 3.1 to 3.3, each with the tables of its questions, made of the invented rows that have the paper's margins.</summary>
internal sealed class ZhangjiachuanPage(ShanhuoDb db, Say say, MakeTable make) : PageModel
{
    /// <summary>Section of the paper and the questions it reports.</summary>
    private static readonly (string Section, string[] Questions)[] Plan =
    [
        ("311", ["age_over_45"]), ("312", ["education"]), ("313", ["worry"]), ("32", ["cause"]), ("322", ["phone_fee_too_dear", "signal_unstable"]), ("323", ["pickup"]),
        ("331", ["view_ecpa"]), ("332", ["self_rated_qualified", "barrier"]), ("333", ["most_receptive_group"]),
    ];

    public long SurveyId { get; private set; }
    public List<(string Section, List<Part> Parts)> Sections { get; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        // Of the paper's rows; who asks with the same form gets an ordinary survey.
        if (await db.Surveys.AsNoTracking().Where(s => s.FormId == "zhangjiachuan_ecpa" && s.IsInvented).OrderBy(s => s.Id).FirstOrDefaultAsync(cancel) is not { } survey) return NotFound();
        SurveyId = survey.Id;
        foreach (var (section, questions) in Plan)
        {
            var parts = new List<Part>();
            foreach (var question in questions)
                parts.Add((await make.Handle(new TableRequest(survey.Id, null, question), say.Language, cancel)).Ok(out var table, out var no) ? Make(table) : new Part(question, null, null, no));
            Sections.Add((section, parts));
        }
        return Page();
    }

    private Part Make(SafeTable safe)
    {
        var question = safe.Table.Rows.Item.Label.Pick(say.Language, safe.Table.Rows.Item.Name);
        var shares = safe.Table.Shares.Where(s => s.Base == "answered" && safe.Shows(s)).ToList();
        var rows = shares.Select(s => new PercentRow(Short(safe.Table.Rows.Options[s.Row].Label), (decimal)s.Value.Proportion, TableWriter.Percent(s.Value.Proportion) + "%")).ToList();
        var most = shares.MaxBy(s => s.Value.Proportion);
        var found = most is null ? "" : say["survey.finding", safe.Table.Rows.Options[most.Row].Label, TableWriter.Percent(most.Value.Proportion), most.Value.Count, most.Value.BaseCount];
        return new Part(question, safe, Charts.Percents(rows, new ChartHead(question, found, say.Language)), null);
    }

    // A label must leave room for its share on a phone; the table under the chart has it whole.
    private static string Short(string label)
    {
        var room = 24;
        for (var i = 0; i < label.Length; i++)
            if ((room -= label[i] > 0xFF ? 2 : 1) < 0) return label[..i].TrimEnd() + "…";
        return label;
    }

    internal sealed record Part(string Question, SafeTable? Table, Markup? Chart, Refusal? No);
}
