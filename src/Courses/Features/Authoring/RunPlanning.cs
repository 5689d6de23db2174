using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Contracts;

namespace MoocPlatform.Courses.Features.Authoring;

/// <summary>The dates of a run as typed: local times in the zone, as a browser's fields give them.</summary>
internal sealed record RunDates(string? Zone, string? Start, string? End, string? EnrolmentEnd)
{
    /// <summary>Sets them, or refuses.</summary>
    public void PutInto(Run run) => run.Plan(
        Entered.Zone(Zone), Entered.Local(Start, "Start")!.Value, Entered.Local(End, "End")!.Value, Entered.Local(EnrolmentEnd, "EnrolmentEnd", optional: true));
}

/// <summary>
/// Plans a run, or moves one: the same key is the same run. Everything that hangs on its dates moves with it. Days of sections and quizzes that
/// were typed anew change in the course, and so in all its runs. Answers its address.
/// </summary>
internal sealed record SaveRun(Guid CourseId, Writer By, Guid RunId, string? Slug, RunDates Dates, IReadOnlyList<TypedOffset> Offsets, bool Publish) : IRequest<string>
{
    /// <summary>The run as it would be.</summary>
    public Run AsRun()
    {
        var run = new Run { Id = RunId, CourseId = CourseId };
        Dates.PutInto(run);
        run.Slug = Slug?.Trim() is { Length: > 0 } chosen ? chosen : RunSlug(run);
        return run;
    }

    /// <summary>The address that a run has when none is typed.</summary>
    public static string RunSlug(Run run) => run.LocalStart.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture);
}

internal sealed class SaveRunHandler(CoursesDb db, IMediator mediator, Shelf shelf, Live live, TimeProvider clock) : IRequestHandler<SaveRun, string>
{
    public async Task<string> Handle(SaveRun command, CancellationToken ct)
    {
        var changes = TypedOffset.Changes(command.Offsets, command.AsRun().LocalStart);
        var quizzes = await NewQuizTexts(command.CourseId, changes, ct);
        if (command.Publish)
            await Check(command, changes, ct);
        IReadOnlyList<Guid> others = [];
        var slug = await db.Change(command.CourseId, command.By, clock, async (course, now) =>
        {
            var run = await db.Runs.FirstOrDefaultAsync(r => r.Id == command.RunId, ct);
            if (run is null)
                db.Add(run = new Run { Id = command.RunId, CourseId = course.Id });
            else if (run.CourseId != course.Id)
                throw new NotFound();

            if (run.CancelledAt is not null)
                throw Refusals.RunCancelled();
            command.Dates.PutInto(run);
            run.Slug = await SlugFor(run, command.Slug, ct);
            if (command.Publish && run.PublishedAt is null)
            {
                if (!await db.Items.AnyAsync(i => i.CourseId == course.Id && i.Published, ct))
                    throw Refusals.NothingToPublish();
                run.PublishedAt = now;
            }

            if (run.PublishedAt is not null && db.ChangeTracker.HasChanges())
                db.Announce(new RunScheduled(run.Id)); // start, close and every date that hangs on them move on the schedule
            await MoveSections(course, changes, ct);
            await MoveQuizzes(course, quizzes, command.By, now, ct);
            if (changes.Count > 0)
                others = await db.Runs.Where(r => r.CourseId == course.Id && r.PublishedAt != null && r.Id != run.Id).Select(r => r.Id).ToListAsync(ct);
            return run.Slug;
        }, ct);
        live.TellRuns([command.RunId, .. others]);
        return slug;
    }

    // Learners are not led before something broken. A run that is published already is not taken back for it.
    private async Task Check(SaveRun command, List<OffsetChange> changes, CancellationToken ct)
    {
        var book = await shelf.Course(command.CourseId, ct) ?? throw new NotFound();
        if (book.Run(command.RunId)?.PublishedAt is not null)
            return;
        if (!book.Sections.Any(s => s.Items.Exists(i => i.Published)))
            throw Refusals.NothingToPublish();
        if ((await mediator.Send(new ChecklistQuery(book, [command.AsRun()], changes), ct)).Any(f => f.Blocks))
            throw Refusals.NotReady();
    }

    private async Task MoveSections(Course course, List<OffsetChange> changes, CancellationToken ct)
    {
        foreach (var change in changes.Where(c => c.What == OffsetOf.Release))
        {
            var section = await db.Sections.FirstOrDefaultAsync(s => s.Id == change.Id && s.CourseId == course.Id, ct) ?? throw new NotFound();
            section.Release = section.Release == change.Was ? change.Now! : throw Refusals.DateChangedMeanwhile(change.Field);
        }
    }

    private async Task MoveQuizzes(Course course, List<NewQuizText> quizzes, Writer by, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var quiz in quizzes)
        {
            var item = await db.Items.FirstOrDefaultAsync(i => i.Id == quiz.Id && i.CourseId == course.Id, ct) ?? throw new NotFound();
            if (item.Revision != quiz.Revision)
                throw Refusals.DateChangedMeanwhile(quiz.Field);
            (item.Markdown, item.Opens, item.Due, item.Revision, item.ChangedAt) = (quiz.Markdown, quiz.Opens, quiz.Due, item.Revision + 1, now);
            db.Add(ItemVersion.Of(item, by.Id, now));
            if (quiz.Counts)
                db.Announce(new QuizWritten(course.Id, item.Id, item.Title, item.Markdown, item.Revision));
        }
    }

    // What the texts are worth is asked before anything is changed: Quizzes is another room.
    private async Task<List<NewQuizText>> NewQuizTexts(Guid courseId, List<OffsetChange> changes, CancellationToken ct)
    {
        var texts = new List<NewQuizText>();
        foreach (var dates in changes.Where(c => c.What != OffsetOf.Release).GroupBy(c => c.Id))
        {
            var item = await db.Items.AsNoTracking().FirstOrDefaultAsync(i => i.Id == dates.Key && i.CourseId == courseId && i.Kind == ItemKind.Quiz, ct) ?? throw new NotFound();
            var (opens, due) = (item.Opens, item.Due);
            foreach (var change in dates)
            {
                if ((change.What == OffsetOf.Opens ? item.Opens : item.Due) != change.Was)
                    throw Refusals.DateChangedMeanwhile(change.Field);
                (opens, due) = change.What == OffsetOf.Opens ? (change.Now, due) : (opens, change.Now);
            }

            var text = QuizDates.Put(item.Markdown, opens, due) ?? throw Refusals.QuizSettingsUnreadable(dates.First().Field);
            var check = await mediator.Send(new CheckQuizQuery(text), ct);
            texts.Add(new(item.Id, item.Revision, text, opens, due, check.Problems.Count == 0, dates.First().Field));
        }

        return texts;
    }

    /// <param name="Counts">Whether Quizzes can take it; a draft may have mistakes.</param>
    private sealed record NewQuizText(Guid Id, int Revision, string Markdown, Offset? Opens, Offset? Due, bool Counts, string Field);

    private async Task<string> SlugFor(Run run, string? typed, CancellationToken ct)
    {
        var slug = typed?.Trim() is { Length: > 0 } chosen ? chosen : SaveRun.RunSlug(run);
        if (!Slug.IsWellFormed(slug))
            throw Refusals.SlugMalformed();
        return slug == "new" || await db.Runs.AnyAsync(r => r.CourseId == run.CourseId && r.Slug == slug && r.Id != run.Id, ct) ? throw Refusals.SlugTaken(slug) : slug;
    }
}
