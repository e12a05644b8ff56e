using System.Globalization;

namespace Shanhuo.Bench;

/// <summary>A season of invented sales as files, the same for the same seed: 200 lots of 50 households, orders of one to three lines, nine channels in ten of them outside the pavilion.</summary>
internal static class SeasonFiles
{
    private static readonly string[] Channels = ["taobao", "jd", "pinduoduo", "douyin", "pavilion"];

    public static void Make(string folder, long lines, long refundsIn, int seed)
    {
        Directory.CreateDirectory(folder);
        var chance = new Random(seed);
        File.WriteAllText(Path.Combine(folder, "S.json"), ExampleScheme.Json);
        using (var lots = Writer(folder, "LOTS.csv"))
        {
            lots.Write("lot,household,grams,grade,price,village,station,cooperative\n");
            for (var lot = 0; lot < 200; lot++)
                for (var household = 0; household < 50; household++)
                    lots.Write(string.Create(CultureInfo.InvariantCulture, $"L-{lot},H-{lot * 37 + household},{chance.Next(20_000, 9_000_000)},A,{chance.Next(300, 2000) / 100m:0.00},V-{lot * 37 % 261 + household % 3},S-{lot % 15},C-{lot % 20}\n"));
        }
        using var sales = Writer(folder, "LINES.csv");
        using var refunds = refundsIn > 0 ? Writer(folder, "REFUNDS.csv") : null;
        sales.Write("line,order,day,channel,station,lot,grams,goods,freight\n");
        refunds?.Write("line,day,amount\n");
        var (order, inOrder, channel, station) = (0L, 0, "", 0);
        for (var line = 1L; line <= lines; line++)
        {
            if (inOrder == 0) (order, inOrder, channel, station) = (order + 1, chance.Next(1, 4), Channels[chance.Next(Channels.Length)], chance.Next(176));
            inOrder--;
            var (grams, goods, freight) = (chance.Next(1, 11) * 500, chance.Next(800, 9000), chance.Next(0, 1200));
            var day = new DateOnly(2026, 1, 1).AddDays((int)(line * 300 / lines));
            sales.Write(string.Create(CultureInfo.InvariantCulture, $"N-{line},O-{order},{day:yyyy-MM-dd},{channel},S-{station},L-{chance.Next(200)},{grams},{goods / 100}.{goods % 100:00},{freight / 100}.{freight % 100:00}\n"));
            if (refunds is not null && chance.Next((int)refundsIn) == 0)
                refunds.Write(string.Create(CultureInfo.InvariantCulture, $"N-{line},2026-11-22,{Math.Max(goods / 2, 1) / 100}.{Math.Max(goods / 2, 1) % 100:00}\n"));
        }
    }

    private static StreamWriter Writer(string folder, string name) => new(Path.Combine(folder, name), false, new System.Text.UTF8Encoding(false), 1 << 20);
}
