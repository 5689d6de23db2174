using MediatR;

namespace MoocPlatform.Enrollment.Contracts;

/// <summary>
/// A learner has completed the course in a run: what its rule asks for was done, and where it asks for a grade, the grade is final. Told once
/// in effect for each learner and run; what the course or the team changes later takes nothing back.
/// </summary>
/// <param name="Grade">Per cent, 0 to 100, as it was then; null: the course gives no grade.</param>
public sealed record CourseCompleted(Guid RunId, Guid CourseId, Guid PersonId, DateTimeOffset At, decimal? Grade) : INotification;
