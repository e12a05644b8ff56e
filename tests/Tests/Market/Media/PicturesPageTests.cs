using System.Net;
using System.Net.Http.Headers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Intakes;
using Shanhuo.Market.Media;
using Shanhuo.Tests.Databases;

namespace Shanhuo.Tests.Market.Media;

public sealed class PicturesPageTests
{
    private static readonly string Address = $"/market/products/{SmallCounty.Apricot}/pictures";
    private static readonly byte[] Photo = MadeImages.Photo(900, 600);

    [Theory, EachDatabase]
    public async Task A_photo_is_added_seen_by_anybody_put_first_and_taken_away(DatabaseKind kind)
    {
        await using var host = await Founded(kind);
        var staff = await host.VisitAs(Role.CountyStaff, SmallCounty.County);
        var page = await staff.Get(Address);
        Assert.Contains("还没有照片", page.Text);
        page = await Add(staff, page, Photo, ("甜杏仁", "Sweet kernels"));
        Assert.Contains("照片加好了", page.Text);
        page = await Add(staff, page, Photo, ("晒杏仁", "Drying kernels"));
        var pictures = page.Page.QuerySelectorAll("main picture");
        Assert.Equal(["甜杏仁", "晒杏仁"], pictures.Select(p => p.QuerySelector("img")!.GetAttribute("alt")));
        Assert.Equal([null, "lazy"], pictures.Select(p => p.QuerySelector("img")!.GetAttribute("loading")));
        Assert.Equal(("320", "213"), (pictures[0].QuerySelector("img")!.GetAttribute("width"), pictures[0].QuerySelector("img")!.GetAttribute("height")));

        // A stranger fetches what the page names, and it is what it says.
        var stranger = await host.Visit();
        foreach (var (path, type) in pictures.SelectMany(p => new[] { (p.QuerySelector("source")!.GetAttribute("srcset")!, p.QuerySelector("source")!.GetAttribute("type")!), (p.QuerySelector("img")!.GetAttribute("src")!, "image/jpeg") }))
        {
            using var file = await stranger.Client.GetAsync(path);
            Assert.Equal((HttpStatusCode.OK, type, "nosniff", "public, max-age=31536000, immutable"), (file.StatusCode, file.Content.Headers.ContentType?.ToString(), file.Headers.GetValues("X-Content-Type-Options").Single(), string.Join(", ", file.Headers.GetValues("Cache-Control"))));
            Assert.Contains("sandbox", file.Headers.GetValues("Content-Security-Policy").Single());
            Assert.InRange((await file.Content.ReadAsByteArrayAsync()).Length, 1, 15_000);
            using var again = new HttpRequestMessage(HttpMethod.Get, path);
            again.Headers.IfNoneMatch.Add(file.Headers.ETag!);
            Assert.Equal(HttpStatusCode.NotModified, (await stranger.Client.SendAsync(again)).StatusCode);
        }

        page = await staff.Submit(page, "form[action*=First]", []);
        Assert.Equal(["晒杏仁", "甜杏仁"], page.Page.QuerySelectorAll("main picture img").Select(i => i.GetAttribute("alt")));
        var gone = page.Page.QuerySelector("main picture img")!.GetAttribute("src")!;
        page = await staff.Submit(page, "form[action*=Away]", []);
        Assert.Equal(["甜杏仁"], page.Page.QuerySelectorAll("main picture img").Select(i => i.GetAttribute("alt")));
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Client.GetAsync(gone)).StatusCode);
        var kept = await host.Db(db => db.PictureFacts.SingleAsync());
        Assert.All(Directory.EnumerateFiles(Path.Combine(host.Folder, "media")), f => Assert.StartsWith(kept.Name, Path.GetFileName(f), StringComparison.Ordinal));
    }

    [Theory, EachDatabase]
    public async Task A_photo_sent_twice_is_one_picture_though_both_come_at_once(DatabaseKind kind)
    {
        await using var host = await Founded(kind);
        var request = new AddPicture(Guid.CreateVersion7(), SmallCounty.County, MediaOwner.Product, SmallCounty.Apricot, "杏仁", "Almond", new Upload("image/jpeg", Photo));
        var both = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => host.In(s => s.GetRequiredService<AddPictureHandler>().Handle(request, default)))));
        Assert.Equal(both[0].Value.Name, both[1].Value.Name);
        var one = await host.Db(db => db.Pictures.SingleAsync());
        Assert.Equal(6, Directory.EnumerateFiles(Path.Combine(host.Folder, "media")).Count(f => Path.GetFileName(f).StartsWith(one.Name, StringComparison.Ordinal)));
        Assert.Equal(6, Directory.EnumerateFiles(Path.Combine(host.Folder, "media")).Count());
    }

    [Theory]
    [InlineData("zh", "这不是照片", "这张照片读不出来", "各写一句"), InlineData("en", "This is not a photo", "This photo cannot be read", "Say in Chinese and in English")]
    public async Task What_is_no_photo_is_answered_in_words_and_leaves_nothing(string language, string noPhoto, string broken, string noAlt)
    {
        await using var host = await Founded(DatabaseKind.Sqlite);
        var cooperative = await host.VisitAs(Role.Cooperative, SmallCounty.Township, SmallCounty.Cooperative, language: language);
        var page = await cooperative.Get(Address);
        foreach (var (sent, alt, said) in new[] { ("<svg><script>alert(1)</script></svg>"u8.ToArray(), "a", noPhoto), (Photo[..^500], "a", broken), (Photo, " ", noAlt) })
        {
            var answer = await Add(cooperative, page, sent, (alt, alt));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
            Assert.Contains(said, answer.Text);
        }
        Assert.Equal(0, await host.Db(db => db.Pictures.CountAsync()));
        Assert.True(!Directory.Exists(Path.Combine(host.Folder, "media")) || !Directory.EnumerateFileSystemEntries(Path.Combine(host.Folder, "media")).Any());
    }

    [Fact]
    public async Task Pictures_of_another_county_s_goods_are_not_ours_to_change()
    {
        await using var host = await Founded(DatabaseKind.Sqlite);
        await (await host.VisitAs(Role.CountyStaff, SmallCounty.County)).Get(Address);
        var other = await host.VisitAs(Role.CountyStaff, AreaCode.Parse("622921"));
        Assert.Equal(HttpStatusCode.NotFound, (await other.Get(Address)).Status);
        var household = await host.VisitAs(Role.Household, SmallCounty.VillageA, household: SmallCounty.Ma);
        Assert.NotEqual(HttpStatusCode.OK, (await household.Client.GetAsync(Address)).StatusCode);
    }

    [Fact]
    public async Task A_station_takes_away_what_it_added_and_the_county_what_anybody_did()
    {
        await using var host = await Founded(DatabaseKind.Sqlite);
        var station = await host.VisitAs(Role.Station, SmallCounty.VillageA, SmallCounty.StationA);
        var cooperative = await host.VisitAs(Role.Cooperative, SmallCounty.Township, SmallCounty.Cooperative);
        var page = await Add(station, await station.Get(Address), Photo, ("站里的", "Of the station"));
        await Add(cooperative, await cooperative.Get(Address), Photo, ("合作社的", "Of the cooperative"));
        var theirs = await cooperative.Get(Address);
        var button = Assert.Single(theirs.Page.QuerySelectorAll("form[action*=Away]"));
        // Not even by hand.
        button.SetAttribute("action", page.Page.QuerySelector("form[action*=Away]")!.GetAttribute("action")!);
        Assert.Equal(HttpStatusCode.NotFound, (await cooperative.Submit(theirs, "form[action*=Away]", [])).Status);
        Assert.Equal(2, await host.Db(db => db.PictureFacts.CountAsync()));
        page = await station.Submit(page, "form[action*=Away]", []);
        Assert.Equal(["合作社的"], page.Page.QuerySelectorAll("main picture img").Select(i => i.GetAttribute("alt")));
        Assert.Empty(page.Page.QuerySelectorAll("form[action*=Away]"));
        var staff = await host.VisitAs(Role.CountyStaff, SmallCounty.County);
        await staff.Submit(await staff.Get(Address), "form[action*=Away]", []);
        Assert.Equal(0, await host.Db(db => db.PictureFacts.CountAsync()));
    }

    [Fact]
    public async Task Nothing_but_our_names_reaches_the_file_system()
    {
        await using var host = await Founded(DatabaseKind.Sqlite);
        Directory.CreateDirectory(Path.Combine(host.Folder, "media"));
        await File.WriteAllTextAsync(Path.Combine(host.Folder, "media", "secret.jpg"), "secret");
        await File.WriteAllTextAsync(Path.Combine(host.Folder, "media", new string('a', 26) + "-320.svg"), "secret");
        var stranger = await host.Visit();
        foreach (var path in new[] { "secret.jpg", "../shanhuo.db", "..%2Fshanhuo.db", "%2e%2e%2fshanhuo.db", "..%5Cshanhuo.db", new string('a', 26) + "-320.svg", new string('a', 26) + "-320.jpg", new string('a', 26) + ".mp4%0a", "", "%2Fetc%2Fpasswd" })
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.Client.GetAsync("/media/" + path)).StatusCode);
    }

    [Fact]
    public async Task A_video_is_fetched_in_parts_and_only_when_asked_for()
    {
        await using var host = await Founded(DatabaseKind.Sqlite);
        var station = await host.VisitAs(Role.Station, SmallCounty.VillageA, SmallCounty.StationA);
        // Larger than an ordinary page takes.
        var clip = MadeImages.Mp4(20 * 1024 * 1024);
        for (var i = clip.Length - 1000; i < clip.Length; i++) clip[i] = (byte)(i % 251);
        var page = await station.Submit(await station.Get(Address), "#add-video", new() { ["Form.AltZh"] = "打杏仁", ["Form.AltEn"] = "Cracking kernels" }, new() { ["Form.Clip"] = ("a.mp4", clip), ["Form.Poster"] = ("a.jpg", Photo) });
        Assert.Contains("视频加好了", page.Text);
        var video = page.Page.QuerySelector("main video")!;
        Assert.Equal("none", video.GetAttribute("preload"));
        var stranger = await host.Visit();
        Assert.Equal(HttpStatusCode.OK, (await stranger.Client.GetAsync(video.GetAttribute("poster"))).StatusCode);

        async Task<HttpResponseMessage> Part(long? from, long? to)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, video.GetAttribute("src"));
            request.Headers.Range = new RangeHeaderValue(from, to);
            return await stranger.Client.SendAsync(request);
        }
        using var part = await Part(clip.Length - 500, clip.Length - 401);
        Assert.Equal((HttpStatusCode.PartialContent, "video/mp4", $"bytes {clip.Length - 500}-{clip.Length - 401}/{clip.Length}"), (part.StatusCode, part.Content.Headers.ContentType?.ToString(), part.Content.Headers.ContentRange?.ToString()));
        Assert.Equal(clip[^500..^400], await part.Content.ReadAsByteArrayAsync());
        using var end = await Part(null, 10);
        Assert.Equal(clip[^10..], await end.Content.ReadAsByteArrayAsync());
        using var beyond = await Part(clip.Length, null);
        Assert.Equal((HttpStatusCode.RequestedRangeNotSatisfiable, $"bytes */{clip.Length}"), (beyond.StatusCode, beyond.Content.Headers.ContentRange?.ToString()));

        page = await station.Submit(page, "form[action*=AwayVideo]", []);
        Assert.Null(page.Page.QuerySelector("main video"));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(host.Folder, "media")));
    }

    [Fact]
    public async Task What_is_no_video_or_too_large_is_answered_in_words()
    {
        await using var host = await Founded(DatabaseKind.Sqlite);
        var staff = await host.VisitAs(Role.CountyStaff, SmallCounty.County, language: "en");
        foreach (var (clip, said) in new[] { (MadeImages.Mp4(1000, "hvc1"), "not a video that browsers play"), (new byte[31 * 1024 * 1024], "at most 30 MB are taken"), (new byte[41 * 1024 * 1024], "The file is too large") })
        {
            var answer = await staff.Submit(await staff.Get(Address), "#add-video", [], new() { ["Form.Clip"] = ("a.mp4", clip), ["Form.Poster"] = ("a.jpg", Photo) });
            Assert.Contains(said, answer.Text);
        }
        Assert.Equal(0, await host.Db(db => db.Videos.CountAsync()));
    }

    [Fact]
    public async Task Without_the_tool_the_answer_says_what_to_install()
    {
        var said = new Texts([typeof(MarketModule).Assembly]);
        Assert.True(new ImageTool().IsThere, "libvips-tools is missing: ./test installs it");
        using var maker = new PictureMaker(new MediaFolder(Path.GetTempPath()), new ImageTool("/nowhere"));
        var no = (await maker.Make(new Upload("image/jpeg", Photo), "Photo", default)).Refused;
        Assert.Equal("market.media-tool", no?.Code);
        Assert.True(said.Has("market.media-tool"));
    }

    private static async Task<TestHost> Founded(DatabaseKind kind)
    {
        var host = await TestHost.Start(kind);
        await SmallCounty.Found(host);
        return host;
    }

    private static Task<Answer> Add(Visitor visitor, Answer page, byte[] photo, (string Zh, string En) alt) =>
        visitor.Submit(page, "#add", new() { ["Form.AltZh"] = alt.Zh, ["Form.AltEn"] = alt.En }, new() { ["Form.Photo"] = ("a.jpg", photo) });
}
