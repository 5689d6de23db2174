using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Enrollment.Domain;
using MoocPlatform.Enrollment.Persistence;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Contracts;

namespace MoocPlatform.Enrollment.Features.Dashboard;

/// <summary>A learner's runs, the one used last first; at most 50.</summary>
internal sealed record MyLearningQuery(Guid LearnerId) : IRequest<IReadOnlyList<MyRun>>;

/// <summary>A run as its learner sees it on the dashboard.</summary>
/// <param name="CompletedAt">Null: not completed.</param>
/// <param name="Later">Quizzes that close later for this learner than for everybody.</param>
/// <param name="Badge">The credential got for it; null: none.</param>
internal sealed record MyRun(
    RunTerm Run, Outline Outline, EnrolmentState Mine, GradePlan Plan, DateTimeOffset? CompletedAt, IReadOnlyDictionary<Guid, DateTimeOffset> Later, Guid? Badge,
    DateTimeOffset Now)
{
    public int All { get; } = Outline.Items.Count();

    public int Done { get; } = Outline.Items.Count(i => Mine.IsDone(i.Number));

    /// <summary>Whether there is nothing to go on with.</summary>
    public bool Finished => CompletedAt is not null || (All > 0 && Done == All);

    /// <summary>How many steps the course's rule still asks for.</summary>
    public int StepsLeft => CompletedAt is null ? Math.Max(0, Plan.StepsOf(All) - Done) : 0;

    /// <summary>The steps that are not done, in order.</summary>
    public IEnumerable<OutlineItem> Undone => Outline.Items.Where(i => !Mine.IsDone(i.Number));

    /// <summary>Where to go on: the item open last unless it is done, else the first that is not done, else the last one seen.</summary>
    public OutlineItem? Next
    {
        get
        {
            var open = Outline.Sections.Where(s => s.ReleasedAt <= Now).SelectMany(s => s.Items).ToList();
            var last = open.FirstOrDefault(i => i.Id == Mine.LastItemId);
            return last is not null && !Mine.IsDone(last.Number) ? last : open.FirstOrDefault(i => !Mine.IsDone(i.Number)) ?? last;
        }
    }

    public OutlineSection? SectionOf(OutlineItem item) => Outline.Sections.FirstOrDefault(s => s.Items.Contains(item));

    public bool IsReleased(OutlineItem item) => SectionOf(item)?.ReleasedAt <= Now;

    public string Address(OutlineItem item) => item.Kind == ItemKind.Quiz
        ? QuizLinks.Quiz(Run.CourseSlug, Run.RunSlug, item.Slug)
        : CourseLinks.Item(Run.CourseSlug, Run.RunSlug, item.Slug);

    /// <summary>When a quiz closes for this learner; null: with the run.</summary>
    public DateTimeOffset? DueAt(OutlineItem item) => Later.TryGetValue(item.Id, out var later) ? later : item.DueAt;

    /// <summary>Dates ahead: quizzes not done that are due, sections that come, start and end.</summary>
    public IEnumerable<MyDate> Ahead() => Run.Cancelled ? [] : Dates().Where(d => d.At > Now && (d.Item is null || !Mine.IsDone(d.Item.Number)));

    /// <summary>All dates of the run as they are for this learner.</summary>
    public IEnumerable<MyDate> Dates()
    {
        yield return new("start", Run.Start, "Starts", Run.CourseTitle, CourseLinks.Course(Run.CourseSlug), null);
        foreach (var section in Outline.Sections.Where(s => s.ReleasedAt > Run.Start))
            yield return new($"section-{section.Id:N}", section.ReleasedAt, "Opens", section.Title, CourseLinks.Course(Run.CourseSlug), null);
        foreach (var item in Outline.Items.Where(i => DueAt(i) is not null))
            yield return new($"due-{item.Id:N}", DueAt(item)!.Value, "Closes", item.Title, Address(item), item);
        yield return new("end", Run.End, "Ends", Run.CourseTitle, CourseLinks.Course(Run.CourseSlug), null);
    }
}

/// <summary>A date of a run.</summary>
/// <param name="Name">Unique in the run, and the same for ever.</param>
/// <param name="Text">What happens then: a key of the texts.</param>
/// <param name="Item">What has to be done by then; null: nothing.</param>
internal sealed record MyDate(string Name, DateTimeOffset At, string Text, string Title, string Address, OutlineItem? Item);

internal sealed class MyLearningQueryHandler(EnrollmentDb db, IMediator mediator, TimeProvider clock) : IRequestHandler<MyLearningQuery, IReadOnlyList<MyRun>>
{
    public async Task<IReadOnlyList<MyRun>> Handle(MyLearningQuery request, CancellationToken cancellationToken)
    {
        var mine = await db.Enrolments.AsNoTracking().Where(e => e.LearnerId == request.LearnerId && e.Active)
            .OrderByDescending(e => e.LastSeenAt).Take(50).ToListAsync(cancellationToken);
        Guid[] runs = [.. mine.Select(e => e.RunId)];
        var terms = await mediator.Send(new RunTermsQuery(runs), cancellationToken);
        var outlines = await mediator.Send(new OutlinesQuery(runs), cancellationToken);
        Guid[] courses = [.. terms.Values.Select(t => t.CourseId).Distinct()];
        var plans = await db.Plans.AsNoTracking().Where(p => courses.Contains(p.CourseId) && !db.Plans.Any(q => q.CourseId == p.CourseId && q.Revision > p.Revision))
            .ToDictionaryAsync(p => p.CourseId, p => GradePlan.Read(p.Body), cancellationToken);
        var later = (runs.Length == 0 ? [] : await mediator.Send(new LaterDatesQuery(request.LearnerId, runs), cancellationToken)).ToLookup(d => d.RunId);
        var badges = (await mediator.Send(new CredentialsQuery(request.LearnerId), cancellationToken)).Where(c => !c.Revoked).ToLookup(c => c.RunId, c => (Guid?)c.Id);
        var now = clock.GetUtcNow();
        return
        [
            .. mine.Where(e => terms.ContainsKey(e.RunId) && outlines.ContainsKey(e.RunId))
                .Select(e => new MyRun(
                    terms[e.RunId], outlines[e.RunId], e.State(), plans.GetValueOrDefault(terms[e.RunId].CourseId, GradePlan.Usual), e.CompletedAt,
                    later[e.RunId].ToDictionary(d => d.ItemId, d => d.Until), badges[e.RunId].FirstOrDefault(), now)),
        ];
    }
}
