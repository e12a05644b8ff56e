using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Registry.Organisations;

/// <summary>Writes down the telephone under which households reach a station.</summary>
internal sealed class SetPhoneHandler(ShanhuoDb db)
{
    /// <summary>What the station of the signed-in operator has now.</summary>
    public Task<Organisation?> Own(CancellationToken cancel) =>
        db.Organisations.SingleOrDefaultAsync(o => o.Id == db.Scope.OrganisationId, cancel);

    /// <param name="phone">5 to 15 digits, full-width ones, spaces and hyphens between them taken too; empty takes the number away.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task<Outcome<Done>> Handle(string? phone, CancellationToken cancel)
    {
        if (await Own(cancel) is not { } station) return new Refusal("station.phone-none");
        var written = Numerals.Narrow(phone ?? "").Replace(" ", "", StringComparison.Ordinal);
        if (written.Length > 0 && (!written.All(c => char.IsAsciiDigit(c) || c is '-' or '+') || written.Count(char.IsAsciiDigit) is < 5 or > 15))
            return new Refusal("station.phone-digits", Place.Input("Phone"), phone!.Trim());
        station.Phone = written.Length == 0 ? null : written;
        await db.SaveChangesAsync(cancel);
        return new Done();
    }
}
