using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;
using Shanhuo.Settlement.Schemes;

namespace Shanhuo.Settlement.Demo;

/// <summary>The four organisation models as adopted schemes of the demo county: the second for the whole county, the third and fourth for a cooperative each, the first for the county pavilion.</summary>
internal sealed class SchemesDemo(ShanhuoDb db, Ids ids) : ISeedDemo
{
    private static readonly (int Model, string File, string Name, string NameEn)[] Models =
    [
        (1, "1-government-farmer-platform", "政府+农户+平台", "Government + farmer + platform"),
        (2, "2-government-cooperative-farmer-platform", "政府+合作社+农户+平台", "Government + cooperative + farmer + platform"),
        (3, "3-enterprise-cooperative-farmer-platform", "企业+合作社+农户+平台", "Enterprise + cooperative + farmer + platform"),
        (4, "4-government-platform-cooperatives-farmers", "政府+平台+合作社+农户", "Government + platform + cooperatives + farmers"),
    ];

    public int Order => 20;

    public async Task Seed(DemoCounty county, CancellationToken cancel)
    {
        var cooperatives = await db.OrganisationFacts.Where(o => o.Kind == OrganisationKind.Cooperative && o.Area >= county.Code && o.Area <= county.Code.Last).OrderBy(o => o.Code).ToListAsync(cancel);
        foreach (var (model, file, name, nameEn) in Models)
        {
            var cooperative = model is 3 or 4 ? cooperatives.ElementAtOrDefault(model - 1) : null;
            if (model is 3 or 4 && cooperative is null) continue;
            var channel = model == 1 ? "pavilion" : null;
            var scheme = new SchemeRecord { Id = ids.Next(), County = county.Code, Code = $"S-{county.Code}-{model:00}", CooperativeId = cooperative?.Id, Channel = channel, Model = model, Name = name, NameEn = nameEn };
            var document = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "data", "schemes", file + ".json"), cancel);
            db.Schemes.Add(scheme);
            db.SchemeVersions.Add(new SchemeVersion { Id = ids.Next(), County = county.Code, SchemeId = scheme.Id, Number = 1, Document = document, State = SchemeState.Adopted, ByAccountId = 0, AdoptedDay = new DateOnly(county.Today.Year - 1, 7, 1) });
            db.SchemeUses.Add(new SchemeUse { Id = ids.Next(), County = county.Code, CooperativeId = cooperative?.Id, Channel = channel, SchemeId = scheme.Id });
        }
        await db.SaveChangesAsync(cancel);
    }
}
