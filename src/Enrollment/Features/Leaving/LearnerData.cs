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
            var run = runs.GetValueOrDefault(e.RunId);
            learnt.Add(new { course = run?.CourseTitle, run = run?.RunSlug, id = e.RunId, e.Active, e.JoinedAt, e.LeftAt, e.LastSeenAt, stepsDone = e.DoneCount, log });
        }

        await archive.Json("runs.json", learnt, ct);
        await archive.Text("diary.md", w => diary.Write(personId, w, ct), ct);
        await archive.Json("diary.json", await db.Set<DiaryEntry>().AsNoTracking().Where(d => d.LearnerId == personId).OrderBy(d => d.Id)
            .Select(d => new { d.Id, d.RunId, d.ItemId, d.Prompt, d.Markdown, d.WrittenAt, d.EditedAt, d.SharedAt, d.Licence }).ToListAsync(ct), ct);
    }

    public Task Erase(Guid personId, Guid nobody, DateTimeOffset now, CancellationToken ct) => db.InTurn(async token =>
    {
        await db.Set<DiaryEntry>().Where(d => d.LearnerId == personId).ExecuteDeleteAsync(token);
        foreach (var run in await db.Enrolments.Where(e => e.LearnerId == personId && e.Active).Select(e => e.RunId).ToListAsync(token))
            await db.CountLearners(run, -1, token);
        await db.Enrolments.Where(e => e.LearnerId == personId && e.Active).ExecuteUpdateAsync(
            s => s.SetProperty(e => e.Active, false).SetProperty(e => e.LeftAt, now), token);
        await db.Enrolments.Where(e => e.LearnerId == personId).ExecuteUpdateAsync(s => s.SetProperty(e => e.LearnerId, nobody).SetProperty(e => e.Version, e => e.Version + 1), token);
        await db.Activities.Where(a => a.LearnerId == personId).ExecuteUpdateAsync(s => s.SetProperty(a => a.LearnerId, nobody), token);
        await db.Set<Finish>().Where(f => f.LearnerId == personId).ExecuteUpdateAsync(s => s.SetProperty(f => f.LearnerId, nobody), token);
    }, ct);
}
