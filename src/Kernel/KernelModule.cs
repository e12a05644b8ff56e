namespace Shanhuo.Kernel;

/// <summary>Only its texts; the kernel has no tables and no pages.</summary>
public sealed class KernelModule : Module;
