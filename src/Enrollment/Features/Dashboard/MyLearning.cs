using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Enrollment.Persistence;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Contracts;

namespace MoocPlatform.Enrollment.Features.Dashboard;

/// <summary>A learner's runs, the one used last first; at most 50.</summary>
internal sealed record MyLearningQuery(Guid LearnerId) : IRequest<IReadOnlyList<MyRun>>;

/// <summary>A run as its learner sees it on the dashboard.</summary>
internal sealed record MyRun(RunTerm Run, Outline Outline, EnrolmentState Mine, DateTimeOffset Now)
{
    public int All { get; } = Outline.Items.Count();

    public int Done { get; } = Outline.Items.Count(i => Mine.IsDone(i.Number));

    public bool Finished => All > 0 && Done == All;

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

    public string Address(OutlineItem item) => item.Kind == ItemKind.Quiz
        ? QuizLinks.Quiz(Run.CourseSlug, Run.RunSlug, item.Slug)
        : CourseLinks.Item(Run.CourseSlug, Run.RunSlug, item.Slug);

    /// <summary>Dates ahead: quizzes not done that are due, sections that come, start and end.</summary>
    public IEnumerable<(DateTimeOffset At, string Text, string Title, string Address)> Ahead()
    {
        if (Run.Cancelled)
            yield break;
        if (Run.Start > Now)
            yield return (Run.Start, "Starts", Run.CourseTitle, CourseLinks.Course(Run.CourseSlug));
        foreach (var section in Outline.Sections.Where(s => s.ReleasedAt > Now && s.ReleasedAt > Run.Start))
            yield return (section.ReleasedAt, "Opens", section.Title, CourseLinks.Course(Run.CourseSlug));
        foreach (var item in Outline.Items.Where(i => i.DueAt > Now && !Mine.IsDone(i.Number)))
            yield return (item.DueAt!.Value, "Closes", item.Title, Address(item));
        if (Run.End > Now)
            yield return (Run.End, "Ends", Run.CourseTitle, CourseLinks.Course(Run.CourseSlug));
    }
}

internal sealed class MyLearningQueryHandler(EnrollmentDb db, IMediator mediator, TimeProvider clock) : IRequestHandler<MyLearningQuery, IReadOnlyList<MyRun>>
{
    public async Task<IReadOnlyList<MyRun>> Handle(MyLearningQuery request, CancellationToken cancellationToken)
    {
        var mine = await db.Enrolments.AsNoTracking().Where(e => e.LearnerId == request.LearnerId && e.Active)
            .OrderByDescending(e => e.LastSeenAt).Take(50).ToListAsync(cancellationToken);
        Guid[] runs = [.. mine.Select(e => e.RunId)];
        var terms = await mediator.Send(new RunTermsQuery(runs), cancellationToken);
        var outlines = await mediator.Send(new OutlinesQuery(runs), cancellationToken);
        var now = clock.GetUtcNow();
        return
        [
            .. mine.Where(e => terms.ContainsKey(e.RunId) && outlines.ContainsKey(e.RunId))
                .Select(e => new MyRun(terms[e.RunId], outlines[e.RunId], e.State(), now)),
        ];
    }
}
