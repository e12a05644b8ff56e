using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Surveys.Field;

/// <summary>An interview that begins.</summary>
/// <param name="RequestId">Made by the page.</param>
/// <param name="SurveyId">The survey, in its latest version.</param>
/// <param name="Area">Village of the person.</param>
/// <param name="Proxy">Who answers for the person; empty: the person.</param>
/// <param name="Paper">Typed in from paper: who asked, and when. Null: asked now.</param>
internal sealed record BeginInterview(Guid RequestId, long SurveyId, AreaCode Area, string Proxy, (string Interviewer, DateOnly Day)? Paper = null);

/// <summary>Begins interviews, keeps their pages and ends them. An interview belongs to who began it.</summary>
internal sealed class Interviews(ShanhuoDb db, Ids ids, TimeProvider clock, FormShelf forms)
{
    /// <summary>Begins an interview; the same request again finds it.</summary>
    public async Task<Outcome<Response>> Begin(BeginInterview request, CancellationToken cancel)
    {
        if (await Found(request.RequestId, cancel) is { } begun) return begun;
        if (await db.Surveys.AsNoTracking().SingleOrDefaultAsync(s => s.Id == request.SurveyId, cancel) is not { } survey) return new Refusal("survey.unknown");
        if (!db.Scope.Area.Contains(request.Area) || !survey.County.Contains(request.Area) || !await db.AreaFacts.AnyAsync(a => a.Code == request.Area, cancel)) return new Refusal("survey.area", Place.Input("Area"), request.Area.ToString());
        var today = clock.Today;
        var open = await db.SurveyOpenings.Where(o => o.SurveyId == survey.Id && o.Until >= today).Select(o => o.Area).ToListAsync(cancel);
        if (!open.Exists(o => o.Contains(request.Area))) return new Refusal("survey.not-open", Place.Input("Area"));
        if (request.Proxy.Length > 60) return new Refusal("survey.answer-long", Place.Input("Proxy"), 60);
        if (request.Paper is { } paper)
        {
            if (paper.Interviewer.Length is 0 or > 60) return new Refusal("survey.interviewer", Place.Input("Interviewer"));
            if (paper.Day > today) return new Refusal("survey.day", Place.Input("Day"));
        }
        var version = await db.SurveyVersions.SingleAsync(v => v.SurveyId == survey.Id && v.Number == survey.Latest, cancel);
        version.IsFrozen = true;
        var response = new Response
        {
            County = survey.County, Id = ids.Next(), RequestId = request.RequestId, SurveyId = survey.Id, Version = survey.Latest, Area = request.Area, ByAccountId = db.Scope.AccountId, Proxy = request.Proxy,
            Interviewer = request.Paper?.Interviewer ?? "", Day = request.Paper?.Day ?? today, Source = request.Paper is null ? ResponseSource.Browser : ResponseSource.Paper, State = ResponseState.Draft, Answers = "{}",
        };
        db.Responses.Add(response);
        try
        {
            await db.SaveChangesAsync(cancel);
            return response;
        }
        catch (DbUpdateException)
        {
            // The same request came twice at once, or the questionnaire was exchanged in this moment.
            db.ChangeTracker.Clear();
            return await Found(request.RequestId, cancel) is { } first ? first : new Refusal("survey.raced");
        }
    }

    /// <summary>An interview of the reader with its form; null: there is none, or it is somebody else's.</summary>
    public async Task<(Response Response, Interview Interview)?> Find(long id, CancellationToken cancel)
    {
        var (own, county) = (db.Scope.AccountId, db.Scope.County);
        if (await db.Responses.SingleOrDefaultAsync(r => r.County == county && r.Id == id && r.ByAccountId == own && r.Source != ResponseSource.File, cancel) is not { } response) return null;
        var version = await db.SurveyVersions.AsNoTracking().SingleAsync(v => v.SurveyId == response.SurveyId && v.Number == response.Version, cancel);
        return (response, new Interview(await forms.Of(version, cancel), AnswerBook.Parse(response.Answers), response.Day));
    }

    /// <summary>Keeps what the book holds now.</summary>
    public async Task<Outcome<Done>> Keep(Response response, Interview interview, Forms.Questionnaire form, CancellationToken cancel)
    {
        if (response.State == ResponseState.Complete) return new Refusal("survey.sent-already");
        response.Answers = interview.Book.ToJson(form);
        return await Save(response, cancel);
    }

    /// <summary>Ends an interview. Once it is over it is over, however often it is sent.</summary>
    /// <returns>Refused with <c>survey.not-whole</c> where a page still has something wrong.</returns>
    public async Task<Outcome<Done>> End(Response response, Interview interview, Forms.Questionnaire form, CancellationToken cancel)
    {
        if (response.State == ResponseState.Complete) return new Done();
        if (interview.FirstFault() is not null) return new Refusal("survey.not-whole");
        interview.Tidy();
        (response.Answers, response.State) = (interview.Book.ToJson(form), ResponseState.Complete);
        return await Save(response, cancel);
    }

    /// <summary>The form of a response.</summary>
    public async Task<Forms.Questionnaire> FormOf(Response response, CancellationToken cancel) =>
        await forms.Of(await db.SurveyVersions.AsNoTracking().SingleAsync(v => v.SurveyId == response.SurveyId && v.Number == response.Version, cancel), cancel);

    private Task<Response?> Found(Guid request, CancellationToken cancel)
    {
        var county = db.Scope.County;
        return db.Responses.SingleOrDefaultAsync(r => r.County == county && r.RequestId == request, cancel);
    }

    private async Task<Outcome<Done>> Save(Response response, CancellationToken cancel)
    {
        response.Revision++;
        try
        {
            await db.SaveChangesAsync(cancel);
            return new Done();
        }
        catch (DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            return new Refusal("survey.raced");
        }
    }
}
