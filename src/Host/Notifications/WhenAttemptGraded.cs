using MediatR;
using MoocPlatform.Quizzes.Contracts;

namespace MoocPlatform.Host.Notifications;

/// <summary>A receipt goes to the learner by mail, once for each attempt.</summary>
internal sealed class WhenAttemptGraded(QuizMails mails) : INotificationHandler<AttemptGraded>
{
    public Task Handle(AttemptGraded notification, CancellationToken cancellationToken) => mails.Receipt(notification, cancellationToken);
}

/// <summary>A learner whose score was changed is told by mail what it was, what it is and why. Who was only kept waiting sees it on the page.</summary>
internal sealed class WhenAttemptRegraded(QuizMails mails) : INotificationHandler<AttemptRegraded>
{
    public Task Handle(AttemptRegraded notification, CancellationToken cancellationToken) =>
        notification is { Why: not null, OldScore: not null } ? mails.Changed(notification, cancellationToken) : Task.CompletedTask;
}
