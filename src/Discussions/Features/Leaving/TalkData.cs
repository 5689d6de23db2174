using System.Globalization;
using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Discussions.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Discussions.Features.Leaving;

/// <summary>What a person asked and answered. When they go, their words stay for others without them.</summary>
internal sealed class TalkData(DiscussionsDb db, IMediator mediator) : IPersonalData
{
    private const int RunsAtOnce = 500;

    public string Folder => "discussions";

    public async Task Export(Guid personId, PersonalArchive archive, CancellationToken ct)
    {
        var threads = await db.Threads.AsNoTracking().Where(t => t.AuthorId == personId && t.DeletedAt == null)
            .Select(t => new Written(t.Id, t.RunId, t.Id, t.Title, t.Kind.ToString(), t.At, t.EditedAt, t.Anonymous, t.Votes, t.Markdown)).ToListAsync(ct);
        var posts = await db.Posts.AsNoTracking().Where(p => p.AuthorId == personId && p.DeletedAt == null).Join(db.Threads, p => p.ThreadId, t => t.Id, (p, t) =>
            new Written(p.Id, p.RunId, p.ThreadId, t.Title, p.ParentId == null ? "Reply" : "Comment", p.At, p.EditedAt, p.Anonymous, p.Votes, p.Markdown)).ToListAsync(ct);
        var all = threads.Concat(posts).OrderBy(w => w.At).ToList();
        var runs = new Dictionary<Guid, RunTerm>();
        foreach (var some in all.Select(w => w.RunId).Distinct().Chunk(RunsAtOnce))
            foreach (var (id, term) in await mediator.Send(new RunTermsQuery(some), ct))
                runs[id] = term;

        await archive.Json("posts.json", all, ct);
        await archive.Json("votes.json", await db.Votes.AsNoTracking().Where(v => v.PersonId == personId).Select(v => v.WritingId).ToListAsync(ct), ct);
        await archive.Json("threads-read.json", await db.Places.AsNoTracking().Where(p => p.PersonId == personId)
            .Select(p => new { p.ThreadId, p.RunId, p.Read, Follows = p.Follows.ToString() }).ToListAsync(ct), ct);
        await archive.Json("reports.json", await db.Reports.AsNoTracking().Where(r => r.PersonId == personId).Select(r => new { r.WritingId, r.Reason, r.At }).ToListAsync(ct), ct);
        await archive.Json("pictures.json", await db.Pictures.AsNoTracking().Where(p => p.PersonId == personId)
            .Select(p => new { p.Id, p.RunId, p.WritingId, p.At, p.Type, p.Bytes }).ToListAsync(ct), ct);
        await archive.Text("posts.md", async writer =>
        {
            await writer.WriteAsync("# What I asked and answered\n");
            foreach (var written in all)
                await writer.WriteAsync(string.Create(CultureInfo.InvariantCulture,
                    $"\n## {written.Thread}\n\n*{written.Kind}, {written.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC{(runs.TryGetValue(written.RunId, out var run) ? $", {run.CourseTitle} {run.RunSlug}" : "")}*\n\n{written.Markdown}\n"));
        }, ct);
    }

    public Task Erase(Guid personId, Guid nobody, DateTimeOffset now, CancellationToken ct) => db.InTurn(async token =>
    {
        await db.Threads.Where(t => t.AuthorId == personId).ExecuteUpdateAsync(s => s.SetProperty(t => t.AuthorId, nobody).SetProperty(t => t.Answer, ""), token);
        await db.Posts.Where(p => p.AuthorId == personId).ExecuteUpdateAsync(s => s.SetProperty(p => p.AuthorId, nobody).SetProperty(p => p.Answer, ""), token);
        await db.Posts.Where(p => p.EndorsedById == personId).ExecuteUpdateAsync(s => s.SetProperty(p => p.EndorsedById, nobody), token);
        await db.Threads.Where(t => t.FirstReplyById == personId).ExecuteUpdateAsync(s => s.SetProperty(t => t.FirstReplyById, nobody), token);
        await db.Votes.Where(v => v.PersonId == personId).ExecuteUpdateAsync(s => s.SetProperty(v => v.PersonId, nobody), token); // counted they stay
        await db.Reports.Where(r => r.PersonId == personId).ExecuteUpdateAsync(s => s.SetProperty(r => r.PersonId, nobody), token);
        await db.Acts.Where(a => a.PersonId == personId).ExecuteUpdateAsync(s => s.SetProperty(a => a.PersonId, nobody), token);
        await db.Acts.Where(a => a.ById == personId).ExecuteUpdateAsync(s => s.SetProperty(a => a.ById, nobody), token);
        await db.Pictures.Where(p => p.PersonId == personId && p.WritingId == null).ExecuteDeleteAsync(token);
        await db.Pictures.Where(p => p.PersonId == personId).ExecuteUpdateAsync(s => s.SetProperty(p => p.PersonId, nobody), token);
        await db.Mentions.Where(m => m.PersonId == personId).ExecuteDeleteAsync(token);
        await db.Places.Where(p => p.PersonId == personId).ExecuteDeleteAsync(token);
        await db.Participants.Where(p => p.PersonId == personId).ExecuteDeleteAsync(token);
        await db.Restraints.Where(r => r.PersonId == personId).ExecuteDeleteAsync(token);
    }, ct);

    private sealed record Written(
        Guid Id, Guid RunId, Guid ThreadId, string Thread, string Kind, DateTimeOffset At, DateTimeOffset? EditedAt, bool WithoutName, int Votes, string Markdown);
}
