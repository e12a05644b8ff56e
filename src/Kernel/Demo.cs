namespace Shanhuo.Kernel;

/// <summary>A county to be filled with invented households, goods and sales; the same on every machine for the same seed.</summary>
/// <param name="Code">A county whose divisions are known.</param>
/// <param name="Today">The last day that anything happens.</param>
/// <param name="Seed">Of the generator.</param>
public sealed record DemoCounty(AreaCode Code, DateOnly Today, int Seed)
{
    /// <summary>Zhangjiachuan: the county of the survey paper, with its own goods.</summary>
    public static AreaCode Zhangjiachuan { get; } = AreaCode.Parse("620525");

    /// <summary>Yongjing: the second, small county with the case of the Linxia paper.</summary>
    public static AreaCode Yongjing { get; } = AreaCode.Parse("622923");
}

/// <summary>A module's part of the demo county.</summary>
public interface ISeedDemo
{
    /// <summary>Lower ones first: households (10), schemes (20), goods and sales (30), settlement and pay-outs (40).</summary>
    int Order { get; }

    /// <summary>Adds this module's rows. The county is empty of them.</summary>
    Task Seed(DemoCounty county, CancellationToken cancel);
}
