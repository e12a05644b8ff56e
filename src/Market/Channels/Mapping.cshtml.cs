using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Channels;

/// <summary>The form of a mapping: names and words divided by vertical bars.</summary>
internal sealed record MappingForm
{
    public Dictionary<string, string?> Columns { get; set; } = [];
    public Dictionary<string, string?> States { get; set; } = [];
    public string? Refunded { get; set; }
    public bool PaidHasFreight { get; set; }
    public AmountOf PaidIsOf { get; set; }
    public AmountOf FreightIsOf { get; set; }
    public string? DueDays { get; set; }

    public static MappingForm Of(ChannelMapping mapping) => new()
    {
        Columns = ChannelMapping.Facts.ToDictionary(f => f, f => (string?)string.Join(" | ", mapping.Names(f))),
        States = ChannelMapping.StateNames.ToDictionary(s => s, s => (string?)string.Join(" | ", mapping.States.GetValueOrDefault(s) ?? [])),
        Refunded = string.Join(" | ", mapping.Refunded), PaidHasFreight = mapping.PaidHasFreight, PaidIsOf = mapping.PaidIsOf, FreightIsOf = mapping.FreightIsOf, DueDays = mapping.DueDays.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };

    public ChannelMapping To(ChannelMapping old) => old with
    {
        Columns = ChannelMapping.Facts.ToDictionary(f => f, f => Split(Columns.GetValueOrDefault(f))),
        States = ChannelMapping.StateNames.ToDictionary(s => s, s => Split(States.GetValueOrDefault(s))),
        Refunded = Split(Refunded), PaidHasFreight = PaidHasFreight, PaidIsOf = PaidIsOf, FreightIsOf = FreightIsOf,
        DueDays = Numerals.TryParseFixed(DueDays, 0, out var days) && days is >= 0 and <= 1000 ? (int)days : 0,
    };

    private static IReadOnlyList<string> Split(string? text) => [.. (text ?? "").Split('|', '｜').Select(t => t.Trim()).Where(t => t.Length is > 0 and <= 60).Distinct().Take(20)];
}

internal sealed class MappingPage(ShanhuoDb db, ChannelBook channels, Say say) : PageModel
{
    [BindProperty] public MappingForm Form { get; set; } = new();
    [TempData] public string? Done { get; set; }
    public ChannelMapping Mapping { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string channel, CancellationToken cancel)
    {
        if (await channels.Mapping(db.Scope.County, channel, cancel) is not { } mapping) return NotFound();
        (Mapping, Form) = (mapping, MappingForm.Of(mapping));
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string channel, CancellationToken cancel)
    {
        if (await channels.Mapping(db.Scope.County, channel, cancel) is not { } mapping) return NotFound();
        Mapping = mapping;
        if (await channels.Keep(db.Scope.County, Form.To(mapping), cancel) is { } no) return this.Refuse(no);
        Done = say["mapping.saved"];
        return RedirectToPage(new { channel });
    }
}
