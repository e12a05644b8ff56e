using Shanhuo.Registry.Contracts;

namespace Shanhuo.Tests.Registry.Measures;

/// <summary>60 invented households in 10 clusters of 2 strata; what R's survey 4.1 prints for them: <c>svymean</c> of the poor and of their scores, <c>svyratio</c> of the two.</summary>
public class DeprivationAgainstRTests
{
    private const string Households = """
        s,c,w,i,j,k,l
        a,1,2,0,1,0,0
        a,1,3.5,0,1,0,0
        a,1,1,0,1,1,0
        a,1,3.5,1,0,1,0
        a,1,3.5,1,1,1,0
        a,1,1,0,1,1,1
        a,2,1,1,1,1,0
        a,2,1,1,0,0,0
        a,2,2,0,1,0,0
        a,2,3.5,0,1,1,0
        a,2,3.5,0,0,1,0
        a,2,3.5,0,0,1,0
        a,3,3.5,1,1,1,0
        a,3,2,0,0,1,1
        a,3,2,1,0,1,0
        a,3,3.5,0,0,0,0
        a,3,1,0,1,1,0
        a,3,2,1,1,1,0
        a,4,1,1,0,1,0
        a,4,3.5,1,0,0,0
        a,4,1,1,1,1,0
        a,4,2,1,1,0,1
        a,4,3.5,0,1,0,0
        a,4,2,0,0,1,1
        a,5,1,1,0,0,1
        a,5,2,0,1,1,0
        a,5,2,0,1,1,1
        a,5,3.5,0,0,0,0
        a,5,1,1,1,1,0
        a,5,2,1,1,1,0
        b,6,2,0,0,0,0
        b,6,1,0,0,0,0
        b,6,3.5,0,1,1,0
        b,6,3.5,0,0,1,0
        b,6,3.5,0,1,1,0
        b,6,2,1,0,1,0
        b,7,2,0,0,0,1
        b,7,2,0,1,0,1
        b,7,1,1,1,1,0
        b,7,2,1,0,0,1
        b,7,2,1,0,0,0
        b,7,1,0,1,1,0
        b,8,3.5,0,0,1,1
        b,8,1,1,1,1,1
        b,8,3.5,1,0,1,0
        b,8,3.5,0,1,0,0
        b,8,2,0,0,1,1
        b,8,1,0,1,0,1
        b,9,3.5,0,1,1,0
        b,9,3.5,0,0,1,0
        b,9,3.5,1,1,1,0
        b,9,2,0,0,0,1
        b,9,1,0,0,1,0
        b,9,2,0,0,1,0
        b,10,2,0,1,0,0
        b,10,1,0,0,1,0
        b,10,2,1,1,0,0
        b,10,3.5,0,0,0,0
        b,10,1,0,0,1,1
        b,10,3.5,0,1,1,1
        """;

    [Theory]
    [InlineData("h", 0.73161764706)]
    [InlineData("m0", 0.39399509804)]
    [InlineData("a", 0.5385259631491)]
    [InlineData("se_h", 0.04619330739197)]
    [InlineData("se_m0", 0.02063989563059)]
    [InlineData("se_a", 0.03195643389422)]
    public async Task Multidimensional_poverty_and_its_errors_equal_R(string column, double expected)
    {
        var asked = new DeprivationOptions(SmallSurvey.Files(Households)[0], "i=1/6,j=1/6,k=1/3,l=1/3", "1/3") { Strata = "s", Cluster = "c", Weight = "w", StandardErrors = true };
        var (code, table, _) = await SmallSurvey.Run(asked);
        Assert.Equal(0, code);
        Assert.Equal(1, SmallSurvey.Figure(table, "all", column) / expected, 1e-9);
    }
}
