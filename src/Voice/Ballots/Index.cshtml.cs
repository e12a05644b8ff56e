using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;
using Shanhuo.Voice.Contracts;

namespace Shanhuo.Voice.Ballots;

internal sealed class IndexPage(ShanhuoDb db, Say say) : PageModel
{
    public List<Row> Rows { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var names = await db.OrganisationFacts.Where(o => o.Kind == OrganisationKind.Cooperative).ToDictionaryAsync(o => o.Id, cancel);
        var ballots = await BallotWords.Readable(db).OrderByDescending(b => b.MeetingDay).ThenByDescending(b => b.Id).Take(50).ToListAsync(cancel);
        Rows = [.. ballots.Select(b => new Row(b.Id, b.Text, b.TextEn, names.TryGetValue(b.OrganisationId, out var o) ? o.NameIn(say.Language) : "", b.MeetingDay, b.State, b.Result))];
    }

    internal sealed record Row(long Id, string Text, string TextEn, string Organisation, DateOnly MeetingDay, BallotState State, BallotResult Result);
}
