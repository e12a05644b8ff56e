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
        // One at a time for a household, so that a hundred guesses at once are counted, and the right code tapped ten times is not.
        using var turn = await brake.Turn(householdId, cancel);
        if (!brake.May(householdId)) return new Refusal("registry.code-too-often", Place.Input("Code"));
        if (!Matches(Numerals.Narrow(code ?? ""), hash)) return new Refusal("registry.code-wrong", Place.Input("Code"));
        brake.Forgive(householdId);
        return new Done();
    }

    /// <summary>What is stored of a code: rounds, salt and PBKDF2-SHA-256, as base64.</summary>
    /// <param name="code">Four to eight digits.</param>
    public static string Hash(string code)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        return $"1:{Convert.ToBase64String(salt)}:{Convert.ToBase64String(Derive(code, salt))}";
    }

    internal static bool Matches(string code, string hash)
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
    private readonly ConcurrentDictionary<long, (long SinceMs, int Tries)> tries = new();
    private readonly SemaphoreSlim[] gates = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1, 1))];

    /// <summary>Waits until nobody else tries a code of this household; disposing ends it.</summary>
    internal async Task<IDisposable> Turn(long householdId, CancellationToken cancel)
    {
        var gate = gates[(int)((ulong)householdId % (ulong)gates.Length)];
        await gate.WaitAsync(cancel);
        return new Held(gate);
    }

    internal bool May(long householdId)
    {
        var now = clock.NowMs;
        return tries.AddOrUpdate(householdId, _ => (now, 1), (_, t) => now - t.SinceMs >= WindowMs ? (now, 1) : (t.SinceMs, t.Tries + 1)).Tries <= Most;
    }

    internal void Forgive(long householdId) => tries.TryRemove(householdId, out _);

    private sealed class Held(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
