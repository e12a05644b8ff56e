using System.IO.Compression;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Invoices;
using Shanhuo.Market.Orders;
using Shanhuo.Registry.Trail;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Market.Buying;
using Shanhuo.Tests.Market.Shipping;

namespace Shanhuo.Tests.Market.Invoices;

/// <summary>A buyer asks once, the seller issues over what was really paid, and a refund after that is noticed.</summary>
public sealed class InvoiceTests
{
    private static readonly Scope Seller = new() { Area = SmallCounty.Township, AccountId = 3, Role = Role.Cooperative, OrganisationId = SmallCounty.Cooperative };

    private static Task<Outcome<InvoiceAsk>> Ask(SalesHost host, long order, Guid? request = null, bool company = true, string? tax = "91110000802100433B", string contact = "13911112222") =>
        host.Do((AskInvoiceHandler ask) => ask.Handle(new AskInvoice(request ?? Guid.CreateVersion7(), order, company, "甘肃某某食品有限公司", tax, contact), CancellationToken.None));

    private static Task<Refusal?> Issue(SalesHost host, long invoice, string number, long fen, Scope? who = null) =>
        host.Do((IssueInvoiceHandler issue) => issue.Handle(new IssueInvoice(invoice, number, new Fen(fen)), CancellationToken.None), who ?? Seller);

    private static async Task Refund(SalesHost host, long order, long fen)
    {
        var line = await host.Db(db => db.OrderLines.Where(l => l.OrderId == order).Select(l => l.Id).SingleAsync());
        Assert.Null((await host.Do((ClaimRefundHandler claim) => claim.Handle(new ClaimRefund(Guid.CreateVersion7(), line, new Fen(fen), null, null, "short"), CancellationToken.None))).Refused);
    }

    private static string Cells(HttpResponseMessage sheet)
    {
        using var zip = new ZipArchive(sheet.Content.ReadAsStream());
        return string.Concat(zip.Entries.Where(e => e.FullName.EndsWith(".xml", StringComparison.Ordinal)).Select(e => new StreamReader(e.Open()).ReadToEnd()));
    }

    private static Task<InvoiceState> State(SalesHost host) => host.Db(db => db.Invoices.Select(i => i.State).SingleAsync());

