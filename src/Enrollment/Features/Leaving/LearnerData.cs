using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Enrollment.Domain;
using MoocPlatform.Enrollment.Features.Diary;
using MoocPlatform.Enrollment.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Enrollment.Features.Leaving;

/// <summary>Where a person learns, what they did, and their diary. When they go, counts stay and nothing leads back to them.</summary>
internal sealed class LearnerData(EnrollmentDb db, DiaryBook diary, IMediator mediator) : IPersonalData
{
    private const int RunsAtOnce = 500;

    public string Folder => "enrollment";

    public async Task Export(Guid personId, PersonalArchive archive, CancellationToken ct)
    {
        var enrolments = await db.Enrolments.AsNoTracking().Where(e => e.LearnerId == personId).OrderBy(e => e.JoinedAt).ToListAsync(ct);
        var runs = new Dictionary<Guid, RunTerm>();
        foreach (var some in enrolments.Select(e => e.RunId).Chunk(RunsAtOnce))
            foreach (var (id, term) in await mediator.Send(new RunTermsQuery(some), ct))
                runs[id] = term;

        var learnt = new List<object>();
        foreach (var e in enrolments)
        {
            var log = await db.Activities.AsNoTracking().Where(a => a.RunId == e.RunId && a.LearnerId == personId).OrderBy(a => a.Number)
                .Select(a => new { a.At, What = a.Kind.ToString(), a.ItemId, a.Completes }).ToListAsync(ct);
            var set = await db.Overrides.AsNoTracking().Where(o => o.RunId == e.RunId && o.LearnerId == personId).OrderBy(o => o.Number)
                .Select(o => new { o.At, o.ItemId, o.Percent, o.Comment }).ToListAsync(ct);
            var run = runs.GetValueOrDefault(e.RunId);
            learnt.Add(new { course = run?.CourseTitle, run = run?.RunSlug, id = e.RunId, e.Active, e.JoinedAt, e.LeftAt, e.LastSeenAt, e.CompletedAt, stepsDone = e.DoneCount, grade = e.Grade < 0 ? (decimal?)null : e.Grade / 100m, e.GradeFinal, setByHand = set, log });
        }

        await archive.Json("runs.json", learnt, ct);
        foreach (var badge in await db.Credentials.AsNoTracking().Where(c => c.PersonId == personId).OrderBy(c => c.Id).Select(c => new { c.Id, c.Json, c.Jwt }).ToListAsync(ct))
        {
            await archive.Text($"badges/{badge.Id:N}.json", w => w.WriteAsync(badge.Json), ct);
            await archive.Text($"badges/{badge.Id:N}.jwt", w => w.WriteAsync(badge.Jwt), ct);
        }

        await archive.Json("appearance.json", await Appearances(personId, runs.Values, ct), ct);
        await archive.Text("diary.md", w => diary.Write(personId, w, ct), ct);
        await archive.Json("diary.json", await db.Set<DiaryEntry>().AsNoTracking().Where(d => d.LearnerId == personId).OrderBy(d => d.Id)
            .Select(d => new { d.Id, d.RunId, d.ItemId, d.Prompt, d.Markdown, d.WrittenAt, d.EditedAt, d.SharedAt, d.Licence }).ToListAsync(ct), ct);
    }

    // How they appear in each course, and when they gave or withdrew the consent to research there.
    private async Task<IEnumerable<object>> Appearances(Guid personId, IReadOnlyCollection<RunTerm> runs, CancellationToken ct)
    {
        var names = await db.Set<Appearance>().AsNoTracking().Where(a => a.LearnerId == personId).ToDictionaryAsync(a => a.CourseId, a => a.Pseudonym, ct);
        var consents = (await db.Set<Consent>().AsNoTracking().Where(c => c.LearnerId == personId).OrderBy(c => c.Number).ToListAsync(ct)).ToLookup(c => c.CourseId);
        return [.. names.Keys.Concat(consents.Select(c => c.Key)).Distinct().Select(course => new
        {
            course = runs.FirstOrDefault(r => r.CourseId == course)?.CourseTitle,
            id = course,
            pseudonym = names.GetValueOrDefault(course),
            consentToResearch = consents[course].Select(c => new { c.Given, c.At }),
        })];
    }

    public Task Erase(Guid personId, Guid nobody, DateTimeOffset now, CancellationToken ct) => db.InTurn(async token =>
    {
        await db.Set<DiaryEntry>().Where(d => d.LearnerId == personId).ExecuteDeleteAsync(token);
        await db.Set<Appearance>().Where(a => a.LearnerId == personId).ExecuteDeleteAsync(token);
        await db.Set<Consent>().Where(c => c.LearnerId == personId).ExecuteDeleteAsync(token);
        foreach (var run in await db.Enrolments.Where(e => e.LearnerId == personId && e.Active).Select(e => e.RunId).ToListAsync(token))
            await db.CountLearners(run, -1, token);
        await db.Enrolments.Where(e => e.LearnerId == personId && e.Active).ExecuteUpdateAsync(
            s => s.SetProperty(e => e.Active, false).SetProperty(e => e.LeftAt, now), token);
        await db.Enrolments.Where(e => e.LearnerId == personId).ExecuteUpdateAsync(
            s => s.SetProperty(e => e.LearnerId, nobody).SetProperty(e => e.SortName, "").SetProperty(e => e.Standing, Standing.Left).SetProperty(e => e.Version, e => e.Version + 1), token);
        await db.Activities.Where(a => a.LearnerId == personId).ExecuteUpdateAsync(s => s.SetProperty(a => a.LearnerId, nobody), token);
        await db.Scores.Where(s => s.LearnerId == personId).ExecuteUpdateAsync(s => s.SetProperty(x => x.LearnerId, nobody), token);
        await db.Overrides.Where(o => o.LearnerId == personId).ExecuteUpdateAsync(s => s.SetProperty(o => o.LearnerId, nobody).SetProperty(o => o.Comment, ""), token);
        await db.Calendars.Where(c => c.PersonId == personId).ExecuteDeleteAsync(token);
        await db.Set<Merit>().Where(m => m.PersonId == personId).ExecuteUpdateAsync(s => s.SetProperty(m => m.PersonId, nobody), token);
        // The file that its owner has goes on to verify: its place in the list of what is revoked stays taken.
        await db.Credentials.Where(c => c.PersonId == personId).ExecuteUpdateAsync(
            s => s.SetProperty(c => c.PersonId, nobody).SetProperty(c => c.Name, "").SetProperty(c => c.Jwt, "").SetProperty(c => c.Json, "").SetProperty(c => c.SharedAt, (DateTimeOffset?)null), token);
        await db.Set<Finish>().Where(f => f.LearnerId == personId).ExecuteUpdateAsync(s => s.SetProperty(f => f.LearnerId, nobody), token);
    }, ct);
}
