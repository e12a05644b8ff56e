using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Settlement.Schemes;
using Shanhuo.Voice.Contracts;

namespace Shanhuo.Settlement.Close;

/// <summary>Words and marks of a close.</summary>
internal static class CloseText
{
    public static string Key(CloseState state) => state switch { CloseState.Proposed => "close.state-proposed", CloseState.Confirmed => "close.state-confirmed", CloseState.Withdrawn => "close.state-withdrawn", CloseState.VotedDown => "close.state-voted-down", _ => "close.state-spoiled" };

    public static string Mark(CloseState state) => state switch { CloseState.Proposed => "wait", CloseState.Confirmed => "ok", _ => "stop" };
}

internal sealed class ClosesPage(ShanhuoDb db, CloseCooperative closing, TimeProvider clock, Say say) : BooksPage(db)
{
    [BindProperty] public CloseForm Form { get; set; } = new();
    public IReadOnlyList<CooperativeClose> Closes { get; private set; } = [];
    public ClosePreview? Preview { get; private set; }

    /// <summary>The one before the assembly, or null.</summary>
    public CooperativeClose? Voted => Closes.FirstOrDefault(c => c.State == CloseState.Proposed);

    /// <summary>First day for which the assembly could be called today.</summary>
    public DateOnly FirstMeeting => Db.FirstMeetingDay(clock.Today, BallotMatter.SurplusPlan);

    /// <summary>The legal floor in words, with its source.</summary>
    public string FloorText => LegalFloor.Of("close.patronage", clock.Today) is { } floor ? say["close.floor", floor.Least, say.Pick(floor.SourceZh, floor.SourceEn)] : "";

    public async Task<IActionResult> OnGetAsync(long? cooperative, long? again, CancellationToken cancel)
    {
        if (!await Open(cooperative, cancel)) return Db.Scope.Role == Role.Cooperative || cooperative is not null ? NotFound() : RedirectToPage("/Settlement/Close/Workers");
        await Load(cancel);
        if (Closes.FirstOrDefault(c => c.Id == again && c.State is CloseState.VotedDown or CloseState.Withdrawn or CloseState.Spoiled) is { } lost)
        {
            // What was not carried is the beginning of the next draft.
            Form = Of(lost.From, lost.Until, lost.PastLoss, lost.Terms);
            return Page();
        }
        var last = Closes.Where(c => c.State == CloseState.Confirmed).Select(c => (DateOnly?)c.Until).Max();
        var from = last?.AddDays(1) ?? new DateOnly(clock.Today.Year - 1, 1, 1);
        var until = new DateOnly(from.Year, 12, 31);
        Form = Of(from, until > clock.Today ? clock.Today : until, Fen.Zero, await Terms(cancel));
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long? cooperative, CancellationToken cancel)
    {
        if (!MayWrite || !await Open(cooperative, cancel)) return NotFound();
        await Load(cancel);
        if (Form.Read(Cooperative.Id).Ok(out var request, out var no) && (await closing.Preview(request, cancel)).Ok(out var preview, out no))
        {
            Preview = preview;
            return Page();
        }
        ModelState.Clear();
        return this.Refuse(no);
    }

    public async Task<IActionResult> OnPostProposeAsync(long? cooperative, CancellationToken cancel)
    {
        if (!MayWrite || !await Open(cooperative, cancel)) return NotFound();
        if (Form.Read(Cooperative.Id).Ok(out var request, out var no) && (await closing.Handle(request, cancel)).Ok(out var close, out no)) return LocalRedirect($"/settlement/close/show/{close.Id}");
        await Load(cancel);
        ModelState.Clear();
        // The day of the assembly stands below the preview.
        if (request is not null && (await closing.Preview(request, cancel)).Ok(out var preview, out _)) Preview = preview;
        return this.Refuse(no);
    }

    private static CloseForm Of(DateOnly from, DateOnly until, Fen loss, CloseTerms terms) => new()
    {
        RequestId = Guid.CreateVersion7(),
        From = from,
        Until = until,
        OpeningLoss = loss.ToString(),
        Reserve = Plain(terms.Reserve),
        Patronage = Plain(terms.Patronage),
        Welfare = Plain(terms.Welfare),
        Labour = Plain(terms.Labour),
    };

    private async Task Load(CancellationToken cancel)
    {
        var county = Cooperative.Area.County;
        Closes = await Db.Closes.AsNoTracking().Where(c => c.County == county && c.OrganisationId == Cooperative.Id).OrderByDescending(c => c.Until).ThenByDescending(c => c.AtMs).Take(20).ToListAsync(cancel);
    }

    // What the scheme in force says; without one, nothing but what the law asks for.
    private async Task<CloseTerms> Terms(CancellationToken cancel)
    {
        var version = await SchemeInForce.For(Db, Cooperative.Area.County, Cooperative.Id, null, clock.Today, cancel);
        return (version is null ? null : SchemeInForce.Read(version).Close) ?? new CloseTerms(default, LegalFloor.Of("close.patronage", clock.Today)?.Rate ?? default, default, default);
    }

    private static string Plain(Rate rate) => rate.ToString().TrimEnd('%');

    internal sealed class CloseForm
    {
        public Guid RequestId { get; set; }
        public DateOnly? From { get; set; }
        public DateOnly? Until { get; set; }
        public string? OpeningLoss { get; set; }
        public string? Reserve { get; set; }
        public string? Patronage { get; set; }
        public string? Welfare { get; set; }
        public string? Labour { get; set; }
        public DateOnly? MeetingDay { get; set; }

        public Outcome<ProposeClose> Read(long cooperative)
        {
            if (From is not { } from) return new Refusal("close.day-missing", Place.Input(nameof(From)));
            if (Until is not { } until) return new Refusal("close.day-missing", Place.Input(nameof(Until)));
            if (!Fen.TryParseYuan(OpeningLoss is null or "" ? "0" : OpeningLoss, out var loss)) return new Refusal("close.not-money", Place.Input(nameof(OpeningLoss)), OpeningLoss ?? "");
            var rates = new Rate[4];
            foreach (var (i, name, text) in new[] { (0, nameof(Reserve), Reserve), (1, nameof(Patronage), Patronage), (2, nameof(Welfare), Welfare), (3, nameof(Labour), Labour) })
                if (!Rate.TryParse(Numerals.Narrow(text ?? "").TrimEnd('%').Trim() is { Length: > 0 } number ? number + "%" : "0%", out rates[i])) return new Refusal("close.not-rate", Place.Input(name), text ?? "");
            return new ProposeClose(RequestId, cooperative, from, until, new CloseTerms(rates[0], rates[1], rates[2], rates[3]), loss, MeetingDay);
        }
    }
}
