using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Shanhuo.Kernel;

namespace Shanhuo.Settlement.Schemes;

// A scheme of 64 steps has more fields than forms are usually allowed.
[RequestFormLimits(ValueCountLimit = 8192)]
internal sealed class EditPage(ShanhuoDb db, Say say, Texts texts, TimeProvider clock, SaveDraftHandler save) : PageModel
{
    [BindProperty(SupportsGet = true)] public long Id { get; set; }
    [BindProperty] public SchemeForm Form { get; set; } = new();
    [BindProperty] public int Revision { get; set; }

    /// <summary>What the pressed button asks for: <c>save</c>, <c>done</c>, <c>add</c>, <c>up:3</c>, <c>down:3</c>, <c>remove:3</c>.</summary>
    [BindProperty] public string? Do { get; set; }

    public SchemeRecord Record { get; private set; } = null!;
    public SchemeVersion Version { get; private set; } = null!;
    public DraftCheck Check { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!await Load(cancel)) return NotFound();
        (Form, Revision) = (SchemeFormWriter.Read(Version.Document) ?? new SchemeForm(), Version.Revision);
        Show();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!await Load(cancel)) return NotFound();
        var at = Change();
        var outcome = await save.Handle(new SaveDraft(Id, Revision, SchemeFormWriter.Write(Form)), cancel);
        if (outcome.Ok(out _, out var no)) return Do == "done" ? RedirectToPage("/Settlement/Schemes/Version", new { Id }) : RedirectToPage(null, null, new { Id }, at is { } step ? $"step-{step}" : null);
        ModelState.Clear();
        Show();
        return this.Refuse(no, "");
    }

    /// <summary>Looks a form over that is still being written, and saves nothing.</summary>
    public async Task<IActionResult> OnPostCheckAsync(CancellationToken cancel)
    {
        if (!await Load(cancel)) return NotFound();
        return new PartialViewResult { ViewName = "/Settlement/Schemes/_Check.cshtml", ViewData = new ViewDataDictionary<DraftCheck>(ViewData, Look()) };
    }

    /// <summary>The fault at a field, where the tag helper cannot say it.</summary>
    public string Error(string field) => string.Join(' ', Check.Faults.Where(f => f.Field == field).Select(f => f.Text));

    public IEnumerable<(string Value, string Text)> Kinds(Say t) => Enum.GetValues<Measure>().Select(measure => (measure.Word(), t["edit.kind-" + measure.Word()]));

    public static IEnumerable<(string Value, string Text)> WordsOf<T>(Dictionary<string, T> words, string key, Say t) => words.Keys.Select(word => (word, t[key + word]));

    private async Task<bool> Load(CancellationToken cancel)
    {
        if (await SchemeAccess.Writable(db, Id, cancel) is not var (scheme, version) || version.State != SchemeState.Draft) return false;
        (Record, Version) = (scheme, version);
        return true;
    }

    // Takes the pressed button's change into the form; the step to come back to.
    private int? Change()
    {
        var (what, at) = (Do ?? "save").Split(':') is [var name, var number] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n < Form.Steps.Count ? (name, n) : (Do, -1);
        var steps = Form.Steps;
        switch (what)
        {
            case "add" when steps.Count < Scheme.MostSteps:
                // Before the one that takes the rest, if there is one.
                at = steps.Count > 0 && steps[^1].Kind is "rest" or "split" ? steps.Count - 1 : steps.Count;
                steps.Insert(at, new StepForm { To = SchemeRole.Growers.Name(), Kind = "rate", Of = "goods" });
                return at;
            case "up" when at > 0:
                (steps[at - 1], steps[at]) = (steps[at], steps[at - 1]);
                return at - 1;
            case "down" when at >= 0 && at + 1 < steps.Count:
                (steps[at + 1], steps[at]) = (steps[at], steps[at + 1]);
                return at + 1;
            case "remove" when at >= 0:
                steps.RemoveAt(at);
                return Math.Min(at, steps.Count - 1) is >= 0 and var near ? near : null;
            default: return null;
        }
    }

    private DraftCheck Look() => DraftCheck.Of(SchemeFormWriter.Write(Form), clock.Today, say, texts);

    private void Show()
    {
        Check = Look();
        foreach (var (field, text, _) in Check.Faults) ModelState.AddModelError("Form." + field, text);
    }
}

/// <summary>A draft looked over: the scheme, or every fault with its field in the form and its words.</summary>
internal sealed record DraftCheck(Scheme? Scheme, IReadOnlyList<(string Field, string Text, int? Step)> Faults)
{
    public static DraftCheck Of(string document, DateOnly on, Say say, Texts texts) =>
        SchemeReader.TryRead(Encoding.UTF8.GetBytes(document), on, out var scheme, out var faults) ? new DraftCheck(scheme, [])
            : new DraftCheck(null, [.. faults.Select(fault => (FormFaults.Field(fault), FormFaults.Say(fault, say, texts), FormFaults.Step(fault)))]);
}
