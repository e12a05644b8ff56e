using Shanhuo.Registry.Measures;

namespace Shanhuo.Tests.Registry.Measures;

public class MeasureRuleTests
{
    private static readonly double[] Ones = [1, 1, 1, 1];

    // Haughton & Khandker (2009), Handbook on Poverty and Inequality, World Bank, chapter 4: line 125.
    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1, 0.08)]
    [InlineData(2, 0.0136)]
    public void The_handbooks_country_has_the_handbooks_poverty(int power, double expected) => Assert.Equal(expected, Fgt.Of([100, 110, 150, 160], Ones, 125, power), 12);

    [Fact]
    public void Who_has_exactly_the_line_is_not_poor()
    {
        Assert.Equal(0.25, Fgt.Of([100, 125, 150, 160], Ones, 125, 0));
        Assert.Equal(0, Sen.Of([125, 125, 150, 160], Ones, 125));
    }

    // By hand: 1, 2 … n have (n − 1)/(3 n); one who has all of four, 3/4.
    [Fact]
    public void Gini_gives_the_known_answers()
    {
        Assert.Equal(0.25, Gini.Of([1, 2, 3, 4], Ones), 12);
        Assert.Equal(0, Gini.Of([7, 7, 7, 7], Ones), 12);
        Assert.Equal(0.75, Gini.Of([0, 0, 0, 9], Ones), 12);
        Assert.True(double.IsNaN(Gini.Of([0, 0], [1, 1])));
        Assert.Equal(Gini.Of([1, 1, 2, 5, 5, 5], [1, 1, 1, 1, 1, 1]), Gini.Of([1, 2, 5], [2, 1, 3]), 12);
    }

    // By hand from Sen (1976): two poor of four, gaps 25 and 15 of 125: 2/(3·4·125) · (25·2 + 15·1) = 130/1500.
    [Fact]
    public void Sens_index_for_few_gives_the_answer_by_hand() => Assert.Equal(130.0 / 1500, Sen.OfFew([100, 110, 150, 160], 125), 12);

    [Fact]
    public void Sens_index_for_few_nears_the_other_as_households_are_repeated()
    {
        var many = new[] { 100d, 110, 150, 160 }.SelectMany(y => Enumerable.Repeat(y, 5000)).ToArray();
        Assert.Equal(Sen.Of([100, 110, 150, 160], Ones, 125), Sen.OfFew(many, 125), 5);
    }

    [Fact]
    public void Where_all_poor_have_nothing_Sen_is_the_incidence() => Assert.Equal(0.5, Sen.Of([0, 0, 200, 300], Ones, 125), 12);

    [Fact]
    public void Lorenz_is_straight_between_households()
    {
        Assert.Equal([0, 0.1, 0.3, 0.6, 1], Lorenz.Of([1, 2, 3, 4], Ones, 4), Near);
        Assert.Equal([0, 0.2, 1], Lorenz.Of([1, 4], [1, 1], 2), Near);
        Assert.Equal([0, 0.1, 0.2, 0.6, 1], Lorenz.Of([1, 4], [1, 1], 4), Near);
    }

    // The example of Alkire & Foster (2011): four people, four dimensions, k = 2: H = 1/2, A = 3/4, M0 = 3/8.
    [Fact]
    public void Alkire_and_Fosters_example_gives_their_answer()
    {
        ulong[] lacks = [0b0000, 0b1010, 0b1111, 0b0010];
        var by = DeprivationText.Read("income,schooling,health,insurance", "2/4").Value.Weights;
        var one = Deprivations.Of(lacks, Ones, by);
        Assert.Equal(0.5, one.H, 12);
        Assert.Equal(0.75, one.A, 12);
        Assert.Equal(0.375, one.M0, 12);
        Assert.Equal([0.25, 0.5, 0.25, 0.5], one.Censored, Near);
        Assert.Equal([1 / 6d, 2 / 6d, 1 / 6d, 2 / 6d], one.Shares, Near);
    }

    [Fact]
    public void One_sixth_and_one_sixth_are_one_third()
    {
        var by = DeprivationText.Read("a=1/6,b=1/6,c=1/3,d=1/3", "1/3").Value.Weights;
        Assert.True(by.IsPoor(by.PartsOf(0b0011)));
        Assert.True(by.IsPoor(by.PartsOf(0b0100)));
        Assert.False(by.IsPoor(by.PartsOf(0b0001)));
    }

    // The global MPI's ten indicators (OPHI): 2 of 1/6 each for health and schooling, 6 of 1/18 for living; all of living is one third.
    [Fact]
    public void Six_eighteenths_are_one_third()
    {
        var by = DeprivationText.Read("n=1/6,m=1/6,s=1/6,t=1/6,a=1/18,b=1/18,c=1/18,d=1/18,e=1/18,f=1/18", "1/3").Value.Weights;
        Assert.True(by.IsPoor(by.PartsOf(0b1111110000)));
        Assert.False(by.IsPoor(by.PartsOf(0b0111110000)));
    }

    [Theory]
    [InlineData("", "1/3")]
    [InlineData("a=0,b=1", "1/3")]
    [InlineData("a=1/0", "1/3")]
    [InlineData("a=1/2,b", "1/3")]
    [InlineData("a,a", "1/3")]
    [InlineData("a,b", "0")]
    [InlineData("a,b", "1.5")]
    [InlineData("a,b", "k")]
    public void Indicators_that_make_no_sense_are_refused(string indicators, string cutoff) => Assert.NotNull(DeprivationText.Read(indicators, cutoff).Refused);

    private static bool Near(double a, double b) => Math.Abs(a - b) < 1e-12;
}
