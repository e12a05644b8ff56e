using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Settlement.Close;

/// <summary>What the pages of a cooperative's books share: which cooperative is open, and who may write.</summary>
internal abstract class BooksPage(ShanhuoDb db) : PageModel
{
    protected ShanhuoDb Db => db;

    /// <summary>Those whose books the reader may open.</summary>
    public IReadOnlyList<OrganisationFact> All { get; private set; } = [];

    /// <summary>The one that is open.</summary>
    public OrganisationFact Cooperative { get; private set; } = null!;

    /// <summary>Its manager keeps the books; officials and auditors read them.</summary>
    public bool MayWrite => db.Scope.Role == Role.Cooperative;

    /// <summary>Opens the asked one, else the first; false when there is none.</summary>
    protected async Task<bool> Open(long? asked, CancellationToken cancel)
    {
        All = await db.OpenCooperatives.OrderBy(o => o.Code).ToListAsync(cancel);
        var open = asked is null ? (All.Count > 0 ? All[0] : null) : All.SingleOrDefault(o => o.Id == asked);
        Cooperative = open!;
        return open is not null;
    }
}
