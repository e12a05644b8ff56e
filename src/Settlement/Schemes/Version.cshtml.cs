using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Voice.Contracts;

namespace Shanhuo.Settlement.Schemes;

internal sealed class VersionPage(ShanhuoDb db, Say say, TimeProvider clock, ProposeVersionHandler propose, DecideVersionHandler decide, CopyVersionHandler copy) : PageModel
{
    [BindProperty(SupportsGet = true)] public long Id { get; set; }
    [BindProperty] public Guid RequestId { get; set; }
    [BindProperty] public string? MeetingDay { get; set; }
    [BindProperty] public string? Reason { get; set; }

    public SchemeRecord Record { get; private set; } = null!;
    public SchemeVersion Version { get; private set; } = null!;
    public Scheme? Scheme { get; private set; }
    public int Faults { get; private set; }
    public string Whom { get; private set; } = "";
    public string Channel => SchemeNames.Channel(Record, say);
    public bool MayWrite => SchemeAccess.MayWrite(db.Scope, Record);
    public bool MayDecide => SchemeAccess.MayDecide(db.Scope, Record);
    public bool IsSecond => db.Scope.AccountId != Version.ByAccountId && db.Scope.AccountId != Version.ProposedByAccountId;
    public bool MayTry => Faults == 0 && db.Scope.Role is Role.CountyStaff or Role.CountyOfficial or Role.Cooperative or Role.Auditor;
    public bool SeesBallot => db.Scope.Role is not (Role.Station or Role.ProvinceOfficial or Role.Operator);
    public DateOnly FirstMeeting => db.FirstMeetingDay(clock.Today, BallotMatter.Ordinary);

    public static string Mark(SchemeState state) => state switch { SchemeState.Adopted => "ok", SchemeState.Refused => "stop", _ => "wait" };

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await Load(cancel) ? Page() : NotFound();

    public Task<IActionResult> OnPostProposeAsync(CancellationToken cancel) => Do(async () =>
        (await propose.Handle(new ProposeVersion(Id, DateOnly.TryParseExact(MeetingDay, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null), cancel)).Refused, cancel);

    public Task<IActionResult> OnPostAdoptAsync(CancellationToken cancel) => Do(async () => (await decide.Handle(new DecideVersion(Id, true, null), cancel)).Refused, cancel);

    public Task<IActionResult> OnPostRefuseAsync(CancellationToken cancel) => Do(async () => (await decide.Handle(new DecideVersion(Id, false, Reason), cancel)).Refused, cancel);

    public async Task<IActionResult> OnPostCopyAsync(CancellationToken cancel)
    {
        var outcome = await copy.Handle(new CopyVersion(RequestId, Id), cancel);
        if (outcome.Ok(out var made, out var no)) return RedirectToPage("/Settlement/Schemes/Edit", new { made.Id });
        return await Load(cancel) ? this.Refuse(no, "") : NotFound();
    }

    private async Task<IActionResult> Do(Func<Task<Refusal?>> step, CancellationToken cancel)
    {
        var no = await step();
        if (no is null) return RedirectToPage(new { Id });
        return await Load(cancel) ? this.Refuse(no, "") : NotFound();
    }

    private async Task<bool> Load(CancellationToken cancel)
    {
        if (await db.SchemeVersions.AsNoTracking().SingleOrDefaultAsync(v => v.Id == Id, cancel) is not { } version) return false;
        if (await SchemeAccess.Readable(db).AsNoTracking().SingleOrDefaultAsync(s => s.Id == version.SchemeId, cancel) is not { } record) return false;
        (Record, Version) = (record, version);
        // A draft is its writers', and one that was taken back too; what an assembly voted down its members may read.
        if ((version.State == SchemeState.Draft || (version.State == SchemeState.Refused && version.BallotId is null)) && !MayWrite && !MayDecide && db.Scope.Role != Role.Auditor) return false;
        Whom = SchemeNames.Whom(record, await SchemeNames.Cooperatives(db, [record.CooperativeId], say, cancel), say);
        Scheme = SchemeReader.TryRead(Encoding.UTF8.GetBytes(version.Document), version.AdoptedDay ?? clock.Today, out var scheme, out var faults) ? scheme : null;
        Faults = version.State == SchemeState.Draft ? faults.Count : 0;
        return true;
    }
}
