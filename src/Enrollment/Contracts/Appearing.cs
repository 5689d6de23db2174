using MediatR;

namespace MoocPlatform.Enrollment.Contracts;

/// <summary>
/// What people are called in a course, in all its runs, where that is not the name of their account: who has no pseudonym there is missing from
/// the answer. At most 500 at once. A change made on this node is seen at once, one made on another after at most 5 s.
/// </summary>
public sealed record NamesInCourseQuery(Guid CourseId, IReadOnlyCollection<Guid> People) : IRequest<IReadOnlyDictionary<Guid, string>>;
