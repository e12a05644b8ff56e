using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Shanhuo.Kernel;
using Shanhuo.Market.Buying;
using Shanhuo.Market.Offers;
using Shanhuo.Market.Products;

namespace Shanhuo.Market.Agents.Groups;

/// <summary>A row of goods of a member as the form sends it.</summary>
internal sealed record WishForm { public long OfferId { get; set; } public string? Units { get; set; } }

/// <summary>A member as the form sends it; whoever looks at a doubtful line says whether it is taken.</summary>
internal sealed record MemberForm
{
    public int Line { get; set; }

    /// <summary>The line as it was pasted.</summary>
    public string? Text { get; set; }
    public string? Name { get; set; }
    public string? Take { get; set; }
    public List<WishForm> Wishes { get; set; } = [];
}

// 300 members with what they want are more fields than a form may usually have.
[RequestFormLimits(ValueCountLimit = 8192)]
internal sealed class ListPage(ShanhuoDb db, PlaceListHandler place) : PageModel
{
    /// <summary>Characters of a pasted list, at most; a line break is one.</summary>
    public const int LongestPaste = 20_000;

    [BindProperty] public Guid ListId { get; set; } = Guid.CreateVersion7();
    [BindProperty] public string? Paste { get; set; }
    [BindProperty] public List<MemberForm> Members { get; set; } = [];

    public List<(Offer Offer, Product Product)> Offers { get; private set; } = [];
    public List<GroupRow> Rows { get; private set; } = [];
    public List<MemberAnswer> Answers { get; private set; } = [];

    /// <summary>Is a line taken (<c>yes</c>) or left out (<c>no</c>)? What was read without doubt is taken until somebody says otherwise.</summary>
    public string? Take(int row) => Members.Count > 0 ? Members[row].Take : Rows[row].Doubts.Count == 0 ? "yes" : null;

    /// <summary>How many of what was wished for, as it was typed or else read.</summary>
    public string? Units(int row, int wish) => Members.Count > 0 ? Members[row].Wishes.Where(w => w.OfferId > 0).ElementAtOrDefault(wish)?.Units
        : Rows[row].Wishes.ElementAtOrDefault(wish)?.Units.ToString(CultureInfo.InvariantCulture);

    public Task OnGetAsync(CancellationToken cancel) => Load(cancel);

    public async Task<IActionResult> OnPostReadAsync(CancellationToken cancel)
    {
        await Load(cancel);
        if (Paste?.Length > LongestPaste) return this.Refuse(new Refusal("agents.list-long", Place.Input("Paste"), LongestPaste), "");
        Rows = GroupList.Read(Paste ?? "", [.. Offers.Select(o => Goods(o.Offer, o.Product))]);
        return Rows.Count == 0 ? this.Refuse(new Refusal("agents.list-empty", Place.Input("Paste")), "") : Page();
    }

    public async Task<IActionResult> OnPostPlaceAsync(CancellationToken cancel)
    {
        await Load(cancel);
        // Kept for showing again: what was typed and decided, and why the other lines must be looked at.
        var read = GroupList.Read(string.Join('\n', Members.Select(m => m.Text)), [.. Offers.Select(o => Goods(o.Offer, o.Product))]);
        Rows = [.. Members.Select((m, i) => new GroupRow(m.Line, m.Text ?? $"{m.Line}", m.Name ?? "", [.. m.Wishes.Where(w => w.OfferId > 0).Select(w => new GroupWish(w.OfferId, Numerals.TryParseFixed(w.Units, 0, out var n) && n is > 0 and <= WebOrder.MostUnits ? (int)n : 0))], m.Take is not null ? [] : read.Count == Members.Count ? read[i].Doubts : [GroupDoubt.Words]))];
        if (Members.FirstOrDefault(m => m.Take is not ("yes" or "no")) is { } open) return this.Refuse(new Refusal("agents.list-undecided", Place.None, open.Line), "");
        var taken = Rows.Where((_, i) => Members[i].Take == "yes").ToList();
        if (taken.FirstOrDefault(r => r.Wishes.Count == 0 || r.Wishes.Any(w => w.Units == 0)) is { } wrong) return this.Refuse(new Refusal("agents.list-offer", Place.None, wrong.Line), "");
        if (!(await place.Handle(ListId, [.. taken.Select(r => new MemberOrder(r.Line, r.Name, [.. r.Wishes.Select(w => new Wish(w.OfferId, w.Units))]))], cancel)).Ok(out var answers, out var no)) return this.Refuse(no, "");
        Answers = answers;
        return answers.Count > 0 ? Page() : this.Refuse(new Refusal("agents.list-empty"), "");
    }

    private static GroupGoods Goods(Offer offer, Product product) => new(offer.Id, [product.Name, offer.Title], offer.PerUnit, product.ByPiece, product.ByPiece ? product.PieceName ?? "" : "");

    private async Task Load(CancellationToken cancel)
    {
        if (await Stations.Own(db, cancel) is { } station) Offers = await place.Offers(station, cancel);
    }
}
