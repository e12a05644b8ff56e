using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Targeting.Features;
using Shanhuo.Registry.Targeting.Rules;
using Shanhuo.Registry.Targeting.Runs;

namespace Shanhuo.Registry.Targeting;

internal sealed class EditPage(ShanhuoDb db, Say say, Texts texts, WriteRuleHandler write, FeatureStore store, FeatureLoader loader) : PageModel
{
    [BindProperty(SupportsGet = true)] public long Id { get; set; }
    [BindProperty] public int Revision { get; set; }
    [BindProperty] public string? Document { get; set; }
    [BindProperty] public SimpleRule Form { get; set; } = new();

    /// <summary>Which of the two is sent: <c>form</c> or <c>document</c>.</summary>
    [BindProperty] public string? As { get; set; }

    /// <summary><c>save</c> or <c>preview</c>.</summary>
    [BindProperty] public string? Do { get; set; }

    public TargetingRule Rule { get; private set; } = null!;
    public SimpleRule? Simple { get; private set; }
    public List<TownshipCount>? Preview { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (await Load(cancel) is not { } version) return NotFound();
        (Document, Revision) = (version.Document, version.Revision);
        Show(false);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (await Load(cancel) is not { } version) return NotFound();
        var document = As == "form" ? Form.Write(version.Document, texts) : Document ?? "";
        if (Do == "save")
        {
            var outcome = await write.Handle(new SaveRule(Id, Revision, document), cancel);
            if (outcome.Ok(out var saved, out var no)) return saved.Hash is not null ? RedirectToPage("/Registry/Targeting/Version", new { Id }) : RedirectToPage(new { Id });
            ModelState.AddModelError("", say.Refusal(no));
            Response.StatusCode = 422;
        }
        ModelState.Remove(nameof(Document));
        Document = document;
        Show(true);
        if (Do != "save" && Rule.Kind == RuleKind.Picks && RuleReader.TryRead(document, out var rule, out _))
        {
            var features = await store.Of(db, loader, db.Scope.Area, cancel);
            var answers = rule.Apply(features).Answers;
            Preview = await TownshipCount.Of(db, say, features.Villages.Zip(answers, (village, answer) => (village, (Truth)answer, 1)), cancel);
        }
        return Page();
    }

    private async Task<TargetingVersion?> Load(CancellationToken cancel)
    {
        if (!RuleAccess.MayWrite(db.Scope) || await db.TargetingVersions.AsNoTracking().SingleOrDefaultAsync(v => v.Id == Id, cancel) is not { State: RuleState.Draft } version) return null;
        Rule = await db.TargetingRules.AsNoTracking().SingleAsync(r => r.Id == version.RuleId, cancel);
        return version;
    }

    private void Show(bool isTyped)
    {
        if (!RuleText.TryRead(Rule.Kind, Document!, out _, out var faults))
        {
            foreach (var fault in faults.Take(20)) ModelState.AddModelError("", $"{fault.Where.Column}: {say.Refusal(fault)}");
            if (isTyped) Response.StatusCode = 422;
        }
        else if (Rule.Kind == RuleKind.Picks) Simple = SimpleRule.Of(RuleReader.Read(Document!));
        if (As == "form") Simple = Form;
        if (Simple is null) return;
        while (Simple.Lines.Count < SimpleRule.Rows) Simple.Lines.Add(new SimpleRow());
    }
}
