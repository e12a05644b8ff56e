using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;
using Shanhuo.Surveys.Field;

namespace Shanhuo.Surveys.Demo;

/// <summary>The questionnaire of the Zhangjiachuan paper and 71 invented answers to it with the paper's margins, sent in as files by an official.</summary>
internal sealed class SurveysDemo(ShanhuoDb db, CurrentScope acting, PutSurvey put, TakeFile take) : ISeedDemo
{
    public int Order => 15;

    public async Task Seed(DemoCounty county, CancellationToken cancel)
    {
        if (county.Code != DemoCounty.Zhangjiachuan) return;
        db.ChangeTracker.Clear();
        var before = acting.Scope;
        acting.Scope = await DemoSignIns.ScopeOf(db, "official", cancel);
        var folder = Path.Combine(AppContext.BaseDirectory, "data", "surveys", "zhangjiachuan");
        var (survey, bad) = await put.Handle(new SentForm(new Guid(county.Seed, 0, 0, [0, 0, 0, 0, 0, 0, 0, 71]), null, FormShelf.Zip(folder), "zhangjiachuan.zip", IsInvented: true), cancel);
        if (survey is null) throw new InvalidOperationException(bad[0].ToString());
        _ = (await put.Open(survey.Id, county.Code, county.Today.AddDays(60), cancel)).Value;
        var file = (await take.Keep(survey.Id, county.Code, await File.ReadAllBytesAsync(Path.Combine(folder, "synthetic-71.csv"), cancel), "synthetic-71.csv", cancel)).Value;
        _ = (await take.Take(file.Id, cancel)).Value;
        acting.Scope = before;
    }
}
