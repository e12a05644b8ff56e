using Shanhuo.Kernel;

namespace Shanhuo.Registry.Demo;

internal sealed class ProcedureDemo : ISeedDemo
{
    public int Order => 20;

    public Task Seed(DemoCounty county, CancellationToken cancel) => Task.CompletedTask;
}
