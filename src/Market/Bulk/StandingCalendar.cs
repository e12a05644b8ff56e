namespace Shanhuo.Market.Bulk;

/// <summary>On which days a standing order is due.</summary>
internal static class StandingCalendar
{
    /// <summary>Bit of a day: Monday 1 … Sunday 64.</summary>
    public static int Bit(DateOnly day) => 1 << (((int)day.DayOfWeek + 6) % 7);

    /// <summary>Is it due?</summary>
    public static bool IsDue(StandingOrder order, DateOnly day) =>
        day >= order.From && day <= order.Until && (order.EveryDays > 0 ? (day.DayNumber - order.From.DayNumber) % order.EveryDays == 0 : (order.Weekdays & Bit(day)) != 0);

    /// <summary>The due days from its next day up to and with a day, in their order.</summary>
    public static IEnumerable<DateOnly> Due(StandingOrder order, DateOnly through)
    {
        var last = through < order.Until ? through : order.Until;
        for (var day = order.NextDay; day <= last; day = day.AddDays(1))
            if (IsDue(order, day)) yield return day;
    }
}
