using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Shanhuo.Migrations;

/// <summary>
/// Tells SQLite beforehand how full its tables will be. SQLite chooses how to answer a query by figures that only its ANALYZE makes; without them it
/// takes all rows of a county for few, and reads a whole ledger to find one lot. So the figures of the demo county (how many rows a lot, an order, a
/// household has) are written in with the tables, and hold from the first row on. <c>./dev plan-figures</c> makes them anew.
/// </summary>
internal static class PlanFigures
{
    public static async Task Teach(DatabaseFacade database, CancellationToken cancel)
    {
        using var reader = new StreamReader(typeof(PlanFigures).Assembly.GetManifestResourceStream("PlanFigures.txt")!);
        var figures = (await reader.ReadToEndAsync(cancel)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')).ToList();
        // Analysing any one table makes the place for the figures of all.
        await database.ExecuteSqlRawAsync("analyze registry_areas", cancel);
        await using (var change = await database.BeginTransactionAsync(cancel))
        {
            await database.ExecuteSqlRawAsync("delete from sqlite_stat1", cancel);
            foreach (var figure in figures)
                await database.ExecuteSqlAsync($"insert into sqlite_stat1 (tbl, idx, stat) select {figure[0]}, {figure[1]}, {figure[2]} where exists (select 1 from sqlite_schema where type = 'index' and name = {figure[1]})", cancel);
            await change.CommitAsync(cancel);
        }
        await database.ExecuteSqlRawAsync("analyze sqlite_schema", cancel);
    }
}
