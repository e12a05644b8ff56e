using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Bulk;
using Shanhuo.Market.Buying;
using Shanhuo.Tests.Databases;

namespace Shanhuo.Tests.Market.Bulk;

/// <summary>A canteen that asks the cooperative for almonds, and what it is answered.</summary>
internal static class Bargain
{
    public static readonly Recipient Canteen = new("周老师", "13900005678", "62", "甘肃省兰州市城关区某学校食堂", null);
    public static readonly Scope Seller = new() { Area = SmallCounty.Township, OrganisationId = SmallCounty.Cooperative, AccountId = 5, Role = Role.Cooperative };
    public static readonly Scope Second = new() { Area = SmallCounty.County, AccountId = 2, Role = Role.CountyStaff };

    public static Task<Outcome<QuoteRequest>> Ask(SalesHost host, Guid? request = null, string phone = "13900005678", long grams = 50_000) =>
        host.Do((AskQuoteHandler ask) => ask.Handle(new AskQuote(request ?? Guid.CreateVersion7(), "almond-701", 0, null, grams, SmallCounty.Day.AddDays(20), "某学校食堂", Canteen with { Phone = phone }, "请用五公斤一箱"), CancellationToken.None));

    /// <summary>Ten packs of 5 kg at 270.00 each.</summary>
    public static Task<Outcome<Quotation>> Quote(SalesHost host, QuoteRequest quote, int units = 10, long price = 27_000, int? deposit = 300_000, string method = "transfer", Scope? who = null, Guid? request = null, int validDays = 7) =>
        host.Do((WriteQuotationHandler write) => write.Handle(new WriteQuotation(request ?? Guid.CreateVersion7(), quote.Id, SmallCounty.Cooperative, [new QuotedLine(SmallCounty.Apricot, "1", 5_000, units, new Fen(price))], new Fen(8_000), deposit, method, SmallCounty.Day.AddDays(10), SmallCounty.Day.AddDays(20), SmallCounty.Day.AddDays(validDays), "前山合作社 农村信用社 6230", ""), CancellationToken.None), who ?? Seller);

    public static Task<Outcome<long>> Accept(SalesHost host, QuoteRequest quote, int version, string name = "周老师") =>
        host.Do((AcceptQuotationHandler accept) => accept.Handle(quote.Id, version, name, CancellationToken.None));
}
