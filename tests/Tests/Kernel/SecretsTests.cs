using System.Security.Cryptography;
using Shanhuo.Kernel;

namespace Shanhuo.Tests.Kernel;

public sealed class SecretsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("shanhuo-keys-").FullName;

    [Fact]
    public void A_value_opens_in_its_own_row_only_and_not_when_a_byte_was_changed()
    {
        var secrets = Secrets.In(folder);
        var hidden = secrets.Hide("11010519491231002X", Secrets.Binding("t", "c", 1));
        Assert.Equal("11010519491231002X", secrets.Reveal(hidden, Secrets.Binding("t", "c", 1)));
        Assert.ThrowsAny<CryptographicException>(() => secrets.Reveal(hidden, Secrets.Binding("t", "c", 2)));
        Assert.ThrowsAny<CryptographicException>(() => secrets.Reveal(hidden, Secrets.Binding("t", "d", 1)));
        var box = Convert.FromBase64String(hidden[2..]);
        for (var i = 0; i < box.Length; i += 3)
        {
            var changed = (byte[])box.Clone();
            changed[i] ^= 1;
            Assert.ThrowsAny<CryptographicException>(() => secrets.Reveal("1:" + Convert.ToBase64String(changed), Secrets.Binding("t", "c", 1)));
        }
    }

    [Fact]
    public void A_new_key_is_used_at_once_old_values_open_still_and_another_process_takes_it_up()
    {
        var (one, other) = (Secrets.In(folder), Secrets.In(folder));
        var old = one.Hide("甲", "b");
        Assert.Equal(2, one.AddKey());
        Assert.True(one.IsOld(old));
        var fresh = one.Hide("甲", "b");
        Assert.StartsWith("2:", fresh, StringComparison.Ordinal);
        Assert.Equal(("甲", "甲", "甲"), (one.Reveal(old, "b"), other.Reveal(fresh, "b"), other.Reveal(old, "b")));
    }

    [Fact]
    public void The_key_of_a_value_is_the_same_each_time_another_in_another_field_and_no_plain_hash()
    {
        var secrets = Secrets.In(folder);
        Assert.Equal(secrets.LookUp("x", "f"), Secrets.In(folder).LookUp("x", "f"));
        Assert.NotEqual(secrets.LookUp("x", "f"), secrets.LookUp("x", "g"));
        Assert.NotEqual(Convert.ToHexString(SHA256.HashData("f\nx"u8)), secrets.LookUp("x", "f"));
    }

    [Fact]
    public void Keys_are_readable_by_their_owner_only()
    {
        Secrets.In(folder);
        if (OperatingSystem.IsWindows()) return;
        foreach (var key in Directory.GetFiles(folder)) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(key));
    }

    public void Dispose() => Directory.Delete(folder, true);
}
