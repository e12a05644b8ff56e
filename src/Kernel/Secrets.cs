using System.Security.Cryptography;
using System.Text;

namespace Shanhuo.Kernel;

/// <summary>Encrypts private fields (bank accounts, phones) with AES-256-GCM, bound to table, column and row, so that a value copied to another row does not open.</summary>
/// <remarks>The key lies in a file outside database and backups. Rotation and the look-up key come with the register.</remarks>
public sealed class Secrets(byte[] key)
{
    private const int NonceSize = 12, TagSize = 16;

    /// <summary>Reads the key file, or makes it with 32 random bytes, readable by the owner only.</summary>
    public static Secrets FromFile(string path)
    {
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var file = new FileStream(path, options);
            file.Write(RandomNumberGenerator.GetBytes(32));
        }
        return new Secrets(File.ReadAllBytes(path));
    }

    /// <summary>The field, encrypted, as base64 with a version in front.</summary>
    /// <param name="clear">What to hide.</param>
    /// <param name="binding">Table, column and row id.</param>
    public string Hide(string clear, string binding)
    {
        var nonce = RandomNumberGenerator.GetBytes(NonceSize);
        var text = Encoding.UTF8.GetBytes(clear);
        var box = new byte[NonceSize + TagSize + text.Length];
        nonce.CopyTo(box, 0);
        using var aes = new AesGcm(key, TagSize);
        aes.Encrypt(nonce, text, box.AsSpan(NonceSize + TagSize), box.AsSpan(NonceSize, TagSize), Encoding.UTF8.GetBytes(binding));
        return "1:" + Convert.ToBase64String(box);
    }

    /// <summary>The field in clear.</summary>
    /// <exception cref="CryptographicException">Wrong key, another row's value, or a changed byte.</exception>
    public string Reveal(string hidden, string binding)
    {
        if (!hidden.StartsWith("1:", StringComparison.Ordinal)) throw new CryptographicException("Unknown version of a hidden field.");
        var box = Convert.FromBase64String(hidden[2..]);
        var clear = new byte[box.Length - NonceSize - TagSize];
        using var aes = new AesGcm(key, TagSize);
        aes.Decrypt(box.AsSpan(0, NonceSize), box.AsSpan(NonceSize + TagSize), box.AsSpan(NonceSize, TagSize), clear, Encoding.UTF8.GetBytes(binding));
        return Encoding.UTF8.GetString(clear);
    }

    /// <summary>Only the last four characters: <c>••••3344</c>.</summary>
    public static string Mask(string clear) => clear.Length <= 4 ? "••••" : "••••" + clear[^4..];
}
