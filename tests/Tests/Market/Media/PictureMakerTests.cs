using System.Diagnostics;
using System.Text;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Intakes;
using Shanhuo.Market.Media;

namespace Shanhuo.Tests.Market.Media;

public sealed class PictureMakerTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("shanhuo-media").FullName;
    private readonly PictureMaker maker;

    public PictureMakerTests() => maker = new PictureMaker(new MediaFolder(folder), new ImageTool());

    public void Dispose()
    {
        maker.Dispose();
        Directory.Delete(folder, true);
    }

    [Theory]
    [InlineData("jpg", 2000, 1500), InlineData("png", 900, 1200), InlineData("webp", 300, 200)]
    public async Task A_photo_becomes_small_files_of_each_size_in_both_packings(string ending, int width, int height)
    {
        var made = (await Make(MadeImages.Photo(width, height, ending))).Value;
        var wide = Math.Min(width, 1280);
        Assert.Equal((wide, PictureSizes.Height(width, height, wide)), (made.Width, made.Height));
        Assert.Contains(made.Modern, new[] { "avif", "webp" });
        Assert.Equal(PictureSizes.Of(width).SelectMany(s => new[] { $"{made.Name}-{s}.jpg", $"{made.Name}-{s}.{made.Modern}" }).Order(StringComparer.Ordinal), Files());
        foreach (var size in PictureSizes.Of(width))
        {
            var jpeg = File.ReadAllBytes(Path.Combine(folder, $"{made.Name}-{size}.jpg"));
            Assert.True(ImageHeader.TryRead(jpeg, out var w, out _));
            Assert.Equal(Math.Min(size, wide), w);
            Assert.Equal(made.JpegBytes[size], jpeg.Length);
        }
        Assert.InRange(made.JpegBytes[320], 1, 15_000);
        Assert.InRange(made.ModernBytes[320], 1, 15_000);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_holds_up_nobody_after_it_can()
    {
        var path = Path.Combine(folder, "media");
        await File.WriteAllTextAsync(path, "in the way");
        using var own = new PictureMaker(new MediaFolder(path), new ImageTool());
        var photo = new Upload("image/jpeg", MadeImages.Photo(400, 300));
        for (var i = 0; i < 3; i++) await Assert.ThrowsAnyAsync<IOException>(() => own.Make(photo, "Photo", default).WaitAsync(TimeSpan.FromSeconds(60)));
        File.Delete(path);
        Assert.Null((await own.Make(photo, "Photo", default).WaitAsync(TimeSpan.FromSeconds(60))).Refused);
    }

    [Fact]
    public async Task The_first_size_fits_even_where_nothing_packs_well()
    {
        var made = (await Make(MadeImages.Noise(1000, 1300))).Value;
        Assert.InRange(made.JpegBytes[320], 1, 15_000);
        Assert.InRange(made.ModernBytes[320], 1, 15_000);
    }

    [Fact]
    public async Task It_is_turned_upright_and_tells_nothing_of_where_it_was_taken()
    {
        var sent = MadeImages.WithExif(MadeImages.Photo(800, 500), orientation: 6);
        Assert.True(Holds(sent, "GEHEIM"));
        var made = (await Make(sent)).Value;
        Assert.Equal((500, 800), (made.Width, made.Height));
        foreach (var file in Directory.EnumerateFiles(folder).Select(File.ReadAllBytes))
            foreach (var word in new[] { "GEHEIM", "Exif" }) Assert.False(Holds(file, word));
    }

    [Fact]
    public async Task Two_hundred_megapixels_in_a_small_file_are_refused_before_anything_decodes_them()
    {
        var bomb = MadeImages.Png(20_000, 10_000, rows: 10_000);
        Assert.InRange(bomb.Length, 1, FileKind.MostBytes);
        var no = (await Make(bomb)).Refused;
        Assert.Equal("market.media-pixels", no?.Code);
        Assert.Equal(new object[] { 20_000, 10_000, 40L }, no!.Arguments);
        Assert.Empty(Files());
    }

    [Fact]
    public async Task What_claims_to_be_small_and_unpacks_to_much_more_takes_no_more_than_its_process_may()
    {
        var watch = Stopwatch.StartNew();
        // Behind a header of 300 × 300 lie rows for 10,000 × 30,000.
        var outcome = await Make([.. MadeImages.Png(300, 300, 1)[..33], .. MadeImages.Png(10_000, 30_000, 30_000)[33..]]);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(60));
        if (outcome.Ok(out var made, out var no)) Assert.InRange(made.Width, 1, 300);
        else Assert.Equal("market.media-broken", no.Code);
    }

    public static TheoryData<string> Faults => ["text", "empty frame", "truncated jpeg", "truncated png", "truncated webp", "header only", "script behind a jpeg's first bytes", "zeros"];

    [Theory, MemberData(nameof(Faults))]
    public async Task What_is_damaged_or_no_picture_is_refused_and_leaves_nothing(string fault)
    {
        byte[] sent = fault switch
        {
            "text" => "hello"u8.ToArray(),
            "empty frame" => [0xFF, 0xD8, 0xFF, 0xC0, 0, 11, 8, 0, 0, 0, 0, 1, 1, 0x11, 0],
            "truncated jpeg" => MadeImages.Photo(600, 400)[..^2000],
            "truncated png" => MadeImages.Photo(600, 400, "png")[..^20_000],
            "truncated webp" => MadeImages.Photo(600, 400, "webp")[..^1000],
            "header only" => MadeImages.Photo(600, 400)[..400],
            "script behind a jpeg's first bytes" => [0xFF, 0xD8, 0xFF, 0xE0, .. "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"u8],
            _ => new byte[5000],
        };
        Assert.Equal("market.media-broken", (await Make(sent)).Refused?.Code);
        Assert.Empty(Files());
    }

    [Fact]
    public async Task A_page_hidden_in_a_picture_does_not_come_through()
    {
        byte[] polyglot = [.. MadeImages.Photo(400, 300), .. "<html><script>alert(1)</script><?php system('id'); ?>PK\x03\x04"u8];
        await Make(polyglot);
        foreach (var file in Directory.EnumerateFiles(folder).Select(File.ReadAllBytes))
            foreach (var word in new[] { "script", "<?php", "PK\x03\x04" }) Assert.False(Holds(file, word));
    }

    [Theory]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"), InlineData("GIF89a"), InlineData("BM"), InlineData("%PDF-1.4")]
    public void Only_jpeg_png_and_webp_are_taken_for_photos(string begin) => Assert.Null(FileKind.Photo(Encoding.ASCII.GetBytes(begin + new string(' ', 100))));

    /// <summary>300 in each run; <c>SHANHUO_MUTATED_IMAGES=10000</c> tries as many as one likes.</summary>
    [Fact]
    public async Task Changed_bytes_never_bring_the_program_down_or_leave_anything_behind()
    {
        var count = int.TryParse(Environment.GetEnvironmentVariable("SHANHUO_MUTATED_IMAGES"), out var asked) ? asked : 300;
        byte[][] seeds = [MadeImages.Photo(24, 24), MadeImages.Photo(24, 24, "png"), MadeImages.Photo(24, 24, "webp"), MadeImages.WithExif(MadeImages.Photo(24, 16), 3), MadeImages.Noise(20, 20)];
        var chance = new Random(11);
        var (taken, refused) = (0, 0);
        for (var round = 0; round < count; round++)
        {
            var sent = seeds[chance.Next(seeds.Length)].ToArray();
            for (var change = chance.Next(1, 12); change > 0; change--) sent[chance.Next(sent.Length)] = (byte)chance.Next(256);
            if (chance.Next(4) == 0) sent = sent[..chance.Next(1, sent.Length)];
            var watch = Stopwatch.StartNew();
            var outcome = await Make(sent);
            Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(60));
            if (outcome.Ok(out var made, out var no)) { taken++; maker.Delete(made.Name); }
            else { refused++; Assert.Contains(no.Code, new[] { "market.media-broken", "market.media-pixels" }); }
        }
        Assert.Empty(Files());
        Assert.Empty(Directory.EnumerateDirectories(folder));
        Assert.True(taken > 0 && refused > 0);
    }

    [Fact]
    public async Task A_process_that_takes_too_much_memory_or_time_is_killed()
    {
        Assert.True(await ImageTool.Run("true", [], folder, default));
        // 300 MB in one string, and a loop without end.
        Assert.False(await ImageTool.Run("perl", ["-e", "my $x = 'a' x 300_000_000; exit 0"], folder, default));
        var watch = Stopwatch.StartNew();
        Assert.False(await ImageTool.Run("perl", ["-e", "while (1) {}"], folder, default));
        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(40));
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ImageTool.Run("sleep", ["100"], folder, soon.Token));
    }

    [Fact]
    public void Names_are_long_small_letters_and_never_the_same()
    {
        var names = Enumerable.Range(0, 1000).Select(_ => PublicName.New()).ToHashSet();
        Assert.Equal(1000, names.Count);
        Assert.All(names, n => Assert.Matches("^[a-z2-7]{26}$", n));
        // Each place but the last takes nearly all of the 32 letters.
        Assert.All(Enumerable.Range(0, 25), i => Assert.InRange(names.Select(n => n[i]).Distinct().Count(), 30, 32));
    }

    private Task<Outcome<MadePicture>> Make(byte[] sent) => maker.Make(new Upload(FileKind.Photo(sent) ?? "image/jpeg", sent), "Photo", default);

    private IEnumerable<string> Files() => Directory.EnumerateFiles(folder).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal);

    private static bool Holds(byte[] file, string word) => file.AsSpan().IndexOf(Encoding.Latin1.GetBytes(word)) >= 0;
}
