using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Surveys.Forms;
using Shanhuo.Surveys.Forms.XPath;

namespace Shanhuo.Surveys.Field;

internal sealed class PaperPage(ShanhuoDb db, Say say, FormShelf forms) : PageModel
{
    public Survey Survey { get; private set; } = null!;
    public Questionnaire Form { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken cancel)
    {
        if (await db.Surveys.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, cancel) is not { } survey) return NotFound();
        Survey = survey;
        Form = await forms.Of(await db.SurveyVersions.AsNoTracking().SingleAsync(v => v.SurveyId == id && v.Number == survey.Latest, cancel), cancel);
        return Page();
    }

    /// <summary>Number of a question on paper.</summary>
    public int Number(FormItem item) => Form.Items.Where(i => i.HasAnswer && i.Kind != ItemKind.Calculate).TakeWhile(i => i != item).Count() + 1;

    /// <summary>When a question is asked, in words; null: always.</summary>
    public string? Skip(FormItem item) => item.Relevant is { } relevant ? say["survey.only-if", Words(relevant)] : null;

    private string Words(XNode node) => node switch
    {
        XBinary { Operator: "and" } both => say["survey.and", Words(both.Left), Words(both.Right)],
        XBinary { Operator: "or" } either => say["survey.or", Words(either.Left), Words(either.Right)],
        XBinary { Left: XReference question, Right: XLiteral answer } compare => $"{Question(question.Name)} {compare.Operator} {Answer(question.Name, answer)}",
        XCall { Name: "selected", Arguments: [XReference question, XLiteral answer] } => $"{Question(question.Name)} = {Answer(question.Name, answer)}",
        // What has no plain words is named by the questions it looks at.
        _ => say["survey.depends", string.Join(say["survey.list-comma"], node.References.Select(Question))],
    };

    private string Question(string name) => Form.Find(name) is { HasAnswer: true, Kind: not ItemKind.Calculate } item ? say["survey.question-number", Number(item)] : name;

    private string Answer(string question, XLiteral answer) => Form.Find(question)?.Choices.FirstOrDefault(c => c.Name == answer.Value.ToText())?.Label.Pick(say.Language, answer.Value.ToText()) ?? answer.Value.ToText();
}
