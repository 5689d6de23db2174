using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Contracts;

namespace MoocPlatform.Host.Notifications;

/// <summary>A receipt goes to the learner by mail, once for each attempt.</summary>
internal sealed class WhenAttemptGraded(QuizMails mails) : IManyHandler<AttemptGraded>
{
    public Task Handle(IReadOnlyList<AttemptGraded> facts, CancellationToken ct) => mails.Receipts(facts, ct);
}

/// <summary>A learner whose score was changed is told by mail what it was, what it is and why. Who was only kept waiting sees it on the page.</summary>
internal sealed class WhenAttemptRegraded(QuizMails mails) : IManyHandler<AttemptRegraded>
{
    public Task Handle(IReadOnlyList<AttemptRegraded> facts, CancellationToken ct) => mails.Changes([.. facts.Where(f => f is { Why: not null, OldScore: not null })], ct);
}
