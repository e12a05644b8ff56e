using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market.Orders;

namespace Shanhuo.Market.Api;

/// <summary>Money back. Its seller gives it; whoever placed the order sees it. Who bears it says the scheme.</summary>
internal static class RefundCalls
{
    public static async Task<IResult> Give(string number, HttpContext http, OnceOnly once, OrderAccess access, CancellationToken cancel)
    {
        if (!(await ApiJson.Read<RefundAsked>(http.Request, cancel)).Ok(out var asked, out var no)) return ApiProblem.Refuse(http, no);
        if (await access.Find(number, cancel) is not { } mine) return ApiProblem.Refuse(http, new Refusal("api.unknown"));
        if (!mine.IsSeller) return ApiProblem.Refuse(http, new Refusal("api.not-seller"));
        if (!(await once.RequestId(http.Request, asked.Bytes, cancel)).Ok(out var requestId, out no)) return ApiProblem.Refuse(http, no);
        var (body, county, id) = (asked.Body, mine.Order.County, mine.Order.Id);
        var outcome = await access.In(async s =>
        {
            var line = await s.GetRequiredService<ShanhuoDb>().OrderLines.Where(l => l.County == county && l.OrderId == id && l.Number == body.Line).Select(l => (long?)l.Id).SingleOrDefaultAsync(cancel);
            return line is { } known ? await s.GetRequiredService<ClaimRefundHandler>().Handle(new ClaimRefund(requestId, known, new Fen(body.AmountFen), null, null, body.Reason), cancel) : new Refusal("market.refund-line", Place.Input("line"));
        });
        return outcome.Ok(out var claim, out no) ? ApiJson.Ok(new RefundAnswer(body.Line, claim.Amount.Value, claim.Reason, claim.Day), StatusCodes.Status201Created) : ApiProblem.Refuse(http, no);
    }

    public static async Task<IResult> Read(string number, HttpContext http, OrderAccess access, CancellationToken cancel)
    {
        if (await access.Find(number, cancel) is not { } mine) return ApiProblem.Refuse(http, new Refusal("api.unknown"));
        var (county, id) = (mine.Order.County, mine.Order.Id);
        return ApiJson.Ok(await access.In(async s =>
        {
            var db = s.GetRequiredService<ShanhuoDb>();
            var lines = await db.OrderLines.Where(l => l.County == county && l.OrderId == id).ToDictionaryAsync(l => l.Id, l => l.Number, cancel);
            var lineIds = lines.Keys.ToList();
            var claims = await db.RefundClaims.AsNoTracking().Where(r => r.County == county && lineIds.Contains(r.LineId)).OrderBy(r => r.Id).ToListAsync(cancel);
            var back = await db.BuyerRefunds.AsNoTracking().Where(r => r.County == county && r.OrderId == id).OrderBy(r => r.Id).ToListAsync(cancel);
            return new RefundsAnswer([.. claims.Select(c => new RefundAnswer(lines[c.LineId], c.Amount.Value, c.Reason, c.Day))], [.. back.Select(b => new MoneyBackAnswer(b.Number, b.Amount.Value, b.Reason, OrderCalls.Word(b.State)))]);
        }));
    }
}
