using Shanhuo.Kernel;
using Shanhuo.Registry.Areas;

namespace Shanhuo.Registry.Contracts;

/// <summary>Brings the divisions that the program carries into its database.</summary>
public static class InstallDivisions
{
    /// <summary>Adds what is missing; changes nothing when run again.</summary>
    public static Task<int> Into(ShanhuoDb db, CancellationToken cancel) => Divisions.Load(db, Path.Combine(AppContext.BaseDirectory, "data", "divisions"), cancel);
}
