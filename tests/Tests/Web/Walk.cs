using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Html.Dom;
using Shanhuo.Tests.Databases;

namespace Shanhuo.Tests.Web;

/// <summary>All kinds of pages that somebody can reach by links: rows that differ in ids only count once.</summary>
internal static partial class Walk
{
    private const int Most = 60;

    public static async Task<IReadOnlyList<Answer>> From(Visitor visitor, params string[] starts)
    {
        var (pages, waiting, shapes) = (new List<Answer>(), new Queue<string>(starts), new HashSet<string>(starts.Select(Shape), StringComparer.Ordinal));
        while (waiting.TryDequeue(out var path) && pages.Count < Most)
        {
            using var response = await visitor.Client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
            if (response.Content.Headers.ContentType?.MediaType != "text/html") continue;
            var page = await visitor.Get(path);
            Assert.True(page.Status == HttpStatusCode.OK, $"{path} answers {page.Status}");
            pages.Add(page);
            foreach (var link in page.Page.QuerySelectorAll("a[href]:not([download])").OfType<IHtmlAnchorElement>().Select(a => a.GetAttribute("href")!.Split('#')[0]))
            {
                var address = new Uri(page.Address, link);
                if (address.Scheme != page.Address.Scheme || address.Host != page.Address.Host || address.AbsolutePath.StartsWith("/language", StringComparison.Ordinal)) continue;
                if (shapes.Add(Shape(address.PathAndQuery))) waiting.Enqueue(address.PathAndQuery);
            }
        }
        return pages;
    }

    private static string Shape(string path) => Digits().Replace(path.Split('?')[0], "#") + (path.Contains('?', StringComparison.Ordinal) ? "?" + string.Join('&', path.Split('?')[1].Split('&').Select(p => p.Split('=')[0]).Order(StringComparer.Ordinal)) : "");

    [GeneratedRegex("[A-Za-z]*-?[0-9][A-Za-z0-9-]*")]
    private static partial Regex Digits();
}
