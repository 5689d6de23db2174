using MediatR;

namespace MoocPlatform.Courses.Contracts;

/// <summary>The team of a course has announced something to the learners of a run. Told once in effect.</summary>
public sealed record Announced(Guid AnnouncementId, Guid RunId, Guid CourseId, DateTimeOffset At) : INotification;

/// <summary>What was announced. Null: there is no such announcement.</summary>
public sealed record AnnouncementQuery(Guid AnnouncementId) : IRequest<AnnouncementText?>;

/// <summary>An announcement to send on.</summary>
/// <param name="Markdown">As the team wrote it: it can be read as plain text.</param>
public sealed record AnnouncementText(Guid Id, Guid RunId, string Title, string Markdown, DateTimeOffset At);

/// <summary>The newest announcement of a run.</summary>
public sealed record LatestAnnouncement(Guid Id, string Title, DateTimeOffset At);
