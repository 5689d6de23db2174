using System.Globalization;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Enrollment.Domain;
using MoocPlatform.Enrollment.Features.Appearing;
using MoocPlatform.Enrollment.Features.Grading;
using MoocPlatform.Enrollment.Persistence;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Contracts;

namespace MoocPlatform.Enrollment.Features.Teaching;

/// <summary>One learner of a run with everything: progress, attempts, grade, what was set by hand, later dates, the log.</summary>
[Authorize(Policies.SignedIn)]
internal sealed class OneLearnerModel(IMediator mediator, TimeProvider clock) : TeamPage(mediator)
{
    public LearnerGrade Grade { get; private set; } = null!;

    public Person Learner { get; private set; } = null!;

    /// <summary>Pseudonym and consent.</summary>
    public Appears Appears { get; private set; } = Appears.AsThemselves;

    /// <summary>Who set results by hand.</summary>
    public IReadOnlyDictionary<Guid, Person> Team { get; private set; } = new Dictionary<Guid, Person>();

    public IReadOnlyDictionary<Guid, DateTimeOffset> LaterDates { get; private set; } = new Dictionary<Guid, DateTimeOffset>();

    /// <summary>The newest lines of the log.</summary>
    public IReadOnlyList<Activity> Log { get; private set; } = [];

    /// <summary>Of the form.</summary>
    [BindProperty]
    public Guid Key { get; set; }

    /// <summary>The quiz; empty: the grade of the course.</summary>
    [BindProperty]
    public Guid Item { get; set; }

    /// <summary>With a decimal comma or point; empty: what was set is taken back.</summary>
    [BindProperty]
    public string? Percent { get; set; }

    [BindProperty]
    public string? Comment { get; set; }

    public async Task OnGetAsync(string course, string run, Guid learner)
    {
        await Enter(course, run);
        Key = clock.NewKey();
        await Load(learner);
    }

    public async Task<IActionResult> OnPostAsync(string course, string run, Guid learner)
    {
        await Enter(course, run);
        var percent = string.IsNullOrWhiteSpace(Percent) ? (decimal?)null
            : decimal.TryParse(Percent.Trim().Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var typed) ? typed : -1;
        return await Do(new SetResult(Key, Run.RunId, learner, Item, percent, Comment, Me), _ =>
        {
            Tell("The result is saved. The learner sees it with your reason.");
            return LocalRedirect(EnrollmentLinks.Learner(course, run, learner));
        }, () => Load(learner));
    }

    /// <summary>A line of the log in words.</summary>
    public string Words(ActivityKind kind) => Texts[kind switch
    {
        ActivityKind.Joined => "has joined",
        ActivityKind.Left => "left",
        ActivityKind.CameBack => "came back",
        ActivityKind.Viewed => "opened",
        ActivityKind.Completed => "marked complete",
        ActivityKind.TakenBack => "took the mark back",
        ActivityKind.QuizPassed => "passed the quiz",
        ActivityKind.QuizRegraded => "has another score",
        _ => "took the quiz",
    }];

    private async Task Load(Guid learner)
    {
        Grade = await Send(new LearnerGradeQuery(Run.RunId, learner)) ?? throw new NotFound();
        var people = await Send(new PeopleQuery([learner, .. Grade.Overrides.Select(o => o.ById).Distinct()]));
        (Learner, Team) = (people.GetValueOrDefault(learner) ?? new Person(learner, Texts["Somebody who left"], "sand"), people);
        Appears = (await Send(new AppearancesQuery(Run.CourseId, [learner]))).GetValueOrDefault(learner, Appears.AsThemselves);
        LaterDates = (await Send(new LaterDatesQuery(learner, [Run.RunId]))).ToDictionary(d => d.ItemId, d => d.Until);
        Log = await Send(new LearnerLogQuery(Run.RunId, learner));
    }
}

/// <summary>The newest lines of a learner's log, at most 50.</summary>
internal sealed record LearnerLogQuery(Guid RunId, Guid LearnerId) : IRequest<IReadOnlyList<Activity>>;

internal sealed class LearnerLogQueryHandler(EnrollmentDb db) : IRequestHandler<LearnerLogQuery, IReadOnlyList<Activity>>
{
    public async Task<IReadOnlyList<Activity>> Handle(LearnerLogQuery request, CancellationToken cancellationToken) =>
        await db.Activities.AsNoTracking().Where(a => a.RunId == request.RunId && a.LearnerId == request.LearnerId).OrderByDescending(a => a.Number).Take(50).ToListAsync(cancellationToken);
}
