using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Shanhuo.Kernel;
using Shanhuo.Market.Shop;

namespace Shanhuo.Market.Buying;

/// <summary>What a zone costs, as it is typed: yuan.</summary>
internal sealed record TypedPrice
{
    public string Code { get; set; } = "";
    public string? First { get; set; }
    public string? Next { get; set; }
    public string? Days { get; set; }
    public string? Cold { get; set; }
    public string? ColdNext { get; set; }
}

/// <summary>In which zone a province lies.</summary>
internal sealed record TypedProvince
{
    public string Code { get; set; } = "";
    public string? Zone { get; set; }
}

/// <summary>A county's freight as it is typed.</summary>
internal sealed record TariffForm
{
    /// <summary>Where a province can be, from here.</summary>
    public static IReadOnlyList<string> Zones { get; } = ["near", "far", "remote", "none"];

    public Guid RequestId { get; set; } = Guid.CreateVersion7();
    public List<TypedPrice> Prices { get; set; } = [];
    public string? PackGrams { get; set; }
    public List<TypedProvince> Provinces { get; set; } = [];

    /// <summary>As it stands, to be changed.</summary>
    public static TariffForm Of(AreaCode county, OwnFreight own)
    {
        var home = county.ToString()[..2];
        return new TariffForm
        {
            Prices = [.. own.Prices.Select(p => new TypedPrice { Code = p.Code, First = new Fen(p.First).ToString(), Next = new Fen(p.Next).ToString(), Days = p.Days.ToString(CultureInfo.InvariantCulture), Cold = new Fen(p.Cold).ToString(), ColdNext = new Fen(p.ColdNext).ToString() })],
            PackGrams = own.PackGrams.ToString(CultureInfo.InvariantCulture),
            Provinces = [.. Shop.Provinces.All.Where(p => p.Code != home).Select(p => new TypedProvince { Code = p.Code, Zone = own.None.Contains(p.Code) ? "none" : own.Remote.Contains(p.Code) ? "remote" : own.Near.Contains(p.Code) ? "near" : "far" })],
        };
    }

    /// <summary>Is every province in a zone?</summary>
    public bool IsWhole(AreaCode county) => Provinces.Count(p => p.Zone is { } zone && Zones.Contains(zone)) == Shop.Provinces.All.Count(p => p.Code != county.ToString()[..2]);

    /// <summary>What was typed; a figure that cannot be read is −1, which no figure may be.</summary>
    public OwnFreight Read()
    {
        IReadOnlyList<string> In(string zone) => [.. Provinces.Where(p => p.Zone == zone).Select(p => p.Code)];
        return new OwnFreight([.. Prices.Select(p => new FreightPrice(p.Code, Yuan(p.First), Yuan(p.Next), (int)Whole(p.Days, OwnFreight.MostDays), Yuan(p.Cold), Yuan(p.ColdNext)))], Whole(PackGrams, OwnFreight.MostPack), In("near"), In("remote"), In("none"));
    }

    private static long Yuan(string? typed) => Fen.TryParseYuan(typed, out var fen) ? fen.Value : -1;

    private static long Whole(string? typed, long most) => Numerals.TryParseFixed(typed, 0, out var value) && value <= most ? value : -1;
}

/// <summary>What sending costs: sellers and officials see it, county staff set it.</summary>
internal sealed class TariffPage(ShanhuoDb db, WriteFreightHandler write, Say say) : PageModel
{
    [BindProperty] public TariffForm Form { get; set; } = new();
    [TempData] public bool Saved { get; set; }

    /// <summary>What holds.</summary>
    public OwnFreight Now { get; private set; } = null!;

    /// <summary>Day on which the county set it; null: as shipped.</summary>
    public DateOnly? Since { get; private set; }
    public bool MayWrite => db.Scope.Role == Role.CountyStaff;

    /// <summary>A zone, what is fetched, the packing or where nothing is sent, in words.</summary>
    public string ZoneName(string code) => FreightTable.Shipped.Zones.FirstOrDefault(z => z.Code == code) is { } zone ? say.Pick(zone.Zh, zone.En) : say["freight.at-" + code];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        await Load(cancel);
        Form = TariffForm.Of(db.Scope.County, Now);
    }

    public async Task<IActionResult> OnPostAsync(string? step, CancellationToken cancel)
    {
        if (!MayWrite) return Forbid();
        await Load(cancel);
        var own = step == "shipped" ? null : Form.Read();
        var wrong = own?.Wrong(db.Scope.County).ToList() ?? [];
        // A page that broke off would send the provinces that it lacks far away.
        if (own is not null && !Form.IsWhole(db.Scope.County)) wrong.Add(new FreightFault("freight.zones", "", "", ""));
        if (wrong.Count > 0)
        {
            // Who sends a table of another shape gets a whole one back.
            if (wrong.Exists(f => f.Zone.Length == 0)) Form = TariffForm.Of(db.Scope.County, Now);
            foreach (var fault in wrong) ModelState.AddModelError("Form." + fault.Path, say[fault.Code, fault.Zone.Length == 0 ? "" : ZoneName(fault.Zone), fault.Field.Length == 0 ? "" : say["freight." + fault.Field.ToLowerInvariant()]]);
            Response.StatusCode = 422;
            return Page();
        }
        if (!(await write.Handle(new WriteFreight(Form.RequestId, own), cancel)).Ok(out _, out var no)) return this.Refuse(no);
        Saved = true;
        return RedirectToPage();
    }

    private async Task Load(CancellationToken cancel)
    {
        var county = db.Scope.County;
        var tariff = await db.FreightTariffOf(county, cancel);
        Now = (tariff?.Own is { } own ? FreightTable.Shipped.With(county, own) : FreightTable.Shipped).Of(county);
        Since = tariff?.Own is null ? null : tariff.From;
    }
}
