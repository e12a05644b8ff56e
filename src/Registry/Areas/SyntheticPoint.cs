using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Shanhuo.Kernel;

namespace Shanhuo.Registry.Areas;

/// <summary>A stand-in for a village's unknown place, the same on every machine: drawn from the SHA-256 of its code, within 9 km of its township's seat and nearer to that seat than to any other; four in five residents' committees within 1 km. Marked synthetic wherever it is used.</summary>
internal static class SyntheticPoint
{
    private const double MetresPerDegree = 111_320;

    /// <summary>A point in millionths of a degree.</summary>
    /// <param name="village">Its code.</param>
    /// <param name="isResidentsCommittee">Of a town's centre, mostly.</param>
    /// <param name="seat">Latitude and longitude of the township's seat, millionths of a degree.</param>
    /// <param name="otherSeats">Of the neighbouring townships.</param>
    public static (int Latitude, int Longitude) Of(AreaCode village, bool isResidentsCommittee, (int Latitude, int Longitude) seat, IReadOnlyCollection<(int Latitude, int Longitude)> otherSeats)
    {
        for (var attempt = 0; ; attempt++)
        {
            var hash = SHA256.HashData(Encoding.ASCII.GetBytes($"{village.Value:000000000000}/{attempt}"));
            var (angle, distance, luck) = (Unit(hash, 0) * 2 * Math.PI, Math.Sqrt(Unit(hash, 8)), Unit(hash, 16));
            var radius = isResidentsCommittee && luck < 0.8 ? 1_000 : 9_000;
            var north = Math.Sin(angle) * distance * radius;
            var east = Math.Cos(angle) * distance * radius;
            var latitude = seat.Latitude + (int)Math.Round(north / MetresPerDegree * 1e6);
            var longitude = seat.Longitude + (int)Math.Round(east / (MetresPerDegree * Math.Cos(seat.Latitude / 1e6 * Math.PI / 180)) * 1e6);
            var own = Squared((latitude, longitude), seat);
            // Crowded seats leave little room: after many draws the village stays where it fell.
            if (attempt >= 1_000 || otherSeats.All(o => Squared((latitude, longitude), o) >= own)) return (latitude, longitude);
        }
    }

    private static double Unit(byte[] hash, int at) => BinaryPrimitives.ReadUInt64BigEndian(hash.AsSpan(at)) / 18446744073709551616.0;

    private static double Squared((int Latitude, int Longitude) a, (int Latitude, int Longitude) b)
    {
        double north = a.Latitude - b.Latitude, east = (a.Longitude - b.Longitude) * Math.Cos(a.Latitude / 1e6 * Math.PI / 180);
        return north * north + east * east;
    }
}
