using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Sheets;
using Shanhuo.Registry;
using Shanhuo.Settlement;
using Shanhuo.Settlement.Ledger;
using Shanhuo.Settlement.Payouts;
using Shanhuo.Tests.Databases;
using static Shanhuo.Tests.Settlement.Payouts.PayoutCounty;

namespace Shanhuo.Tests.Settlement.Payouts;

public sealed class PayoutFileTests
{
    [Theory, EachDatabase]
    public async Task Ten_clicks_two_officers_and_a_retry_at_once_pay_each_household_once(DatabaseKind kind)
    {
        await using var host = await Start(kind);
        var click = Guid.CreateVersion7();
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Make(host, click)).Append(Make(host, who: Second)).Append(Make(host, who: First)));
        Assert.Single(answers.Where(a => a.Refused is null).Select(a => a.Value.Id).Distinct());
        Assert.All(answers.Where(a => a.Refused is not null), a => Assert.Equal("payouts.nothing", a.Refused!.Code));
        Assert.Equal([SmallCounty.Ma, SmallCounty.Li], await host.Db(db => db.PayoutLines.OrderBy(l => l.Number).Select(l => l.HouseholdId).ToListAsync()));
        // Zhang has no bank account, so his money stays payable.
        Assert.Equal((0, 0, 10_000, 50_000), (await Owed(host, SmallCounty.Ma), await Owed(host, SmallCounty.Li), await Owed(host, SmallCounty.Zhang), await LedgerOf.Balance(host, "payout", "P-620525-0001")));
    }

    [Theory, EachDatabase]
    public async Task A_making_that_is_torn_off_at_any_moment_loses_and_doubles_nothing(DatabaseKind kind)
    {
        await using var host = await Start(kind);
        var click = Guid.CreateVersion7();
        for (var after = 0; after < 12; after++)
        {
            using var torn = new CancellationTokenSource();
            var work = host.In(s => s.GetRequiredService<MakePayoutFileHandler>().Handle(new MakePayoutFile(click, SmallCounty.County, null, Fen.Zero, Language.Zh), torn.Token), First);
            for (var i = 0; i < after * after; i++) await Task.Yield();
            await torn.CancelAsync();
            try { await work; } catch (OperationCanceledException) { }
            var files = await host.Db(db => db.PayoutFiles.CountAsync());
            Assert.Equal(files * 50_000, await LedgerOf.Balance(host, "payout", "P-620525-0001"));
            Assert.Equal((1 - files) * 30_000, await Owed(host, SmallCounty.Ma));
            Assert.Equal(files * 2, await host.Db(db => db.PayoutLines.CountAsync()));
        }
        Assert.Null((await Make(host, click)).Refused);
        Assert.Equal(1, await host.Db(db => db.PayoutFiles.CountAsync()));
    }

    [Theory, EachDatabase]
    public async Task The_maker_cannot_release_and_nobody_downloads_before_release(DatabaseKind kind)
    {
        await using var host = await Start(kind);
        var file = (await Make(host)).Value;
        Assert.Equal("payouts.same-person", (await Release(host, file.Id, First)).Refused?.Code);
        Assert.Equal("payouts.not-released", (await Export(host, file.Id)).Refused?.Code);
        Assert.Equal(FileState.Released, (await Release(host, file.Id)).Value.State);
    }

    [Theory, EachDatabase]
    public async Task A_file_exported_again_has_the_same_bytes_and_its_hash_matches(DatabaseKind kind)
    {
        await using var host = await Start(kind);
        await host.Db(async db =>
        {
            db.Seals.Add(new Seal { County = SmallCounty.County, Number = 7, EntryId = 1, Hash = SHA256.HashData([7]) });
            await db.SaveChangesAsync();
        });
        var file = (await Make(host)).Value;
        await Release(host, file.Id);
        foreach (var (form, hash) in new[] { (SheetFormat.Csv, file.CsvHash), (SheetFormat.Xlsx, file.XlsxHash) })
        {
            var first = (await Export(host, file.Id, form)).Value;
            host.Clock.Days(3);
            Assert.Equal(first.Content, (await Export(host, file.Id, form)).Value.Content);
            Assert.Equal(hash, Convert.ToHexStringLower(SHA256.HashData(first.Content)));
        }
        var csv = Encoding.UTF8.GetString((await Export(host, file.Id)).Value.Content);
        Assert.Contains($"1,H-101,马文,农村信用社,{Card},300.00,P-620525-0001-1,P-620525-0001,2026-11-22,7,{Convert.ToHexStringLower(SHA256.HashData([7]))}\r\n", csv);
        // Each download showed both households' numbers, and is on record.
        Assert.Equal(10, await host.Db(db => db.Trail.CountAsync(l => l.What == "bank-account")));
    }

    [Theory, EachDatabase]
    public async Task Rows_changed_behind_the_program_never_reach_the_bank(DatabaseKind kind)
    {
        await using var host = await Start(kind);
        var file = (await Make(host)).Value;
        await Release(host, file.Id);
        await host.Db(db => db.PayoutLines.Where(l => l.Number == 1).ExecuteUpdateAsync(l => l.SetProperty(x => x.Holder, "别人")));
        Assert.Equal("payouts.file-changed", (await Export(host, file.Id)).Refused?.Code);
    }

    [Theory, EachDatabase]
    public async Task A_failed_line_is_payable_again_once_and_goes_into_the_next_file(DatabaseKind kind)
    {
        await using var host = await Start(kind);
        var file = (await Make(host)).Value;
        await Release(host, file.Id);
        for (var i = 0; i < 2; i++) Assert.Null((await Results(host, file.Id, new LineResult(1, true, ""), new LineResult(2, false, "户名不符"))).Refused);
        Assert.Equal((0, 20_000, 0, 30_000), (await Owed(host, SmallCounty.Ma), await Owed(host, SmallCounty.Li), await LedgerOf.Balance(host, "payout", file.Code), await LedgerOf.Balance(host, "bank", "main")));
        Assert.Equal("payouts.result-returned", (await Results(host, file.Id, new LineResult(2, true, ""))).Refused?.Code);
        Assert.Equal((2, 20_000), ((await Make(host)).Value.Number, await LedgerOf.Balance(host, "payout", "P-620525-0002")));
        // The bank takes back what it had called paid: the money comes from the bank, not from clearing.
        Assert.Null((await Results(host, file.Id, new LineResult(1, false, "退汇"))).Refused);
        Assert.Equal((30_000, 0, 0), (await Owed(host, SmallCounty.Ma), await LedgerOf.Balance(host, "bank", "main"), await LedgerOf.Balance(host, "payout", file.Code)));
        Assert.Equal(0, await host.Db(db => db.Postings.SumAsync(p => (long)p.Amount)));
    }

    [Theory, EachDatabase]
    public async Task A_withdrawn_file_makes_its_money_payable_again(DatabaseKind kind)
    {
        await using var host = await Start(kind);
        var file = (await Make(host)).Value;
        for (var i = 0; i < 2; i++) Assert.Null((await host.In(s => s.GetRequiredService<PayoutFiles>().Handle(new WithdrawPayoutFile(file.Id), default), First)).Refused);
        Assert.Equal((30_000, 20_000, 0), (await Owed(host, SmallCounty.Ma), await Owed(host, SmallCounty.Li), await LedgerOf.Balance(host, "payout", file.Code)));
        Assert.Equal("payouts.file-withdrawn", (await Release(host, file.Id)).Refused?.Code);
    }

    [Theory, EachDatabase]
    public async Task Minimum_and_village_choose_whom_a_file_pays(DatabaseKind kind)
    {
        await using var host = await Start(kind);
        Assert.Equal("payouts.nothing", (await Make(host, area: SmallCounty.VillageB)).Refused?.Code);
        Assert.Equal(30_000, (await Make(host, area: SmallCounty.VillageA, minimum: 20_001)).Value.Total.Value);
    }

    [Fact]
    public void A_name_that_is_a_formula_stays_a_name_in_both_forms()
    {
        var head = new BankListHead("P-620525-0001", SmallCounty.Day, Language.Zh, 0, "");
        BankRow[] rows = [new(1, "H-1", "=cmd|' /C calc'!A0", "＋银行,\"一\"", Card, new Fen(123_456_789_012)), new(2, "H-2", "@<&>", "b", Card, new Fen(5))];
        var csv = Encoding.UTF8.GetString(BankList.Write(SheetFormat.Csv, head, rows));
        Assert.Contains("1,H-1,\"'=cmd|' /C calc'!A0\",\"'＋银行,\"\"一\"\"\"," + Card + ",1234567890.12,", csv);
        var sheet = Encoding.UTF8.GetString(Unzip(BankList.Write(SheetFormat.Xlsx, head, rows)));
        Assert.DoesNotContain("<f>", sheet);
        Assert.Contains("@&lt;&amp;&gt;", sheet);
    }

    private static byte[] Unzip(byte[] workbook)
    {
        using var zip = new ZipArchive(new MemoryStream(workbook));
        using var sheet = zip.Entries.Single(e => e.FullName.Contains("worksheets/", StringComparison.Ordinal)).Open();
        using var content = new MemoryStream();
        sheet.CopyTo(content);
        return content.ToArray();
    }

    [Theory]
    [InlineData("序号,结果,原因\r\n1,成功,\r\n2,失败,户名不符\r\n", null)]
    [InlineData("No.,Result\n１,Paid\n2,FAILED\n", null)]
    [InlineData("序号,说明\n1,好\n", "payouts.result-heads")]
    [InlineData("序号,结果\n1,也许\n", "payouts.result-word")]
    [InlineData("序号,结果\n1,成功\n1,失败\n", "payouts.result-number")]
    [InlineData("序号,结果\nx,成功\n", "payouts.result-number")]
    [InlineData("", "sheet.empty")]
    public async Task The_banks_answer_is_read_or_its_first_bad_row_named(string text, string? code)
    {
        var read = await BankResultFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "r.csv", default);
        Assert.Equal(code, read.Refused?.Code);
        if (code is null) Assert.Equal([(1, true), (2, false)], read.Value.Select(r => (r.Number, r.Paid)));
    }
}
