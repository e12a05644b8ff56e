using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;
using Shanhuo.Surveys.Forms;
using Shanhuo.Surveys.Responses;

namespace Shanhuo.Surveys.Field;

/// <summary>What a file of answers holds: rows that can be taken in, rows that are there already, and what is wrong with the others.</summary>
internal sealed record FileLook(int Good, int There, int Refused, IReadOnlyList<Refusal> Bad);

/// <summary>Takes answers in from files (ODK, Kobo or own), row by row.</summary>
internal sealed class TakeFile(ShanhuoDb db, Ids ids, TimeProvider clock, FormShelf forms)
{
    /// <summary>Columns by which other programs name a response, the first that the file has.</summary>
    private static readonly string[] RowNames = ["_uuid", "meta/instanceID", "instanceID", "KEY"];
    private const string AreaColumn = "area_code";

    /// <summary>Keeps a file so that it can be looked at before it is taken in.</summary>
    public async Task<Outcome<ResponseFile>> Keep(long surveyId, AreaCode area, byte[] content, string name, CancellationToken cancel)
    {
        if (await db.Surveys.AsNoTracking().SingleOrDefaultAsync(s => s.Id == surveyId, cancel) is not { } survey) return new Refusal("survey.unknown");
        if (!db.Scope.Area.Contains(area) || !survey.County.Contains(area)) return new Refusal("survey.area", Place.Input("Area"), area.ToString());
        var file = new ResponseFile { County = survey.County, Id = ids.Next(), SurveyId = surveyId, Version = survey.Latest, Area = area, Day = clock.Today, FileName = name, Content = content, ByAccountId = db.Scope.AccountId };
        db.ResponseFiles.Add(file);
        await db.SaveChangesAsync(cancel);
        return file;
    }

    /// <summary>Says what would be taken in.</summary>
    public async Task<FileLook> Look(ResponseFile file, CancellationToken cancel) => (await Read(file, cancel)).Look;

    /// <summary>Takes the good rows in that are not there yet.</summary>
    /// <returns>How many were added.</returns>
    public async Task<Outcome<int>> Take(long fileId, CancellationToken cancel)
    {
        if (await db.ResponseFiles.SingleOrDefaultAsync(f => f.Id == fileId, cancel) is not { } file) return new Refusal("survey.unknown");
        var (_, rows) = await Read(file, cancel);
        var version = await db.SurveyVersions.SingleAsync(v => v.SurveyId == file.SurveyId && v.Number == file.Version, cancel);
        version.IsFrozen = true;
        file.Taken = (file.Taken ?? 0) + rows.Count;
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        try
        {
            await db.InsertAll(rows, cancel);
            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
            return rows.Count;
        }
        catch (Exception e) when (e is DbUpdateException or System.Data.Common.DbException)
        {
            // The same rows came in at this moment by another way; nothing of this call was kept.
            return new Refusal("survey.raced");
        }
    }

    private async Task<(FileLook Look, List<Response> Rows)> Read(ResponseFile file, CancellationToken cancel)
    {
        var form = await forms.Of(await db.SurveyVersions.AsNoTracking().SingleAsync(v => v.SurveyId == file.SurveyId && v.Number == file.Version, cancel), cancel);
        var others = await Columns(file, cancel);
        var (set, bad) = await ResponseReader.ReadRows(new MemoryStream(file.Content), file.FileName, form, others, int.MaxValue, cancel);
        if (set is null) return (new(0, 0, 0, bad), []);
        var faults = bad.ToList();
        var wrong = bad.Select(b => b.Where.Row ?? 0).ToHashSet();
        var fileHash = FormShelf.Hash(file.Content);
        var known = (await db.Responses.Where(r => r.County == file.County && r.SurveyId == file.SurveyId && r.RowKey != null).Select(r => r.RowKey!).ToListAsync(cancel)).ToHashSet(StringComparer.Ordinal);
        var areas = (await db.AreaFacts.Where(a => a.Code >= db.Scope.FirstArea && a.Code <= db.Scope.LastArea).Select(a => a.Code).ToListAsync(cancel)).ToHashSet();
        var (rows, there) = (new List<Response>(), 0);
        for (var row = 0; row < set.Count; row++)
        {
            var area = file.Area;
            if (set.Others.TryGetValue(AreaColumn, out var column) && column.Texts[row] is { Length: > 0 } code && (!AreaCode.TryParse(code, out area) || !file.County.Contains(area) || !areas.Contains(area)))
            {
                faults.Add(new("survey.area", Place.Cell(file.FileName, set.SheetRow(row), AreaColumn), code));
                wrong.Add(set.SheetRow(row));
            }
            if (wrong.Contains(set.SheetRow(row))) continue;
            var answers = Book(set, form, row).ToJson(form);
            var name = RowNames.Where(set.Others.ContainsKey).Select(n => set.Others[n].Texts[row]).FirstOrDefault(t => t.Length > 0);
            var key = name is not null ? "id:" + name : "row:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{fileHash}|{set.SheetRow(row)}|{answers}")));
            if (!known.Add(key)) there++;
            else rows.Add(new Response
            {
                County = file.County, Id = ids.Next(), RequestId = Guid.NewGuid(), SurveyId = file.SurveyId, Version = file.Version, Area = area, ByAccountId = db.Scope.AccountId, Interviewer = "", Day = file.Day, Proxy = "",
                Source = ResponseSource.File, State = ResponseState.Complete, Answers = answers, RowKey = key,
            });
        }
        return (new(rows.Count, there, set.Count - rows.Count - there, [.. faults.OrderBy(f => f.Where.Row)]), rows);
    }

    private static async Task<IReadOnlyCollection<string>> Columns(ResponseFile file, CancellationToken cancel)
    {
        if (!(await Kernel.Sheets.SheetReader.Open(new MemoryStream(file.Content), file.FileName, cancel)).Ok(out var reader, out _)) return [];
        foreach (var read in reader.Rows())
            return read.Ok(out var header, out _) ? [.. RowNames.Append(AreaColumn).Where(n => header.Cells.Any(c => Numerals.Narrow(c.Text ?? "") == n))] : [];
        return [];
    }

    // Questions of a repeat have a table of their own in such files and are not read.
    private static AnswerBook Book(ResponseSet set, Questionnaire form, int row)
    {
        var book = new AnswerBook();
        foreach (var (name, column) in set.Answers)
            if (!column.IsBlank(row) && form.Find(name) is { } item && item.Kind != ItemKind.Calculate && StoredColumns.RepeatOf(item) is null) book.Answers[name] = column.Value(row).ToText();
        return book;
    }
}
