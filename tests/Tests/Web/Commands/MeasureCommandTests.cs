using Shanhuo.Web.Commands;

namespace Shanhuo.Tests.Web.Commands;

public class MeasureCommandTests
{
    [Theory]
    [InlineData(1, "measure --data NO-SUCH.csv --income i --line 2995 --by v")]
    [InlineData(1, "measure mpi --data NO-SUCH.csv --indicators a,b --cutoff 1/2")]
    [InlineData(2, "measure --data NO-SUCH.csv")]
    [InlineData(2, "measure --data NO-SUCH.csv --income i --line many")]
    [InlineData(2, "measure --data NO-SUCH.csv --income i --line 0")]
    [InlineData(2, "measure --data NO-SUCH.csv --income i --line 2995 --panel id")]
    [InlineData(2, "measure --data NO-SUCH.csv --income i --line 2995 --lorenz 10 --se")]
    [InlineData(2, "measure mpi --data NO-SUCH.csv --indicators a=0,b --cutoff 1/2")]
    public async Task The_exit_code_tells_a_refused_file_from_wrong_usage(int code, string line) => Assert.Equal(code, await CommandLine.Run(line.Split(' ')));
}
