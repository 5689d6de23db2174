using MediatR;

namespace MoocPlatform.Enrollment.Contracts;

/// <summary>The team of a course has written a message to some learners of a run.</summary>
public sealed record TeamMessageSent(Guid MessageId, Guid RunId, DateTimeOffset At) : INotification;

/// <summary>A message of the team. Null: there is no such message.</summary>
public sealed record TeamMessageQuery(Guid MessageId) : IRequest<TeamMessageText?>;

/// <summary>A message to send on.</summary>
/// <param name="ById">Who wrote it.</param>
/// <param name="Text">Plain text.</param>
public sealed record TeamMessageText(Guid Id, Guid RunId, Guid ById, string Subject, string Text, DateTimeOffset At);

/// <summary>Whom a message is for, by id, one page at a time. Who has left meanwhile is left out, unless it is written to those.</summary>
/// <param name="After">The last of the page before; <see cref="Guid.Empty"/>: from the first.</param>
/// <param name="Most">At most so many, up to 1000. Fewer are answered on the last page only.</param>
public sealed record TeamMessageReadersQuery(Guid MessageId, Guid After, int Most) : IRequest<IReadOnlyList<Guid>>;
