using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Sheets;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Registry.CountyForms;

/// <summary>Takes forms in, fills them and has them signed.</summary>
internal sealed class FillForm(ShanhuoDb db, Ids ids, TimeProvider clock, FormMeasures measures, Texts texts)
{
    /// <summary>What a workbook asks for.</summary>
    /// <returns>The cells, and all that is wrong with others.</returns>
    public (IReadOnlyList<FormToken> Tokens, IReadOnlyList<Refusal> Bad) Look(byte[] workbook, string file, AreaCode within)
    {
        if (!FilledWorkbook.Find(workbook, file, FormToken.Mark).Ok(out var found, out var no)) return ([], [no]);
        var (tokens, bad) = (new List<FormToken>(), new List<Refusal>());
        foreach (var (place, text) in found)
            if (FormToken.Read(place, text, within).Ok(out var token, out no)) tokens.Add(token); else bad.Add(no);
        if (found.Count == 0) bad.Add(new Refusal("forms.none", new Place { File = file }));
        return (tokens, bad);
    }

    /// <summary>Keeps a form whose every mark is understood.</summary>
    public async Task<(CountyForm? Form, IReadOnlyList<Refusal> Bad)> Put(Guid requestId, byte[] workbook, string file, CancellationToken cancel)
    {
        if (await db.CountyForms.SingleOrDefaultAsync(f => f.RequestId == requestId, cancel) is { } there) return (there, []);
        if (Look(workbook, file, db.Scope.Area).Bad is { Count: > 0 } bad) return (null, bad);
        var form = new CountyForm { Id = ids.Next(), RequestId = requestId, Area = db.Scope.Area, FileName = file.Length > 200 ? file[^200..] : file, Workbook = workbook, ByAccountId = db.Scope.AccountId, Day = clock.Today };
        db.CountyForms.Add(form);
        try { await db.SaveChangesAsync(cancel); }
        catch (DbUpdateException)
        {
            // Pressed twice: the other was first.
            db.ChangeTracker.Clear();
            if (await db.CountyForms.SingleOrDefaultAsync(f => f.RequestId == requestId, cancel) is { } first) return (first, []);
            throw;
        }
        return (form, []);
    }

    /// <summary>Fills a form for a year and freezes it.</summary>
    /// <returns>Refused: <c>forms.unknown</c>, <c>forms.year</c>, or a fault of the workbook.</returns>
    public async Task<Outcome<FilledForm>> Fill(Guid requestId, long formId, int year, Language language, CancellationToken cancel)
    {
        if (await db.FilledForms.SingleOrDefaultAsync(f => f.RequestId == requestId, cancel) is { } there) return there;
        if (await db.CountyForms.AsNoTracking().SingleOrDefaultAsync(f => f.Id == formId, cancel) is not { } form) return new Refusal("forms.unknown");
        if (year < 2000 || year > clock.Today.Year) return new Refusal("forms.year", Place.Input("Year"), year);
        var (tokens, bad) = Look(form.Workbook, form.FileName, db.Scope.Area);
        if (bad.Count > 0) return bad[0];
        var cells = new List<FilledCell>();
        foreach (var token in tokens) cells.Add(await measures.Of(token, form.Area, year, cancel));
        var unknown = texts.Say(language, "forms.not-known");
        var values = tokens.Zip(cells).ToDictionary(p => p.First.Place, p => p.Second.Value is { } value ? SheetValue.Figure(value) : (SheetValue)unknown);
        var at = Clock.ToChina(clock.NowMs).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        string Say(string key) => texts.Say(language, key);
        var sources = cells.Select(c => (IReadOnlyList<string?>)[c.Sheet, c.Cell, c.Value is { } value ? SheetValue.Figure(value).Text : unknown, texts.Say(language, "forms.def-" + c.Measure, c.Line), c.Area, $"{c.Year}", $"{c.Base} / {c.Of}", at])
            .Prepend([Say("forms.sheet"), Say("forms.cell"), Say("forms.value"), Say("forms.definition"), Say("measures.area"), Say("measures.year"), Say("forms.base"), Say("forms.at")]);
        using var memory = new MemoryStream();
        if (FilledWorkbook.Write(form.Workbook, form.FileName, values, Say("forms.sources"), [14, 8, 14, 70, 14, 8, 16, 18], sources, memory).Refused is { } no) return no;
        var bytes = memory.ToArray();
        var filled = new FilledForm { Id = ids.Next(), RequestId = requestId, Area = form.Area, FormId = form.Id, Year = year, Workbook = bytes, Hash = SHA256.HashData(bytes), Values = JsonSerializer.Serialize(cells), ByAccountId = db.Scope.AccountId, AtMs = clock.NowMs };
        db.FilledForms.Add(filled);
        db.Record(ids, clock, "export", "county-form", 0, reason: form.FileName);
        try { await db.SaveChangesAsync(cancel); }
        catch (DbUpdateException)
        {
            db.ChangeTracker.Clear();
            if (await db.FilledForms.SingleOrDefaultAsync(f => f.RequestId == requestId, cancel) is { } first) return first;
            throw;
        }
        return filled;
    }

    /// <summary>Signs a filled form: not who filled it, and once.</summary>
    /// <returns>Refused: <c>forms.unknown</c>, <c>forms.signed</c>, <c>forms.own</c>, <c>forms.changed</c>.</returns>
    public async Task<Outcome<Done>> Sign(long filledId, CancellationToken cancel)
    {
        if (await db.FilledForms.SingleOrDefaultAsync(f => f.Id == filledId, cancel) is not { } filled) return new Refusal("forms.unknown");
        if (filled.SignedByAccountId is not null) return new Refusal("forms.signed");
        if (filled.ByAccountId == db.Scope.AccountId) return new Refusal("forms.own");
        if (!SHA256.HashData(filled.Workbook).AsSpan().SequenceEqual(filled.Hash)) return new Refusal("forms.changed");
        (filled.SignedByAccountId, filled.SignedAtMs) = (db.Scope.AccountId, clock.NowMs);
        db.Record(ids, clock, "decision", "county-form-signed", 0, reason: Convert.ToHexString(filled.Hash)[..12]);
        try { await db.SaveChangesAsync(cancel); }
        catch (DbUpdateConcurrencyException) { return new Refusal("forms.signed"); }
        return default(Done);
    }

    /// <summary>The cells of a filled form.</summary>
    public static IReadOnlyList<FilledCell> Cells(FilledForm filled) => JsonSerializer.Deserialize<List<FilledCell>>(filled.Values) ?? [];
}
