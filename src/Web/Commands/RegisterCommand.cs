using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Sheets;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Web.Commands;

/// <summary><c>shanhuo register import</c>: a county's sheet of households. 0: all in, or a check without faults; 3: good households in, wrong cells listed; 1: nothing in.</summary>
internal static class RegisterCommand
{
    private const int Shown = 200;

    public static Command Make()
    {
        var file = new Argument<string>("file") { Description = "CSV or XLSX, a row for each person | 名册文件，一人一行" };
        var county = new Option<string>("--county") { Description = "County code, six digits | 县代码", Required = true };
        var skip = new Option<bool>("--skip-bad") { Description = "Take the good households although others have wrong cells | 跳过有错的户" };
        var preview = new Option<bool>("--preview") { Description = "Only say what it would do | 只预览" };
        var check = new Option<bool>("--check") { Description = "Only check the file by itself, without a database | 只检查文件，不用数据库" };
        var marked = new Option<string?>("--marked") { Description = "Write the workbook again with its wrong cells marked | 另存一份标出错处的文件" };
        var import = new Command("import", "Take in a sheet of households | 导入住户名册") { file, county, skip, preview, check, marked };
        import.SetAction((parsed, cancel) => Session.Run(parsed, async (session, stop) =>
        {
            var path = parsed.GetValue(file)!;
            var checks = parsed.GetValue(check);
            if (!AreaCode.TryParse(parsed.GetValue(county), out var code) || code.Level != AreaLevel.County || !checks && !await session.Db.AreaFacts.AnyAsync(a => a.Code == code, stop))
                return session.Refuse(new Refusal("command.no-county", Place.None, parsed.GetValue(county)!));
            if (!(await SheetReader.OpenOwn(path, stop)).Ok(out var sheet, out var no)) return session.Refuse(no);
            var progress = Console.IsErrorRedirected ? null : new Progress<int>(n => Console.Error.Write($"\r{n} "));
            var done = checks
                ? ImportRegister.Check(sheet, code, Path.Combine(AppContext.BaseDirectory, "data", "divisions"), session.Services.GetRequiredService<Texts>(), session.Clock.Today, progress, stop)
                : await session.Services.GetRequiredService<ImportRegister>().Run(sheet, code, parsed.GetValue(preview) ? RegisterImportMode.Preview : parsed.GetValue(skip) ? RegisterImportMode.Good : RegisterImportMode.All, progress, stop);
            foreach (var refused in done.Refused.Take(Shown)) session.Refuse(refused);
            if (done.Refused.Count > Shown) session.Refuse(new Refusal("register.more-refused", Place.None, done.Refused.Count - Shown));
            if (done.Refused.Count > 0 && parsed.GetValue(marked) is { } to)
            {
                await using var output = File.Create(to);
                if (MarkedWorkbook.Write(await File.ReadAllBytesAsync(path, stop), Path.GetFileName(path), done.Refused, session.Services.GetRequiredService<Texts>(), session.Language, output).Refused is { } unmarked) return session.Refuse(unmarked);
                session.Done("register.marked", to);
            }
            if (checks) return session.Done("register.checked", done.Households, done.People, done.Refused.Count) + (done.Refused.Count == 0 ? 0 : 1);
            if (!done.Written && !parsed.GetValue(preview)) return session.Refuse(new Refusal("register.import-nothing", Place.None, done.Refused.Count));
            session.Done(done.Written ? "register.import-done" : "register.import-would", done.Households, done.People, done.Added, done.Changed, done.Same, done.Left);
            return done.Refused.Count > 0 ? 3 : 0;
        }, cancel));
        return new Command("register", "The register of households | 住户名册") { import };
    }
}
