using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Enrollment.Domain;
using MoocPlatform.Enrollment.Features.Grading;
using MoocPlatform.Enrollment.Features.Teaching;
using MoocPlatform.Enrollment.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Enrollment.Features.Learning;

/// <summary>A quiz was taken, or its score has changed: it counts towards the learner's progress and grade.</summary>
/// <param name="Key">Of the activity: asked twice, it shows that the first was heard.</param>
/// <param name="Hear">Tells what is known of the attempt what was told now.</param>
internal sealed record CountQuiz(
    Guid Key, Guid RunId, Guid ItemId, Guid LearnerId, Guid AttemptId, ActivityKind Kind, DateTimeOffset At, Action<AttemptScore> Hear) : IRequest;

internal sealed class CountQuizHandler(EnrollmentDb db, GradeBases bases, IMediator mediator, Live live, RosterBell roster, TimeProvider clock) : IRequestHandler<CountQuiz, Unit>
{
    public async Task<Unit> Handle(CountQuiz request, CancellationToken cancellationToken)
    {
        if (await bases.Of(request.RunId, cancellationToken) is not { } basis)
            return Unit.Value;
        var item = basis.Outline.Items.FirstOrDefault(i => i.Id == request.ItemId); // null: the quiz has left the course meanwhile; perhaps it comes back

        await db.Change(request.RunId, request.LearnerId, async (enrolment, again) =>
        {
            if (enrolment is null || (again && await db.Activities.AnyAsync(a => a.Id == request.Key, cancellationToken)))
                return;
            var (scores, overrides) = await bases.ResultsOf(request.RunId, request.LearnerId, forChange: true, cancellationToken);
            if (scores.Find(s => s.AttemptId == request.AttemptId) is not { } score)
            {
                scores.Add(score = new AttemptScore { AttemptId = request.AttemptId, RunId = request.RunId, LearnerId = request.LearnerId, ItemId = request.ItemId });
                db.Add(score);
            }

            request.Hear(score);
            if (item is not null)
            {
                var completes = request.Kind == ActivityKind.QuizPassed || (item.Rule == CompletionRule.Taken && request.Kind == ActivityKind.QuizTaken);
                db.Append(enrolment.Does(request.Key, request.Kind, item, completes, request.At));
            }

            if (enrolment.Takes(basis, basis.Percent(scores, overrides), clock.GetUtcNow()) is { } completed)
                db.Announce(completed);
        }, cancellationToken);
        roster.Changed(request.RunId);
        live.Tell(EnrollmentLinks.ProgressChannel(request.LearnerId), "counted", await mediator.Send(new ProgressNumberQuery(request.LearnerId), cancellationToken));
        return Unit.Value;
    }
}
