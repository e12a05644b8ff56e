using System.Text;
using Shanhuo.Kernel;
using Shanhuo.Settlement.Contracts;

namespace Shanhuo.Tests.Settlement.Bulk;

public sealed class BulkSettlementTests
{
    // Reckoned by hand. Mean price (30 000 × 1200 + 20 000 × 1000) / 50 000 = 1120 fen per kg.
    private const string ByHand = """
        line,account,fen
        1,buyer,-6400
        1,carrier,600
        1,cooperative,2765
        1,growers/L-1,2240
        1,packaging,100
        1,platform/taobao,320
        1,station/S-1,68
        1,village-fund,307
        2,buyer,-1000
        2,growers/L-1,1120
        2,packaging,50
        2,platform/taobao,50
        2,risk-fund,-232
        2,station/S-1,12
        refund:1,buyer,3200
        refund:1,cooperative,-1383
        refund:1,growers/L-1,-1120
        refund:1,platform/taobao,-160
        refund:1,risk-fund,-350
        refund:1,station/S-1,-34
        refund:1,village-fund,-153
        lot:L-1,growers/L-1,-2240
        lot:L-1,household/H-1,1440
        lot:L-1,household/H-2,800

        """;

    private const string Lines = BulkFolder.LinesHeader + """
        1,O-1,2026-11-21,taobao,S-1,L-1,2000,58,6
        2,O-1,2026-11-21,taobao,S-1,L-1,1000,10.00,0

        """;

    [Fact]
    public void The_example_scheme_gives_what_the_hand_gives()
    {
        using var folder = Example(Lines);
        Assert.Equal(BulkSettlement.Settled, folder.Run());
        Assert.Equal(ByHand, folder.Postings);
        Assert.Equal("", folder.Errors);
    }

    [Fact]
    public void Byte_order_mark_crlf_quotes_and_columns_in_any_order_change_nothing()
    {
        using var folder = Example("");
        var rows = Lines.TrimEnd().Split('\n').Select(row => row.Split(',')).Select(cells => string.Join(',', cells.Reverse().Select(cell => $"\"{cell}\"").Append("x")));
        folder.WriteBytes("LINES.csv", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(string.Join("\r\n", rows) + "\r\n\r\n")]);
        Assert.Equal(BulkSettlement.Settled, folder.Run());
        Assert.Equal(ByHand, folder.Postings);
    }

    [Fact]
    public void The_last_row_needs_no_line_end()
    {
        using var folder = Example(Lines.TrimEnd());
        Assert.Equal(BulkSettlement.Settled, folder.Run());
        Assert.Equal(ByHand, folder.Postings);
    }

    [Fact]
    public void The_summary_says_lines_gross_roles_and_the_growers_share()
    {
        using var folder = Example(Lines);
        folder.Run(language: Language.Zh);
        Assert.Contains("订单行：2\n买家付款合计：74.00 元\n退款：1 笔，32.00 元；退款后净额：42.00 元\n", folder.Summary, StringComparison.Ordinal);
        Assert.Contains("growers                     22.40    53.33%  农户\n", folder.Summary, StringComparison.Ordinal);
        Assert.EndsWith("买家每付一元，农户所得：53.33%\n", folder.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lot_bought_at_intake_pays_its_growers_at_once_and_its_buyer_from_the_lines()
    {
        using var folder = new BulkFolder
        {
            Scheme = """{ "name": "n", "steps": [ { "to": "growers", "price": "intake", "ifShort": { "bearer": "platform" } }, { "to": "platform", "rest": true } ] }""",
            Lots = "lot,household,grams,grade,price,bought_by\nL-1,H-2,1500,A,10.01,platform\nL-1,H-1,1000,A,10.00,platform\n",
            Lines = BulkFolder.LinesHeader + "1,O-1,2026-11-21,jd,,L-1,1000,8,0\n",
        };
        Assert.Equal(BulkSettlement.Settled, folder.Run());
        // 1500 × 10.01 + 1000 × 10.00 = 25.015 yuan: 25.02 (half to even). The line: to the buyer in the growers' place, and from it as bearer.
        Assert.Equal("""
            line,account,fen
            intake:L-1,growers/L-1,2502
            intake:L-1,platform,-2502
            1,buyer,-800
            1,platform/jd,800
            lot:L-1,growers/L-1,-2502
            lot:L-1,household/H-1,1000
            lot:L-1,household/H-2,1502

            """, folder.Postings);
    }

    [Fact]
    public void More_sold_than_taken_in_is_a_warning_only()
    {
        using var folder = Example(Lines.Replace(",2000,", ",200000,", StringComparison.Ordinal));
        Assert.Equal(BulkSettlement.Settled, folder.Run());
        Assert.Contains("lot “L-1” sold 201000 grams but took in 50000", folder.Errors, StringComparison.Ordinal);
        Assert.NotNull(folder.Postings);
    }

    [Fact]
    public void A_line_needs_no_lot_where_no_step_asks_for_one()
    {
        using var folder = new BulkFolder
        {
            Scheme = """{ "name": "n", "steps": [ { "to": "growers", "fixed": "1", "per": "line", "when": { "channel": ["jd"] } }, { "to": "cooperative", "rest": true } ] }""",
            Lots = BulkFolder.ExampleLots,
            Lines = BulkFolder.LinesHeader + "1,O-1,2026-11-21,taobao,,,1000,8,0\n2,O-2,2026-11-21,jd,,,1000,8,0\n",
        };
        Assert.Equal(BulkSettlement.Refused, folder.Run());
        Assert.Equal(["LINES.csv:3:lot"], folder.Places);
    }

    [Fact]
    public void The_largest_cells_are_settled_to_the_fen()
    {
        using var folder = new BulkFolder
        {
            Scheme = """{ "name": "n", "steps": [ { "to": "growers", "price": "intake" }, { "to": "cooperative", "rest": true } ] }""",
            Lots = "lot,household,grams,grade,price\nL-1,H-1,1000000000000,A,1000000000000\nL-1,H-2,1000000000000,A,1000000000000.00\n",
            Lines = BulkFolder.LinesHeader + "1,O-1,2026-11-21,jd,,L-1,1000000000000,1000000000000,1000000000000\n",
        };
        Assert.Equal(BulkSettlement.Settled, folder.Run());
        Assert.Contains("1,growers/L-1,200000000000000\n", folder.Postings, StringComparison.Ordinal);
        Assert.EndsWith("lot:L-1,household/H-1,100000000000000\nlot:L-1,household/H-2,100000000000000\n", folder.Postings, StringComparison.Ordinal);
    }

    private static BulkFolder Example(string lines) => new()
    {
        Scheme = BulkFolder.ExampleScheme,
        Lots = BulkFolder.ExampleLots,
        Lines = lines,
        Refunds = "line,day,amount,fault\n1,2026-11-30,32,\n",
    };
}
