using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Agents;

/// <summary>A task that a station carried out for others, once for its cause. What became of an order is asked of the order, so that a cancelled one earns nothing.</summary>
internal sealed class AgentTask : IInCounty, IInArea
{
    public required AreaCode County { get; init; }
    public required long Id { get; init; }

    /// <summary>Seat of the station.</summary>
    public required AreaCode Area { get; init; }
    public required long StationId { get; init; }

    /// <summary>One of data/market/agent-fees.json.</summary>
    public required string Task { get; init; }

    /// <summary>The order, the intake, the slip or the payment.</summary>
    public required long CauseId { get; init; }

    /// <summary>Worth of the task: what was bought, sold, brought or taken in cash.</summary>
    public required Fen Amount { get; init; }

    /// <summary>The station's commission.</summary>
    public required Fen Fee { get; init; }
    public required DateOnly Day { get; init; }
}

internal sealed class AgentTaskTable : IEntityTypeConfiguration<AgentTask>
{
    public void Configure(EntityTypeBuilder<AgentTask> table)
    {
        table.ToTable("market_agent_tasks");
        table.HasKey(t => new { t.County, t.Id });
        table.HasIndex(t => new { t.County, t.Task, t.CauseId }).IsUnique();
        table.HasIndex(t => new { t.County, t.StationId, t.Day });
        table.HasIndex(t => new { t.County, t.Day });
    }
}

/// <summary>The tasks of a kind of a station in a month, by what became of them.</summary>
internal sealed record TaskSum(long StationId, string Task, bool Earned, int Count, Fen Amount, Fen Fee);

/// <summary>What stations earn.</summary>
internal sealed class Commissions(ShanhuoDb db)
{
    /// <summary>The month's tasks in the asker's area; a station's own only. Orders that were cancelled are not counted, those that are not paid yet are counted apart.</summary>
    public async Task<List<TaskSum>> Of(DateOnly month, CancellationToken cancel)
    {
        var (county, first) = (db.Scope.County, new DateOnly(month.Year, month.Month, 1));
        var last = first.AddMonths(1).AddDays(-1);
        var tasks = db.AgentTasks.Where(t => t.County == county && t.Day >= first && t.Day <= last);
        if (db.Scope is { Role: Role.Station, OrganisationId: { } own }) tasks = tasks.Where(t => t.StationId == own);
        var rows = await (from task in tasks
                          join order in db.Unfiltered<Orders.Order>("an order's state decides whether its agent is paid; nothing else of it is read").Where(o => o.County == county) on task.CauseId equals order.Id into orders
                          from order in orders.DefaultIfEmpty()
                          where order == null || order.State != Contracts.OrderState.Cancelled
                          select new { task.StationId, task.Task, Earned = order == null || order.State != Contracts.OrderState.Unpaid, Amount = (long)task.Amount, Fee = (long)task.Fee })
            .GroupBy(r => new { r.StationId, r.Task, r.Earned })
            .Select(g => new { g.Key.StationId, g.Key.Task, g.Key.Earned, Count = g.Count(), Amount = g.Sum(r => r.Amount), Fee = g.Sum(r => r.Fee) }).ToListAsync(cancel);
        return [.. rows.Select(r => new TaskSum(r.StationId, r.Task, r.Earned, r.Count, new Fen(r.Amount), new Fen(r.Fee))).OrderBy(r => r.StationId).ThenBy(r => r.Task, StringComparer.Ordinal).ThenByDescending(r => r.Earned)];
    }
}
