using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;

namespace Shanhuo.Registry.Contracts;

/// <summary>The code that a household sets for itself and with which only it approves figures and takes cash: checked, set, and protected against guessing.</summary>
public sealed class ApprovalCodes(ShanhuoDb db, ApprovalCodeBrake brake)
{
    private const int Rounds = 100_000;

    /// <summary>Is this the household's code? At most five wrong tries in a quarter of an hour for one household, from whatever device.</summary>
    /// <returns>Refused with <c>registry.code-none</c>, <c>registry.code-wrong</c> or <c>registry.code-too-often</c>, at the field <c>Code</c>.</returns>
    public async Task<Outcome<Done>> Check(long householdId, string? code, CancellationToken cancel)
    {
        var hash = await db.Households.Where(h => h.Id == householdId).Select(h => h.ApprovalCodeHash).SingleOrDefaultAsync(cancel);
        if (hash is null) return new Refusal("registry.code-none", Place.Input("Code"));
        return await brake.Try(householdId, () => Fits(Numerals.Narrow(code ?? ""), hash), cancel) switch
        {
            true => new Done(),
            false => new Refusal("registry.code-wrong", Place.Input("Code")),
            null => new Refusal("registry.code-too-often", Place.Input("Code")),
        };
    }

    /// <summary>What is stored of a code: rounds, salt and PBKDF2-SHA-256, as base64.</summary>
    /// <param name="code">Four to eight digits.</param>
    public static string Hash(string code)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        return $"1:{Convert.ToBase64String(salt)}:{Convert.ToBase64String(Derive(code, salt))}";
    }

    private static bool Fits(string code, string hash)
    {
        var parts = hash.Split(':');
        return parts is ["1", var salt, var key] && CryptographicOperations.FixedTimeEquals(Derive(code, Convert.FromBase64String(salt)), Convert.FromBase64String(key));
    }

    private static byte[] Derive(string code, byte[] salt) => Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(code), salt, Rounds, HashAlgorithmName.SHA256, 32);
}

/// <summary>Counts wrong tries of a household's code.</summary>
public sealed class ApprovalCodeBrake(TimeProvider clock)
{
    private const int Most = 5;
    private const long WindowMs = 15 * 60_000;
    private readonly ConcurrentDictionary<long, (long SinceMs, int Wrong)> wrong = new();
    private readonly SemaphoreSlim[] gates = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1, 1))];

    /// <summary>Tries once; null when there were too many wrong tries. One at a time for a household, so that a hundred guesses at once are a hundred guesses, and the right code tapped ten times is none.</summary>
    internal async Task<bool?> Try(long householdId, Func<bool> fits, CancellationToken cancel)
    {
        var gate = gates[(int)((ulong)householdId % (ulong)gates.Length)];
        await gate.WaitAsync(cancel);
        try
        {
            var now = clock.NowMs;
            var (since, count) = wrong.TryGetValue(householdId, out var before) && now - before.SinceMs < WindowMs ? before : (now, 0);
            if (count >= Most) return null;
            if (fits())
            {
                wrong.TryRemove(householdId, out _);
                return true;
            }
            wrong[householdId] = (since, count + 1);
            return false;
        }
        finally { gate.Release(); }
    }
}
