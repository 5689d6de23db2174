using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Enrollment.Domain;
using MoocPlatform.Enrollment.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Enrollment.Features.Learning;

/// <summary>A quiz was taken, and counts towards the learner's progress.</summary>
/// <param name="Key">Of the activity: asked twice, it shows that the first was heard.</param>
internal sealed record CountQuiz(Guid Key, Guid RunId, Guid ItemId, Guid LearnerId, bool Passed, DateTimeOffset At) : IRequest;

internal sealed class CountQuizHandler(EnrollmentDb db, IMediator mediator) : IRequestHandler<CountQuiz, Unit>
{
    public async Task<Unit> Handle(CountQuiz request, CancellationToken cancellationToken)
    {
        var outline = await mediator.Send(new OutlineQuery(request.RunId), cancellationToken);
        if (outline?.Items.FirstOrDefault(i => i.Id == request.ItemId) is not { } item)
            return Unit.Value; // the quiz has left the course meanwhile; its result stays in Quizzes

        await db.InTurn(async ct =>
        {
            var enrolment = await db.TakeEnrolment(request.RunId, request.LearnerId, ct);
            if (enrolment is null || await db.Activities.AnyAsync(a => a.Id == request.Key, ct))
                return;
            var activity = new Activity
            {
                Id = request.Key,
                Number = enrolment.Version,
                RunId = request.RunId,
                LearnerId = request.LearnerId,
                ItemId = item.Id,
                ItemNumber = item.Number,
                Kind = request.Passed ? ActivityKind.QuizPassed : ActivityKind.QuizTaken,
                Completes = request.Passed || item.Rule == CompletionRule.Taken,
                At = request.At,
            };
            db.Add(activity);
            enrolment.Take(activity);
            await db.SaveChangesAsync(ct);
        }, cancellationToken);
        return Unit.Value;
    }
}
