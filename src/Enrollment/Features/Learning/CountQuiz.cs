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

        await db.Change(request.RunId, request.LearnerId, async (enrolment, again) =>
        {
            if (enrolment is null || (again && await db.Activities.AnyAsync(a => a.Id == request.Key, cancellationToken)))
                return;
            var completes = request.Passed || item.Rule == CompletionRule.Taken;
            db.Append(enrolment.Does(request.Key, request.Passed ? ActivityKind.QuizPassed : ActivityKind.QuizTaken, item, completes, request.At));
        }, cancellationToken);
        return Unit.Value;
    }
}
