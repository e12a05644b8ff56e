using Shanhuo.Kernel;
using Shanhuo.Kernel.Sheets;
using Shanhuo.Registry.Files;
using Shanhuo.Registry.Households.Fields;

namespace Shanhuo.Registry.Contracts;

/// <summary>How a sheet of households is to be taken.</summary>
public enum RegisterImportMode
{
    /// <summary>Say what it would do.</summary>
    Preview,

    /// <summary>Take all of it or nothing.</summary>
    All,

    /// <summary>Take the households without faults.</summary>
    Good,
}

/// <summary>What a sheet of households held and did.</summary>
/// <param name="Households">In the file.</param>
/// <param name="People">In the file.</param>
/// <param name="Added">Households that are new.</param>
/// <param name="Changed">Known households with something new.</param>
/// <param name="Same">Known households with nothing new.</param>
/// <param name="Left">Households with a fault, which are not taken.</param>
/// <param name="Refused">Wrong cells.</param>
/// <param name="Written">Is it in the register?</param>
public sealed record RegisterImported(int Households, int People, int Added, int Changed, int Same, int Left, IReadOnlyList<Refusal> Refused, bool Written);

/// <summary>Takes a county's sheet of households (CSV or XLSX, a row for each person) into the register, or checks it without a database.</summary>
public sealed class ImportRegister
{
    private readonly RegisterImport import;
    private readonly Ids ids;

    internal ImportRegister(RegisterImport import, Ids ids) => (this.import, this.ids) = (import, ids);

    /// <summary>Takes it in one transaction.</summary>
    /// <param name="sheet">The file.</param>
    /// <param name="area">A county, or what of it the reader may touch.</param>
    /// <param name="mode">What to do.</param>
    /// <param name="progress">People done.</param>
    /// <param name="cancel">Stops it; nothing of it stays.</param>
    public async Task<RegisterImported> Run(SheetReader sheet, AreaCode area, RegisterImportMode mode, IProgress<int>? progress, CancellationToken cancel)
    {
        var result = await import.Run(sheet, area, ids.Next(), mode != RegisterImportMode.Preview, mode == RegisterImportMode.Good, progress, cancel);
        var c = result.Counts;
        return new RegisterImported(c.Households, c.People, c.HouseholdsAdded, c.HouseholdsChanged, c.HouseholdsSame, c.HouseholdsRefused, result.Refused, result.Written);
    }

    /// <summary>Checks a sheet by itself, without a register: cells, heads, identity numbers, villages of the divisions that the program carries.</summary>
    /// <param name="sheet">The file.</param>
    /// <param name="area">A county.</param>
    /// <param name="divisions">Folder of the divisions.</param>
    /// <param name="texts">Names of columns and choices.</param>
    /// <param name="today">No birth is after it.</param>
    /// <param name="progress">People done.</param>
    /// <param name="cancel">Stops it.</param>
    public static RegisterImported Check(SheetReader sheet, AreaCode area, string divisions, Texts texts, DateOnly today, IProgress<int>? progress, CancellationToken cancel)
    {
        var reader = new RegisterReader(VillageBook.Carried(area, divisions), texts, today, number => number);
        reader.Read(sheet, progress, cancel);
        return new RegisterImported(reader.Households.Count, reader.Households.Sum(h => h.People.Count), 0, 0, 0, reader.Households.Count(h => h.IsWrong), reader.Refused, false);
    }
}
