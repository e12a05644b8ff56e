using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Lots;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Campaigns;

/// <summary>A campaign as it is typed; the code of one that is there stays.</summary>
internal sealed record WriteCampaign(Guid RequestId, long? Id, string Code, string Title, string TitleEn, string Story, string StoryEn, string Host, string HostOffice, DateOnly From, DateOnly Until, int CommissionPerMille);

/// <summary>Makes and edits campaigns, and sends samples to their hosts.</summary>
internal sealed class CampaignDesk(ShanhuoDb db, Ids ids, TimeProvider clock)
{
    /// <summary>Makes it, or puts one right.</summary>
    public async Task<Outcome<Campaign>> Write(WriteCampaign wish, CancellationToken cancel)
    {
        var county = db.Scope.County;
        if (await db.Campaigns.SingleOrDefaultAsync(c => c.County == county && c.RequestId == wish.RequestId && wish.Id == null, cancel) is { } made) return made;
        if (Check(wish) is { } no) return no;
        var code = wish.Code.Trim();
        Campaign? campaign;
        if (wish.Id is { } id)
        {
            if ((campaign = await db.Campaigns.SingleOrDefaultAsync(c => c.County == county && c.Id == id, cancel)) is null || !IsMine(campaign)) return new Refusal("campaign.unknown");
            // What offers without a commission of their own pay from now on.
            if (campaign.CommissionPerMille != wish.CommissionPerMille) db.Record(ids, clock, "change", "campaign-commission", 0, fields: $"{campaign.CommissionPerMille} > {wish.CommissionPerMille}", reason: campaign.Code);
        }
        else if (await db.Campaigns.AnyAsync(c => c.County == county && c.Code == code, cancel)) return new Refusal("campaign.code-taken", Place.Input("Code"), code);
        else
            db.Campaigns.Add(campaign = new Campaign { County = county, Id = ids.Next(), RequestId = wish.RequestId, Code = code, Title = "", TitleEn = "", Host = "", HostOffice = "", From = wish.From, Until = wish.Until, CommissionPerMille = 0, ByAccountId = db.Scope.AccountId, OrganisationId = db.Scope.OrganisationId, ChangedMs = 0 });
        (campaign.Title, campaign.TitleEn, campaign.Story, campaign.StoryEn) = (wish.Title.Trim(), wish.TitleEn.Trim(), wish.Story.Trim(), wish.StoryEn.Trim());
        (campaign.Host, campaign.HostOffice, campaign.From, campaign.Until, campaign.CommissionPerMille, campaign.ChangedMs) = (wish.Host.Trim(), wish.HostOffice.Trim(), wish.From, wish.Until, wish.CommissionPerMille, clock.NowMs);
        try { await db.SaveChangesAsync(cancel); }
        catch (DbUpdateException)
        {
            db.ChangeTracker.Clear();
            if (await db.Campaigns.SingleOrDefaultAsync(c => c.County == county && c.RequestId == wish.RequestId, cancel) is { } first) return first;
            throw;
        }
        return campaign;
    }

    /// <summary>May this person write it?</summary>
    public bool IsMine(Campaign campaign) => db.Scope.OrganisationId is not { } own || campaign.OrganisationId == own;

    /// <summary>Sends a sample: it leaves its lot for a reason of its own and stands in the campaign's list, in one change. Sent again it is the same sample.</summary>
    public async Task<Outcome<CampaignSample>> Send(Guid requestId, long campaignId, long lotId, long quantity, CancellationToken cancel)
    {
        var county = db.Scope.County;
        if (quantity <= 0) return new Refusal("market.write-off-quantity", Place.Input("Quantity"));
        if (await db.Campaigns.AsNoTracking().SingleOrDefaultAsync(c => c.County == county && c.Id == campaignId, cancel) is not { } campaign || !IsMine(campaign)) return new Refusal("campaign.unknown");
        if (!await db.MyLots.AnyAsync(l => l.County == county && l.Id == lotId, cancel)) return new Refusal("market.lot-unknown", Place.Input("LotId"), lotId);
        await using var change = await db.Database.BeginTransactionAsync(cancel);
        // The campaign's row is taken first, so that the same press twice comes one after the other.
        await db.Campaigns.Where(c => c.County == county && c.Id == campaignId).ExecuteUpdateAsync(set => set.SetProperty(c => c.ChangedMs, c => c.ChangedMs), cancel);
        if (await db.CampaignSamples.SingleOrDefaultAsync(s => s.County == county && s.RequestId == requestId, cancel) is { } sent) return sent;
        if ((await LotStock.Take(db, ids, county, lotId, quantity, MoveKind.Sample, requestId, null, clock.Today, $"{campaign.Code}: {campaign.Host}", cancel)).Refused is { } no) return no;
        var sample = new CampaignSample { County = county, Id = ids.Next(), RequestId = requestId, CampaignId = campaignId, LotId = lotId, Quantity = quantity, Day = clock.Today, ByAccountId = db.Scope.AccountId };
        db.CampaignSamples.Add(sample);
        await db.SaveChangesAsync(cancel);
        await change.CommitAsync(cancel);
        return sample;
    }

    /// <summary>Its page shows something new.</summary>
    public Task Touch(long campaignId, CancellationToken cancel)
    {
        var (county, now) = (db.Scope.County, clock.NowMs);
        return db.Campaigns.Where(c => c.County == county && c.Id == campaignId).ExecuteUpdateAsync(set => set.SetProperty(c => c.ChangedMs, now), cancel);
    }

    private static Refusal? Check(WriteCampaign wish)
    {
        var code = wish.Code.Trim();
        if (code.Length is < 3 or > 40 || !code.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')) return No("campaign.code", "Code");
        if (wish.Title.Trim().Length is < 3 or > 60) return No("campaign.title-wrong", "Title");
        if (wish.TitleEn.Trim().Length is < 3 or > 120) return No("campaign.title-wrong", "TitleEn");
        if (wish.Story.Length > 2000) return No("campaign.story-wrong", "Story");
        if (wish.StoryEn.Length > 4000) return No("campaign.story-wrong", "StoryEn");
        if (wish.Host.Trim().Length is < 2 or > 40) return No("campaign.host-wrong", "Host");
        if (wish.HostOffice.Trim().Length > 60) return No("campaign.host-wrong", "HostOffice");
        if (wish.Until < wish.From || wish.Until > wish.From.AddDays(366)) return No("campaign.days", "Until");
        return wish.CommissionPerMille is < 0 or > 500 ? No("campaign.commission", "CommissionPerMille") : null;
    }

    private static Refusal No(string code, string field) => new(code, Place.Input(field));
}