    [Theory, EachDatabase]
    public async Task A_company_asks_on_the_order_page_and_the_seller_issues_it(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        var placed = await Parcels.Sent(host, 4);
        var staff = await host.VisitAs(Role.CountyStaff, SmallCounty.County);
        var form = await staff.Get((await staff.Get(Parcels.Page(host, placed.OrderId))).Page.QuerySelector("a[href$='/invoice']")!.GetAttribute("href")!);
        var fields = new Dictionary<string, string> { ["Form.Kind"] = "company", ["Form.Title"] = "甘肃某某食品有限公司", ["Form.TaxNumber"] = "620525000012345", ["Form.Contact"] = "zhang@example.com" };
        var old = await staff.Submit(form, "form:has(#Form_Title)", fields);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, old.Status);
        Assert.Contains("2015 年以前", old.Text, StringComparison.Ordinal);
        Assert.Equal("甘肃某某食品有限公司", old.Page.QuerySelector("#Form_Title")!.GetAttribute("value"));
        var asked = await staff.Submit(form, "form:has(#Form_Title)", new(fields) { ["Form.TaxNumber"] = "９１１１００００ 8021 0043 3b" });
        Assert.Contains("z••@example.com", asked.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("zhang@", asked.Text, StringComparison.Ordinal);
        var invoice = await host.Db(db => db.Invoices.SingleAsync());
        Assert.Equal("91110000802100433B", invoice.TaxNumber);
        Assert.DoesNotContain("甘肃", invoice.TitleHidden, StringComparison.Ordinal);
        var seller = await host.VisitAs(Role.Cooperative, SmallCounty.Township, SmallCounty.Cooperative);
        var list = await seller.Get("/market/invoices");
        Assert.DoesNotContain("zhang@", list.Text, StringComparison.Ordinal);
        Assert.Contains("zhang@example.com", (await seller.Submit(list, $"#i{invoice.Id} form", new() { ["step"] = "show" })).Text, StringComparison.Ordinal);
        var wrong = await seller.Submit(list, $"#i{invoice.Id} form", new() { ["number"] = "12", ["step"] = "issue" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        await seller.Submit(list, $"#i{invoice.Id} form", new() { ["number"] = "26622000000012345678", ["step"] = "issue" });
        Assert.Contains("26622000000012345678", (await staff.Get(Parcels.Page(host, placed.OrderId) + "/invoice")).Text, StringComparison.Ordinal);
        var cells = Cells(await seller.Client.GetAsync("/market/invoices/1.xlsx"));
        Assert.All(["91110000802100433B", "甘肃某某食品有限公司", "zhang@example.com", placed.Payment.Amount.ToString()], c => Assert.Contains(c, cells, StringComparison.Ordinal));
        Assert.DoesNotContain("91110000802100433B", Cells(await seller.Client.GetAsync("/market/invoices/1.xlsx?from=2026-01-01&until=2026-11-20")), StringComparison.Ordinal);
        Assert.Contains("91110000802100433B", Cells(await seller.Client.GetAsync("/market/invoices/1.xlsx?from=2026-11-21&until=2026-11-21")), StringComparison.Ordinal);
        Assert.Equal(["look", "export", "export", "export"], await host.Db(db => db.Set<AuditRecord>().Where(r => r.What == "invoice").OrderBy(r => r.Id).Select(r => r.Kind).ToListAsync()));
        var other = await host.VisitAs(Role.Station, SmallCounty.VillageB, SmallCounty.StationB);
        Assert.DoesNotContain(invoice.TaxNumber, (await other.Get("/market/invoices?State=Issued")).Text, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task It_is_over_what_is_left_to_the_fen_and_a_later_refund_marks_it(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        var placed = await Parcels.Sent(host, 4);
        var whole = placed.Payment.Amount.Value;
        await Refund(host, placed.OrderId, 123);
        var invoice = (await Ask(host, placed.OrderId)).Value;
        Assert.Equal("invoice.changed", (await Issue(host, invoice.Id, "26622000000000000001", whole))?.Code);
        Assert.Null(await Issue(host, invoice.Id, "26622000000000000001", whole - 123));
        Assert.Null(await Issue(host, invoice.Id, "26622000000000000001", whole - 123));
        Assert.Equal("invoice.issued", (await Issue(host, invoice.Id, "26622000000000000002", whole - 123))?.Code);
        Assert.Equal(InvoiceState.Issued, await State(host));
        await Refund(host, placed.OrderId, 77);
        Assert.Equal(InvoiceState.ToCorrect, await State(host));
        Assert.Equal("invoice.number-twice", (await Issue(host, invoice.Id, "26622000000000000001", whole - 200))?.Code);
        Assert.Null(await Issue(host, invoice.Id, "26622000000000000003", whole - 200));
        Assert.Equal((InvoiceState.Issued, whole - 200), await host.Db(async db => ((await db.Invoices.SingleAsync()).State, (await db.Invoices.SingleAsync()).Issued!.Value.Value)));
        Assert.Equal([whole - 123, whole - 200], await host.Db(db => db.InvoiceIssues.OrderBy(i => i.Id).Select(i => (long)i.Amount).ToListAsync()));
    }

    [Theory, EachDatabase]
    public async Task A_refund_in_the_moment_of_issuing_is_never_missed(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        for (var round = 0; round < 6; round++)
        {
            var placed = await Parcels.Sent(host);
            var whole = placed.Payment.Amount.Value;
            var invoice = (await Ask(host, placed.OrderId)).Value;
            var issued = Task.Run(() => Issue(host, invoice.Id, $"2662200000000000{round:0000}", whole));
            await Task.WhenAll(issued, Task.Run(() => Refund(host, placed.OrderId, 50)));
            // Either the refund came first and the old amount is refused, or it is marked.
            Assert.Equal((await issued)?.Code == "invoice.changed" ? InvoiceState.Asked : InvoiceState.ToCorrect, await host.Db(db => db.Invoices.Where(i => i.Id == invoice.Id).Select(i => i.State).SingleAsync()));
        }
    }

    [Theory, EachDatabase]
    public async Task Once_an_order_by_whoever_paid_and_issued_only_by_its_seller(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        var unpaid = (await Window.Place(host, Window.Order())).Value;
        Assert.Equal("invoice.not-paid", (await Ask(host, unpaid.OrderId)).Refused?.Code);
        var placed = await Parcels.Bought(host);
        Assert.Equal("invoice.contact", (await Ask(host, placed.OrderId, contact: "到时候打给我")).Refused?.Code);
        var request = Guid.CreateVersion7();
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Ask(host, placed.OrderId, request, company: false, tax: null))));
        var invoice = Assert.Single(answers.Select(a => a.Value.Id).Distinct());
        Assert.Equal("invoice.again", (await Ask(host, placed.OrderId)).Refused?.Code);
        Assert.Equal("invoice.not-left", (await Issue(host, invoice, "26622000000000000001", placed.Payment.Amount.Value))?.Code);
        Assert.Null(await Parcels.Move(host, placed.OrderId, OrderStep.Ship));
        var other = new Scope { Area = SmallCounty.Township, AccountId = 4, Role = Role.Cooperative, OrganisationId = 424242 };
        Assert.Equal("invoice.unknown", (await Issue(host, invoice, "26622000000000000001", placed.Payment.Amount.Value, other))?.Code);
        Assert.Null(await Issue(host, invoice, "26622000000000000001", placed.Payment.Amount.Value));
    }
}

/// <summary>The check character of GB 32100-2015.</summary>
public sealed class CreditCodeTests
{
    /// <summary>91110000600037341L is the example of python-stdnum (stdnum.cn.uscc); the others stand on the companies' own pages.</summary>
    [Theory]
    [InlineData("91110000600037341L")]
    [InlineData("91110000802100433B")]
    [InlineData("91330100799655058B")]
    [InlineData("9144030071526726XG")]
    public void Codes_that_are_in_use_pass(string code) => Assert.Null(CreditCode.WhyNot(code, out _));

