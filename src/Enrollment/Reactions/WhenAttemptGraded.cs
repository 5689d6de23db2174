using MediatR;
using MoocPlatform.Enrollment.Domain;
using MoocPlatform.Enrollment.Features.Learning;
using MoocPlatform.Quizzes.Contracts;

namespace MoocPlatform.Enrollment.Reactions;

/// <summary>A graded attempt counts towards the learner's progress and grade.</summary>
internal sealed class WhenAttemptGraded(IMediator mediator) : INotificationHandler<AttemptGraded>
{
    public Task Handle(AttemptGraded notification, CancellationToken cancellationToken) => mediator.Send(
        new CountQuiz(notification.AttemptId, notification.RunId, notification.ItemId, notification.LearnerId, notification.AttemptId,
            notification.Passed ? ActivityKind.QuizPassed : ActivityKind.QuizTaken, notification.At, score => score.Hear(notification)),
        cancellationToken);
}
