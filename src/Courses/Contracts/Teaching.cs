using MediatR;

namespace MoocPlatform.Courses.Contracts;

/// <summary>The course that a person may write in, by its slug. Null: there is none, or this person may not.</summary>
/// <param name="IsAdmin">Whether the person runs the site: then every course is theirs to write in.</param>
public sealed record WritableCourseQuery(string CourseSlug, Guid PersonId, bool IsAdmin) : IRequest<Guid?>;

/// <summary>Whether a person is in the team of a course. Asked on every page: the answer is kept, on other nodes for some seconds.</summary>
public sealed record TeachesQuery(Guid PersonId) : IRequest<bool>;

/// <summary>A quiz's text for who may write it. Null: there is no such quiz, or this person may not write in the course.</summary>
/// <param name="IsAdmin">Whether the person runs the site.</param>
public sealed record QuizSourceQuery(string CourseSlug, string ItemSlug, Guid PersonId, bool IsAdmin) : IRequest<QuizSource?>;

/// <summary>A quiz as it is kept.</summary>
/// <param name="Markdown">With its settings on top.</param>
/// <param name="Revision">Whoever saves says which revision was changed.</param>
/// <param name="Published">Whether learners see it.</param>
public sealed record QuizSource(Guid CourseId, string CourseSlug, string CourseTitle, string ItemSlug, string Title, string Markdown, int Revision, bool Published);

/// <summary>A course folder that says how the course is graded was taken in. <paramref name="Terms"/>: Enrollment.Contracts.GradingTerms as JSON.</summary>
public sealed record GradingImported(Guid CourseId, Guid ById, string Terms) : INotification;
