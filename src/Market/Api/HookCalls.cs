using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Api;

/// <summary>The asker's addresses.</summary>
internal static class HookCalls
{
    private const int Most = 5;

    public static async Task<IResult> Make(HttpContext http, ShanhuoDb db, Secrets secrets, Ids ids, TimeProvider clock, HookOptions options, CancellationToken cancel)
    {
        if (!(await ApiJson.Read<HookAsked>(http.Request, cancel)).Ok(out var asked, out var no)) return ApiProblem.Refuse(http, no);
        var (county, own, url) = (db.Scope.County, db.Scope.OrganisationId!.Value, asked.Body.Url);
        if (!HookGuard.Accepts(url, options.Loopback)) return ApiProblem.Refuse(http, new Refusal("api.hook-url", Place.Input("url")));
        if (await db.Hooks.CountAsync(h => h.County == county && h.State == HookState.Open, cancel) >= Most) return ApiProblem.Refuse(http, new Refusal("api.hook-many", Place.None, Most));
        var (id, secret) = (ids.Next(), HookSeal.Draw());
        var hook = new Hook { Id = id, County = county, OrganisationId = own, Url = url, OpenUrl = url, SecretHidden = secrets.Hide(secret, Hook.Binding(id)), AtMs = clock.NowMs };
        db.Hooks.Add(hook);
        try { await db.SaveChangesAsync(cancel); }
        catch (DbUpdateException)
        {
            db.ChangeTracker.Clear();
            if (await db.Hooks.AnyAsync(h => h.County == county && h.OpenUrl == url, cancel)) return ApiProblem.Refuse(http, new Refusal("api.hook-there", Place.Input("url")));
            throw;
        }
        return ApiJson.Ok(Tell(hook, secret, 0, 0), StatusCodes.Status201Created);
    }

    public static async Task<IResult> All(ShanhuoDb db, CancellationToken cancel)
    {
        var county = db.Scope.County;
        var hooks = await db.Hooks.AsNoTracking().Where(h => h.County == county && h.State != HookState.Ended).OrderBy(h => h.Id).Take(50).ToListAsync(cancel);
        var counts = await db.HookMessages.Where(m => m.County == county && m.State != MessageState.Done).GroupBy(m => new { m.HookId, m.State }).Select(g => new { g.Key.HookId, g.Key.State, Count = g.Count() }).ToListAsync(cancel);
        return ApiJson.Ok(new HooksAnswer([.. hooks.Select(h => Tell(h, null, Count(h, MessageState.Due), Count(h, MessageState.Failed)))]));

        int Count(Hook hook, MessageState state) => counts.Where(c => c.HookId == hook.Id && c.State == state).Sum(c => c.Count);
    }

    public static async Task<IResult> End(string id, HttpContext http, ShanhuoDb db, CancellationToken cancel)
    {
        var county = db.Scope.County;
        if (!long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var row) || await db.Hooks.SingleOrDefaultAsync(h => h.County == county && h.Id == row, cancel) is not { } hook) return ApiProblem.Refuse(http, new Refusal("api.unknown"));
        (hook.State, hook.OpenUrl) = (HookState.Ended, null);
        await db.SaveChangesAsync(cancel);
        return Results.NoContent();
    }

    // Ids are longer than the numbers of some languages, so they are text.
    private static HookAnswer Tell(Hook hook, string? secret, int waiting, int failed) => new(hook.Id.ToString(CultureInfo.InvariantCulture), hook.Url, OrderCalls.Word(hook.State), secret, waiting, failed);
}
