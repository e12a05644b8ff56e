using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Shanhuo.Kernel;

/// <summary>Encrypts private fields (identity numbers, bank accounts, phones) with AES-256-GCM, bound to table, column and row, so that a value copied to another row does not open; and makes keys by which an encrypted number is found again.</summary>
/// <remarks>The keys lie in files outside database and backups: <c>field.N.key</c> to encrypt, the highest N for new values, and <c>lookup.key</c>, another one, for HMAC-SHA-256: an identity number has so few possibilities that a plain hash of it is guessed in seconds. Each value names its key, so that a new key is taken into use while the program runs and the old values are written anew one by one.</remarks>
public sealed class Secrets
{
    private const int NonceSize = 12, TagSize = 16;
    private readonly string folder;
    private readonly byte[] lookup;
    private volatile Dictionary<int, byte[]> keys;

    private Secrets(string folder) => (this.folder, keys, lookup) = (folder, ReadKeys(folder), File.ReadAllBytes(Path.Combine(folder, "lookup.key")));

    /// <summary>Number of the key with which new values are hidden.</summary>
    public int Newest => keys.Keys.Max();

    /// <summary>Reads the keys of a folder, or makes the first ones with 32 random bytes each, readable by the owner only.</summary>
    public static Secrets In(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        Directory.CreateDirectory(folder);
        if (ReadKeys(folder).Count == 0) MakeKey(FieldKey(folder, 1));
        MakeKey(Path.Combine(folder, "lookup.key"));
        return new Secrets(folder);
    }

    /// <summary>Makes a newer key, with which values are hidden from now on. Other processes take it up when they first meet a value hidden with it.</summary>
    /// <returns>Its number.</returns>
    public int AddKey()
    {
        var number = ReadKeys(folder).Keys.Max() + 1;
        MakeKey(FieldKey(folder, number));
        keys = ReadKeys(folder);
        return number;
    }

    /// <summary>Was it hidden with an older key than the newest?</summary>
    public bool IsOld(string hidden) => NumberOf(hidden, out _) != Newest;

    /// <summary>The field, encrypted, as base64 with the number of the key in front.</summary>
    /// <param name="clear">What to hide.</param>
    /// <param name="binding">Table, column and row id (see <see cref="Binding"/>).</param>
    public string Hide(string clear, string binding)
    {
        var number = Newest;
        return string.Create(CultureInfo.InvariantCulture, $"{number}:{Convert.ToBase64String(Encrypt(number, Encoding.UTF8.GetBytes(clear), binding))}");
    }

    /// <summary>A whole file, encrypted; four bytes with the number of the key stand in front.</summary>
    public byte[] HideFile(byte[] clear, string binding)
    {
        var number = Newest;
        return [.. BitConverter.GetBytes(number), .. Encrypt(number, clear, binding)];
    }

    /// <summary>What <see cref="HideFile"/> hid.</summary>
    /// <exception cref="CryptographicException">As <see cref="Reveal"/>.</exception>
    public byte[] RevealFile(byte[] hidden, string binding) => Decrypt(BitConverter.ToInt32(hidden), hidden.AsSpan(4), binding);

    /// <summary>The field in clear.</summary>
    /// <exception cref="CryptographicException">Wrong or missing key, another row's value, or a changed byte.</exception>
    public string Reveal(string hidden, string binding)
    {
        var number = NumberOf(hidden, out var content);
        return Encoding.UTF8.GetString(Decrypt(number, Convert.FromBase64String(content), binding));
    }

    /// <summary>The key by which an exact value is found: HMAC-SHA-256, 64 hexadecimal digits. The same value in another field has another key.</summary>
    /// <param name="clear">The value, already in its one spelling.</param>
    /// <param name="field">Table and column.</param>
    public string LookUp(string clear, string field) => Convert.ToHexString(HMACSHA256.HashData(lookup, Encoding.UTF8.GetBytes($"{field}\n{clear}")));

    /// <summary>To what a hidden value is bound.</summary>
    public static string Binding(string table, string column, long id) => string.Create(CultureInfo.InvariantCulture, $"{table}:{column}:{id}");

    /// <summary>Only the last four characters: <c>••••3344</c>.</summary>
    public static string Mask(string clear) => clear.Length <= 4 ? "••••" : "••••" + clear[^4..];

    private byte[] Encrypt(int number, byte[] clear, string binding)
    {
        var box = new byte[NonceSize + TagSize + clear.Length];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceSize));
        using var aes = new AesGcm(keys[number], TagSize);
        aes.Encrypt(box.AsSpan(0, NonceSize), clear, box.AsSpan(NonceSize + TagSize), box.AsSpan(NonceSize, TagSize), Encoding.UTF8.GetBytes(binding));
        return box;
    }

    private byte[] Decrypt(int number, ReadOnlySpan<byte> box, string binding)
    {
        if (!keys.TryGetValue(number, out var key))
        {
            keys = ReadKeys(folder);
            if (!keys.TryGetValue(number, out key)) throw new CryptographicException($"There is no field.{number}.key in {folder}. Restore it from where the keys are kept.");
        }
        if (box.Length < NonceSize + TagSize) throw new CryptographicException("A hidden field is too short.");
        var clear = new byte[box.Length - NonceSize - TagSize];
        using var aes = new AesGcm(key, TagSize);
        aes.Decrypt(box[..NonceSize], box[(NonceSize + TagSize)..], box.Slice(NonceSize, TagSize), clear, Encoding.UTF8.GetBytes(binding));
        return clear;
    }

    private static int NumberOf(string hidden, out string content)
    {
        var colon = hidden.IndexOf(':', StringComparison.Ordinal);
        if (colon < 1 || !int.TryParse(hidden.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) throw new CryptographicException("Unknown form of a hidden field.");
        content = hidden[(colon + 1)..];
        return number;
    }

    private static string FieldKey(string folder, int number) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"field.{number}.key"));

    private static Dictionary<int, byte[]> ReadKeys(string folder) =>
        Directory.EnumerateFiles(folder, "field.*.key").Select(path => (path, number: Path.GetFileName(path).Split('.')[1])).Where(k => int.TryParse(k.number, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .ToDictionary(k => int.Parse(k.number, CultureInfo.InvariantCulture), k => File.ReadAllBytes(k.path));

    private static void MakeKey(string path)
    {
        if (File.Exists(path)) return;
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            using var file = new FileStream(path, options);
            file.Write(RandomNumberGenerator.GetBytes(32));
        }
        catch (IOException) when (File.Exists(path)) { /* another process made it a moment ago */ }
    }
}
