using MediatR;

namespace MoocPlatform.Enrollment.Contracts;

/// <summary>What somebody who joins a run at an instant can still reach. Null: no such run.</summary>
public sealed record CompletionOutlookQuery(Guid RunId, DateTimeOffset At) : IRequest<CompletionOutlook?>;

/// <summary>What can still be reached.</summary>
/// <param name="CanComplete">Whether the course's rule can still be met with the quizzes that are open or to come.</param>
/// <param name="BestGrade">The highest grade still possible, in per cent cut off to hundredths; null: the course gives no grade.</param>
public sealed record CompletionOutlook(bool CanComplete, decimal? BestGrade);
