using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;

namespace Shanhuo.Registry.Areas;

/// <summary>Brings the national divisions that the program carries (data/divisions) into the areas table. Running it again adds what is missing and changes nothing.</summary>
internal static class Divisions
{
    private static readonly (string Code, string Name, string NameEn)[] Above =
        [("62", "甘肃省", "Gansu"), ("6205", "天水市", "Tianshui"), ("6229", "临夏回族自治州", "Linxia Hui Autonomous Prefecture")];

    private static readonly Dictionary<string, string> CountiesEn = new(StringComparer.Ordinal)
    {
        ["620525"] = "Zhangjiachuan Hui Autonomous County", ["622901"] = "Linxia City", ["622921"] = "Linxia County", ["622922"] = "Kangle County", ["622923"] = "Yongjing County",
        ["622924"] = "Guanghe County", ["622925"] = "Hezheng County", ["622926"] = "Dongxiang Autonomous County", ["622927"] = "Jishishan Autonomous County",
    };

    /// <summary>Adds the areas that are not there yet.</summary>
    /// <param name="db">Where to.</param>
    /// <param name="folder">Folder with counties.csv, townships.csv and villages.csv.</param>
    /// <param name="cancel">Stops before anything is saved.</param>
    /// <returns>How many were added.</returns>
    public static async Task<int> Load(ShanhuoDb db, string folder, CancellationToken cancel)
    {
        var known = await db.Areas.Select(a => a.Code).ToHashSetAsync(cancel);
        var missing = Read(folder).Where(a => !known.Contains(a.Code)).ToList();
        db.Areas.AddRange(missing);
        await db.SaveChangesAsync(cancel);
        return missing.Count;
    }

    /// <summary>All areas of the files, province first.</summary>
    public static IEnumerable<Area> Read(string folder)
    {
        foreach (var (code, name, nameEn) in Above) yield return Make(code, name, nameEn, null);
        foreach (var county in Rows(Path.Combine(folder, "counties.csv")))
            yield return Make(county["county_code"], county["county_name"], CountiesEn.GetValueOrDefault(county["county_code"]), Point(county["seat_lat"], county["seat_lng"]));
        var seats = new Dictionary<string, (int, int)>(StringComparer.Ordinal);
        foreach (var township in Rows(Path.Combine(folder, "townships.csv")))
        {
            var point = Point(township["lat"], township["lng"]);
            if (point is { } seat) seats[township["township_code"]] = seat;
            yield return Make(township["township_code"], township["township_name"], township["geonames_name"] is { Length: > 0 } latin ? latin : null, point);
        }
        foreach (var village in Rows(Path.Combine(folder, "villages.csv")))
        {
            var code = AreaCode.Parse(village["village_code"]);
            var residents = village["kind"] == "residents_committee";
            (int, int)? point = seats.TryGetValue(village["township_code"], out var seat)
                ? SyntheticPoint.Of(code, residents, seat, [.. seats.Where(s => s.Key.StartsWith(village["county_code"], StringComparison.Ordinal) && s.Key != village["township_code"]).Select(s => s.Value)]) : null;
            yield return new Area
            {
                Code = code, Parent = code.At(AreaLevel.Township), Level = AreaLevel.Village, Name = village["village_name"], IsResidentsCommittee = residents,
                LatitudeMicro = point?.Item1, LongitudeMicro = point?.Item2, Coordinates = point is null ? CoordinateSource.None : CoordinateSource.Synthetic,
            };
        }
    }

    private static Area Make(string digits, string name, string? nameEn, (int Latitude, int Longitude)? point)
    {
        var code = AreaCode.Parse(digits);
        return new Area
        {
            Code = code, Level = code.Level, Parent = code.Level == AreaLevel.Province ? AreaCode.Country : code.At(code.Level - 1), Name = name, NameEn = nameEn,
            LatitudeMicro = point?.Latitude, LongitudeMicro = point?.Longitude, Coordinates = point is null ? CoordinateSource.None : CoordinateSource.Gazetteer,
        };
    }

    private static (int, int)? Point(string latitude, string longitude) => latitude.Length == 0 ? null
        : ((int)Math.Round(decimal.Parse(latitude, CultureInfo.InvariantCulture) * 1_000_000), (int)Math.Round(decimal.Parse(longitude, CultureInfo.InvariantCulture) * 1_000_000));

    // Our own files: no quotes, no commas in names; anything else is a fault of ours and throws.
    private static IEnumerable<Dictionary<string, string>> Rows(string file)
    {
        using var reader = new StreamReader(file);
        var header = reader.ReadLine()!.Split(',');
        while (reader.ReadLine() is { } line)
        {
            var cells = line.Split(',');
            if (cells.Length != header.Length) throw new FormatException($"{file}: '{line}'");
            yield return header.Zip(cells).ToDictionary(p => p.First, p => p.Second, StringComparer.Ordinal);
        }
    }
}