    [Theory]
    [InlineData("620525000012345", "invoice.tax-old")]
    [InlineData("62052500001234567", "invoice.tax-old")]
    [InlineData("62052519700101123401", "invoice.tax-old")]
    [InlineData("", "invoice.tax-length")]
    [InlineData("9111000060003734", "invoice.tax-length")]
    [InlineData("9111000060003734IL", "invoice.tax-letter")]
    [InlineData("91A10000600037341L", "invoice.tax-place")]
    [InlineData("91110000600037341M", "invoice.tax-check")]
    public void What_is_wrong_is_said(string code, string why) => Assert.Equal(why, CreditCode.WhyNot(code, out _));

    [Fact]
    public void No_single_wrong_character_and_no_two_that_changed_places_pass()
    {
        const string letters = "0123456789ABCDEFGHJKLMNPQRTUWXY";
        const string code = "91110000600037341L";
        for (var i = 0; i < code.Length; i++)
            foreach (var other in letters.Where(c => c != code[i]))
                Assert.NotNull(CreditCode.WhyNot(code[..i] + other + code[(i + 1)..], out _));
        for (var i = 0; i + 2 < code.Length; i++)
            if (code[i] != code[i + 1]) Assert.NotNull(CreditCode.WhyNot(code[..i] + code[i + 1] + code[i] + code[(i + 2)..], out _));
    }
}
