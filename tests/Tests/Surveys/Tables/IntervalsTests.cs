using Shanhuo.Surveys.Tables;

namespace Shanhuo.Tests.Surveys.Tables;

public sealed class IntervalsTests
{
    /// <summary>Newcombe 1998, Statistics in Medicine 17, 857-872, table I, method 3.</summary>
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0.0000, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void Wilson_gives_the_published_intervals(int count, int of, double low, double high)
    {
        var interval = Intervals.Wilson(count, of, 0.95);
        Assert.Equal((low, high), (Math.Round(interval.Low, 4), Math.Round(interval.High, 4)));
    }

    [Fact]
    public void Nobody_of_twenty_has_the_exact_interval_of_Clopper_and_Pearson()
    {
        // Newcombe 1998, table I, method 5: 0 of 20 gives 0.0000 to 0.1684.
        Assert.Equal(0.1684, Math.Round(Intervals.Logit(0, 0, 19, 20, 0.95).High, 4));
        Assert.Equal(1 - 0.1684, Math.Round(Intervals.Logit(1, 0, 19, 20, 0.95).Low, 4));
    }
}
