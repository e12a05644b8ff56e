using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Api;

/// <summary>Makes a writing request one that can be sent again: an organisation's <c>Idempotency-Key</c> always leads to the same request id, and only for the same content.</summary>
/// <remarks>The row is there before anything is done, and what is done asks by its request id whether it was done: so a request cut off in the middle is finished when it is sent again, and one that was refused is looked at anew.</remarks>
internal sealed class OnceOnly(ShanhuoDb db, Ids ids, TimeProvider clock)
{
    /// <summary>The request id; <c>api.once-missing</c> without a usable header, <c>api.once-other</c> when the key stands for other content.</summary>
    public async Task<Outcome<Guid>> RequestId(HttpRequest request, byte[] body, CancellationToken cancel)
    {
        var key = request.Headers["Idempotency-Key"].ToString();
        if (key.Length is < 1 or > 64 || key.Any(c => c is <= ' ' or > '~')) return new Refusal("api.once-missing", Place.Input("Idempotency-Key"));
        var said = Convert.ToHexStringLower(SHA256.HashData([.. Encoding.UTF8.GetBytes($"{request.Method} {request.Path}\n"), .. body]));
        var (county, organisation) = (db.Scope.County, db.Scope.OrganisationId!.Value);
        if (await Known() is not { } known)
        {
            known = new ApiRequest { Id = ids.Next(), County = county, OrganisationId = organisation, Key = key, Said = said, RequestId = Guid.CreateVersion7(clock.GetUtcNow()), AtMs = clock.NowMs };
            db.ApiRequests.Add(known);
            try { await db.SaveChangesAsync(cancel); }
            catch (DbUpdateException)
            {
                db.ChangeTracker.Clear();
                if (await Known() is not { } twin) throw;
                known = twin;
            }
        }
        return known.Said == said ? known.RequestId : new Refusal("api.once-other", Place.Input("Idempotency-Key"));

        Task<ApiRequest?> Known() => db.ApiRequests.AsNoTracking().SingleOrDefaultAsync(r => r.County == county && r.OrganisationId == organisation && r.Key == key, cancel);
    }
}
