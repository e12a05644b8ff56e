using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Payments;

/// <summary>Reads the settings of an institution from a JSON file of the data folder; each fault names the file and the field.</summary>
internal sealed class PaymentSettings
{
    private readonly string folder;
    private readonly string file;
    private readonly JsonElement own;
    private readonly JsonElement shipped;

    private PaymentSettings(string folder, string file, JsonElement own, JsonElement shipped) => (this.folder, this.file, this.own, this.shipped) = (folder, file, own, shipped);

    /// <summary>The first fault met, if any.</summary>
    public Refusal? Fault { get; private set; }

    /// <summary>Opens <c>payments/NAME.json</c> of the data folder over what is shipped under the same name; null when the folder has no such file, so that the institution is not in use.</summary>
    public static Outcome<PaymentSettings?> Open(string dataFolder, string name)
    {
        var path = Path.Combine(dataFolder, "payments", name + ".json");
        if (!File.Exists(path)) return (PaymentSettings?)null;
        using var stream = typeof(PaymentSettings).Assembly.GetManifestResourceStream($"payments/{name}.json")!;
        using var shipped = JsonDocument.Parse(stream);
        try
        {
            using var own = JsonDocument.Parse(File.ReadAllBytes(path));
            if (own.RootElement.ValueKind != JsonValueKind.Object) return new Refusal("payment.settings-json", new Place { File = path });
            return new PaymentSettings(dataFolder, path, own.RootElement.Clone(), shipped.RootElement.Clone());
        }
        catch (JsonException) { return new Refusal("payment.settings-json", new Place { File = path }); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return new Refusal("payment.settings-file", new Place { File = path }, name); }
    }

    /// <summary>Does the field stand in the folder's file?</summary>
    public bool Has(string field) => own.Member(field).ValueKind != JsonValueKind.Undefined;

    /// <summary>A needed text.</summary>
    public string Text(string field)
    {
        var value = (Has(field) ? own : shipped).Text(field);
        return value is { Length: > 0 } ? value : Wrong(field, "");
    }

    /// <summary>Yes or no; as shipped when it does not stand there.</summary>
    public bool Flag(string field)
    {
        var value = (Has(field) ? own : shipped).Member(field).ValueKind;
        return value is JsonValueKind.True or JsonValueKind.False ? value == JsonValueKind.True : Wrong(field, false);
    }

    /// <summary>A text that is one of these; the first when it does not stand there.</summary>
    public string OneOf(string field, params string[] values) =>
        !Has(field) ? values[0] : own.Text(field) is { } value && values.Contains(value) ? value : Wrong(field, values[0]);

    /// <summary>A time-out of 1 to 60 seconds.</summary>
    public TimeSpan Seconds(string field) => TimeSpan.FromSeconds(Whole(field, 1, 60));

    /// <summary>A whole percentage from 0 to 100.</summary>
    public int Percent(string field) => Whole(field, 0, 100);

    /// <summary>An http or https address; plain http only to this machine.</summary>
    public Uri Address(string field) =>
        Uri.TryCreate(Text(field), UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback)) ? uri : Wrong(field, new Uri("https://invalid.invalid"));

    /// <summary>A private RSA key of at least 2048 bits, as PKCS#8 bytes, from the PEM file that the field names.</summary>
    public byte[] PrivateKey(string field)
    {
        using var rsa = RSA.Create();
        return Pem(field, Text(field)) is { } pem && Try(() => rsa.ImportFromPem(pem)) && rsa.KeySize >= 2048 && Try(() => rsa.ExportPkcs8PrivateKey()) ? rsa.ExportPkcs8PrivateKey() : Wrong<byte[]>(field, []);
    }

    /// <summary>A public RSA key of at least 2048 bits, as SubjectPublicKeyInfo bytes, from a PEM file with a key or a certificate.</summary>
    public byte[] PublicKey(string field) => PublicKeyOf(field, Text(field));

    /// <summary>Several public keys by their names.</summary>
    public IReadOnlyDictionary<string, byte[]> PublicKeys(string field)
    {
        var keys = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var value = own.Member(field);
        if (value.ValueKind == JsonValueKind.Object)
            foreach (var key in value.EnumerateObject())
                keys[key.Name] = PublicKeyOf($"{field}.{key.Name}", key.Value.ValueKind == JsonValueKind.String ? key.Value.GetString()! : "");
        return keys.Count > 0 ? keys : Wrong(field, keys);
    }

    /// <summary>A secret of 32 ASCII characters from the file that the field names; white space around it does not count.</summary>
    public byte[] Secret32(string field)
    {
        var secret = Pem(field, Text(field))?.Trim();
        return secret is { Length: 32 } && secret.All(char.IsAscii) ? System.Text.Encoding.ASCII.GetBytes(secret) : Wrong<byte[]>(field, []);
    }

    /// <summary>A whole number between two, as shipped when it does not stand there.</summary>
    public int Whole(string field, int least, int most)
    {
        var value = (Has(field) ? own : shipped).Member(field);
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var whole) && whole >= least && whole <= most ? whole : Wrong(field, least);
    }

    private byte[] PublicKeyOf(string field, string path)
    {
        if (Pem(field, path) is not { } pem) return Wrong<byte[]>(field, []);
        byte[]? key = null;
        Try(() =>
        {
            if (pem.Contains("BEGIN CERTIFICATE", StringComparison.Ordinal))
            {
                using var certificate = X509Certificate2.CreateFromPem(pem);
                key = certificate.PublicKey.ExportSubjectPublicKeyInfo();
            }
            else
            {
                using var rsa = RSA.Create();
                rsa.ImportFromPem(pem);
                key = rsa.ExportSubjectPublicKeyInfo();
            }
            using var check = RSA.Create();
            check.ImportSubjectPublicKeyInfo(key, out _);
            if (check.KeySize < 2048) key = null;
        });
        return key ?? Wrong<byte[]>(field, []);
    }

    private string? Pem(string field, string path)
    {
        if (path.Length == 0) return null;
        try { return File.ReadAllText(Path.Combine(folder, path)); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            Fault ??= new Refusal("payment.settings-key-file", new Place { File = file, Column = field }, field, path);
            return null;
        }
    }

    private static bool Try(Action action)
    {
        try { action(); return true; }
        catch (Exception e) when (e is CryptographicException or ArgumentException) { return false; }
    }

    private T Wrong<T>(string field, T instead)
    {
        Fault ??= new Refusal("payment.settings-field", new Place { File = file, Column = field }, field);
        return instead;
    }
}
