using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Surveys.Forms;

namespace Shanhuo.Surveys.Field;

internal sealed class AnswerPage(ShanhuoDb db, Say say, Interviews interviews) : PageModel
{
    [BindProperty(SupportsGet = true)] public long Id { get; set; }

    /// <summary>The page, from 0; as many as there are pages: the last look.</summary>
    [BindProperty(SupportsGet = true)] public int Step { get; set; }

    /// <summary>Of a repeat, from 0.</summary>
    [BindProperty(SupportsGet = true)] public int Turn { get; set; }

    /// <summary>Names of the questions that stood on the page, with spaces between.</summary>
    [BindProperty] public string? Shown { get; set; }

    /// <summary>"back", "more" or empty for on.</summary>
    [BindProperty] public string? Go { get; set; }

    public Survey Survey { get; private set; } = null!;
    public Response Answers { get; private set; } = null!;
    public Questionnaire Form { get; private set; } = null!;
    public Interview Interview { get; private set; } = null!;
    public IReadOnlyList<Put> Puts { get; private set; } = [];
    public IReadOnlyDictionary<string, Refusal> Wrong { get; private set; } = new Dictionary<string, Refusal>();
    public bool IsLast => Step >= Interview.Screens.Count;
    public Screen Screen => Interview.Screens[Step];

    /// <summary>What is wrong with an answer, in the form's own words where it has some.</summary>
    public string Why(FormItem item, Refusal no) => no.Code == "survey.answer-constraint" && item.ConstraintMessage.All.Count > 0 ? item.ConstraintMessage.Pick(say.Language, "") : say.Refusal(no);

    /// <summary>What stands in the field of a question.</summary>
    public string? Value(string name) => Wrong.ContainsKey(name) && Request.HasFormContentType && Request.Form.TryGetValue("q." + name, out var typed) ? typed.ToString() : Interview.Book.Of(Screen.Repeat, Turn).GetValueOrDefault(name);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await Load(cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!await Load(cancel) || IsLast) return NotFound();
        var shown = (Shown ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Wrong = Interview.Take(Screen, Turn, shown, name => [.. Request.Form["q." + name].Select(v => v ?? ""), .. Request.Form.ContainsKey("none." + name) ? new string?[] { null } : []]);
        if ((await interviews.Keep(Answers, Interview, Form, cancel)).Refused is { } no) return await Load(cancel) ? this.Refuse(no, "") : NotFound();
        if (Go == "back") return Redirect(Before());
        Puts = Interview.PutOn(Screen, Turn);
        if (Wrong.Count > 0)
        {
            Response.StatusCode = 422;
            return Page();
        }
        // What was just said may lead to more questions on the same page.
        if (Puts.Any(p => p.Item.HasAnswer && !shown.Contains(p.Item.Name))) return RedirectToPage(new { Id, Step, Turn });
        if (Go == "more" && Screen.Repeat is not null && Turn + 1 < Interview.MostTurns) return RedirectToPage(new { Id, Step, Turn = Turn + 1 });
        return Redirect(After());
    }

    public async Task<IActionResult> OnPostSendAsync(CancellationToken cancel)
    {
        if (!await Load(cancel)) return NotFound();
        if (Answers.State == ResponseState.Draft && Interview.FirstFault() is { } fault) return RedirectToPage(new { Id, fault.Step, fault.Turn });
        return (await interviews.End(Answers, Interview, Form, cancel)).Ok(out _, out var no) ? RedirectToPage(new { Id }) : this.Refuse(no, "");
    }

    // The next page that puts something.
    private string After()
    {
        for (var step = Step + 1; step < Interview.Screens.Count; step++)
            if (Interview.PutOn(Interview.Screens[step], 0).Count > 0) return Address(step);
        return Address(Interview.Screens.Count);
    }

    private string Before()
    {
        if (Turn > 0) return Address(Step, Turn - 1);
        for (var step = Math.Min(Step, Interview.Screens.Count) - 1; step >= 0; step--)
            if (Interview.PutOn(Interview.Screens[step], 0).Count > 0) return Address(step);
        return Address(0);
    }

    private string Address(int step, int turn = 0) => Url.Page("Answer", new { Id, Step = step, Turn = turn })!;

    private async Task<bool> Load(CancellationToken cancel)
    {
        if (await interviews.Find(Id, cancel) is not { } found) return false;
        (Answers, Interview) = found;
        Survey = await db.Surveys.AsNoTracking().SingleAsync(s => s.Id == Answers.SurveyId, cancel);
        Form = await interviews.FormOf(Answers, cancel);
        Step = Math.Clamp(Step, 0, Interview.Screens.Count);
        Turn = IsLast || Screen.Repeat is null ? 0 : Math.Clamp(Turn, 0, Math.Min(Interview.Turns(Screen.Repeat), Interview.MostTurns - 1));
        if (!IsLast) Puts = Interview.PutOn(Screen, Turn);
        return true;
    }
}
