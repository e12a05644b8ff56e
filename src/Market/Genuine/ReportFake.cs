using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Buying.Addresses;
using Shanhuo.Market.Intakes;

namespace Shanhuo.Market.Genuine;

/// <summary>What a report is about.</summary>
/// <param name="Area">Seat of the seller or keeper.</param>
internal sealed record FakeSubject(AreaCode County, AreaCode Area, long? SellerId, long? LotId, string? LotCode, long? OfferId, long? OrderId);

/// <summary>Somebody's report.</summary>
/// <param name="RequestId">Once.</param>
/// <param name="Words">10 to 500 characters.</param>
/// <param name="Phone">To be called back; empty: not wanted.</param>
/// <param name="Photos">At most as many as the rules take.</param>
/// <param name="From">Network address.</param>
internal sealed record ReportFake(Guid RequestId, FakeSubject Subject, string? Words, string? Phone, IReadOnlyList<Upload> Photos, string From);

/// <summary>Writes a report down. Acts in the county of its subject.</summary>
internal sealed class ReportFakeHandler(ShanhuoDb db, Ids ids, TimeProvider clock, Secrets secrets)
{
    private static readonly GenuineRules Rules = GenuineRules.Shipped;

    public async Task<Outcome<FakeReport>> Handle(ReportFake request, CancellationToken cancel)
    {
        var (county, today) = (request.Subject.County, clock.Today);
        var (words, phone) = (request.Words?.Trim() ?? "", "");
        if (words.Length is < 10 or > 500) return new Refusal("genuine.words", Place.Input("Words"));
        if (request.Photos.Count > Rules.MostPhotos) return new Refusal("claim.photos", Place.Input("Photos"), Rules.MostPhotos);
        if (request.Phone?.Trim() is { Length: > 0 } typed)
        {
            phone = PhoneText.Take(Numerals.Narrow(typed), ' ', out var rest, out _);
            if (phone.Length == 0 || rest.Trim().Length > 0) return new Refusal("genuine.phone", Place.Input("Phone"));
        }
        var from = secrets.LookUp($"{today:yyyyMMdd}:{request.From}", FakeReport.Table + ":from");
        while (true)
        {
            if (await db.FakeReports.AsNoTracking().SingleOrDefaultAsync(r => r.County == county && r.RequestId == request.RequestId, cancel) is { } earlier) return earlier;
            var mine = await db.FakeReports.CountAsync(r => r.County == county && r.Day == today && r.FromKey == from, cancel);
            if (mine >= Rules.MostFromOneADay || await db.FakeReports.CountAsync(r => r.County == county && r.Day == today, cancel) >= Rules.MostADay) return new Refusal("genuine.many");
            var report = Add(request, words, phone, from, mine + 1, today);
            try
            {
                await db.SaveChangesAsync(cancel);
                return report;
            }
            catch (DbUpdateException) when (db.ChangeTracker.Entries<FakeReport>().Any())
            {
                // The same request, or another of the same address, came first: the numbers decide again, and they only rise.
                db.ChangeTracker.Clear();
                if (await db.FakeReports.AsNoTracking().SingleOrDefaultAsync(r => r.County == county && r.RequestId == request.RequestId, cancel) is { } same) return same;
                if (await db.FakeReports.CountAsync(r => r.County == county && r.Day == today && r.FromKey == from, cancel) == mine) throw;
            }
        }
    }

    private FakeReport Add(ReportFake request, string words, string phone, string from, int number, DateOnly today)
    {
        var (id, about) = (ids.Next(), request.Subject);
        var report = new FakeReport
        {
            Id = id, County = about.County, RequestId = request.RequestId, Area = about.Area, SellerId = about.SellerId, LotId = about.LotId, LotCode = about.LotCode, OfferId = about.OfferId, OrderId = about.OrderId, Words = words,
            PhoneHidden = phone.Length == 0 ? null : secrets.Hide(phone, FakeReport.Binding(id)), PhoneMask = phone.Length == 0 ? null : Secrets.Mask(phone), FromKey = from, FromNumber = number, Day = today, DueDay = today.AddDays(Rules.AnswerDays),
        };
        db.FakeReports.Add(report);
        db.FakeSteps.Add(new FakeStep { Id = ids.Next(), County = report.County, ReportId = id, Outcome = FakeOutcome.Open, AccountId = 0, AtMs = clock.NowMs, Words = words });
        for (var i = 0; i < request.Photos.Count; i++)
            db.FakePhotos.Add(new FakePhoto { County = report.County, ReportId = id, Number = i + 1, ContentType = request.Photos[i].ContentType, Hidden = secrets.HideFile(request.Photos[i].Content, FakePhoto.Binding(id, i + 1)) });
        return report;
    }
}
