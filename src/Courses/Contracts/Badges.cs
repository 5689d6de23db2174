using MediatR;

namespace MoocPlatform.Courses.Contracts;

/// <summary>What a course's badge is to say. Null: no such course.</summary>
public sealed record BadgeOfCourseQuery(Guid CourseId) : IRequest<BadgeOfCourse?>;

/// <summary>The course as its badge tells it.</summary>
/// <param name="IsGiven">Whether the course gives a badge at all: one switch among its facts.</param>
/// <param name="Summary">Plain text; empty: none was written.</param>
/// <param name="Objectives">Each completes "you will be able to".</param>
public sealed record BadgeOfCourse(
    Guid CourseId, bool IsGiven, string Slug, string Title, string Summary, string Language, IReadOnlyList<string> Objectives, Cover Cover);
