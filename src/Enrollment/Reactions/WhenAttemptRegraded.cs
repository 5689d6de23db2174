using MediatR;
using MoocPlatform.Enrollment.Domain;
using MoocPlatform.Enrollment.Features.Learning;
using MoocPlatform.Quizzes.Contracts;

namespace MoocPlatform.Enrollment.Reactions;

/// <summary>
/// A score that has changed, or that may be known only now, changes the grade and can complete an item. It never takes progress away: a quiz
/// that counted as passed goes on to.
/// </summary>
internal sealed class WhenAttemptRegraded(IMediator mediator) : INotificationHandler<AttemptRegraded>
{
    public Task Handle(AttemptRegraded notification, CancellationToken cancellationToken) => mediator.Send(
        new CountQuiz(notification.ChangeId, notification.RunId, notification.ItemId, notification.LearnerId, notification.AttemptId,
            notification.Passed ? ActivityKind.QuizPassed : ActivityKind.QuizRegraded, notification.At, score => score.Hear(notification)),
        cancellationToken);
}
