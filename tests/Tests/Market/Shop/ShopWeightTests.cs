using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market.Intakes;
using Shanhuo.Market;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Media;
using Shanhuo.Market.Shop;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Market.Buying;
using Shanhuo.Tests.Market.Media;

namespace Shanhuo.Tests.Market.Shop;

/// <summary>What a buyer's phone fetches of the window on a weak line: a first screen of 9 kB, a whole first page of 60 kB, four pictures before anybody scrolls.</summary>
public sealed partial class ShopWeightTests
{
    private const int FirstScreen = 9 * 1024, WholePage = 60 * 1024, Pictures = 4;

    [Theory, InlineData("zh"), InlineData("en")]
    public async Task A_full_pavilion_with_photos_is_light_and_fetches_four_pictures_before_a_scroll(string language)
    {
        await using var host = await SalesHost.Start(DatabaseKind.Sqlite);
        for (var i = 0; i < ShopWindow.PageSize + 1; i++)
        {
            var id = Window.Almonds + i;
            await Window.Open(host, id: id, promise: i == 0);
            var photo = MadeImages.Photo(900, 600 + i);
            Assert.Null((await host.Do((AddPictureHandler add) => add.Handle(new AddPicture(Guid.CreateVersion7(), SmallCounty.County, MediaOwner.Offer, id, "杏仁", "Almonds", new Upload("image/jpeg", photo)), default))).Refused);
        }
        // Its own pictures are among the four.
        for (var i = 0; i < 2; i++)
        {
            var photo = MadeImages.Photo(900, 500 + i);
            Assert.Null((await host.Do((AddPictureHandler add) => add.Handle(new AddPicture(Guid.CreateVersion7(), SmallCounty.County, MediaOwner.Pavilion, SmallCounty.County.Value, "关山", "Guanshan", new Upload("image/jpeg", photo)), default))).Refused);
        }
        await using var site = await PaidSite.Start(host);
        var visitor = new Visitor(new Uri(site.Address), language);
        foreach (var (path, most) in new[] { ("/shop/620525", Pictures), ($"/shop/620525/almond-{Window.Almonds}", 1) })
        {
            var body = (await visitor.Get(path)).Body;
            var atOnce = Hidden().Replace(body, "");
            var pictures = Picture().Matches(atOnce).Select(m => m.Groups[1].Value).ToList();
            Assert.InRange(pictures.Count, 1, most);
            Assert.Equal(path == "/shop/620525" ? ShopWindow.PageSize + 2 : 1, Picture().Count(body));
            Assert.DoesNotContain("<video autoplay", body, StringComparison.Ordinal);
            var (page, style) = (await Packed(visitor, path), 0);
            foreach (var sheet in Sheet().Matches(atOnce).Select(m => m.Groups[1].Value).Where(s => !s.StartsWith("/print", StringComparison.Ordinal)).Distinct()) style += await Packed(visitor, sheet);
            Assert.True(page + style <= FirstScreen, $"{path}: {page} + {style} bytes before anything is seen");
            var rest = 0;
            foreach (var file in Other().Matches(atOnce).Select(m => m.Groups[1].Value.Split('#')[0]).Where(f => !f.StartsWith("/media/", StringComparison.Ordinal)).Concat(pictures).Distinct()) rest += await Packed(visitor, file);
            Assert.True(page + style + rest <= WholePage, $"{path}: {page} + {style} + {rest} bytes in all");
        }
    }

    private static async Task<int> Packed(Visitor visitor, string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "br");
        using var answer = await visitor.Client.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, address);
        return (await answer.Content.ReadAsByteArrayAsync()).Length;
    }

    [GeneratedRegex("<noscript>.*?</noscript>", RegexOptions.Singleline)]
    private static partial Regex Hidden();

    // What a browser of today takes of a picture.
    [GeneratedRegex("""<source type="image/[a-z]+" srcset="([^", ]+)""")]
    private static partial Regex Picture();

    [GeneratedRegex("""<link[^>]* href="(/[^"]+\.css[^"]*)""")]
    private static partial Regex Sheet();

    [GeneratedRegex("""(?:<script[^>]* src|<img[^>]* src|<use href)="(/[^"]+)""")]
    private static partial Regex Other();
}
