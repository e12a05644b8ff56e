namespace Shanhuo.Kernel;

/// <summary>A county to be filled with invented households, goods and sales; the same on every machine for the same seed.</summary>
/// <param name="Code">A county whose divisions are known.</param>
/// <param name="Today">The last day that anything happens.</param>
/// <param name="Seed">Of the generator.</param>
/// <param name="Clock">By which it is made; a part turns it to the day on which its people act.</param>
public sealed record DemoCounty(AreaCode Code, DateOnly Today, int Seed, DemoClock Clock)
{
    /// <summary>Zhangjiachuan: the county of the survey paper, with its own goods.</summary>
    public static AreaCode Zhangjiachuan { get; } = AreaCode.Parse("620525");

    /// <summary>Yongjing: the second, small county with the case of the Linxia paper.</summary>
    public static AreaCode Yongjing { get; } = AreaCode.Parse("622923");

    /// <summary>Last autumn's goods are sold, and their growers paid.</summary>
    public DateOnly LastSeasonPaid => new DateOnly(Today.Year - 1, 12, 31) is var end && end < Today.AddDays(-60) ? end : Today.AddDays(-60);

    /// <summary>This autumn's first goods are paid.</summary>
    public DateOnly ThisSeasonPaid => Today.AddDays(-21);
}

/// <summary>The clock by which a demo county is made. It stands at noon of a day in China until it is turned, so that what people did last winter is recorded as of last winter.</summary>
/// <param name="today">Where it begins.</param>
public sealed class DemoClock(DateOnly today) : TimeProvider
{
    /// <summary>The day on which it stands.</summary>
    public DateOnly Day { get; set; } = today;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => new(Day, new TimeOnly(4, 0), TimeSpan.Zero);
}

/// <summary>A module's part of the demo county.</summary>
public interface ISeedDemo
{
    /// <summary>Lower ones first: households (10), a survey (15), schemes (20), goods and sales (30), a lease (39), last season paid (40), its close (41), the vote on it (42), goods bought outright (43), this season paid (44), a platform's file (46), rules that pick households (47), today (48), the shop windows (49), what a station brought (50).</summary>
    int Order { get; }

    /// <summary>Adds this module's rows. The county is empty of them.</summary>
    Task Seed(DemoCounty county, CancellationToken cancel);
}
