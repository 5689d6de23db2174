using MediatR;

namespace MoocPlatform.Enrollment.Contracts;

/// <summary>How a course is graded and what completes it, as a course folder carries it (docs/course-format.md, "grading").</summary>
/// <param name="Categories">A quiz that stands in none of them, and is not left out, belongs to the first.</param>
/// <param name="LeftOut">Ids of the quizzes that do not count towards the grade.</param>
/// <param name="PassMark">Per cent of the grade, 0 to 100, at most two decimals.</param>
/// <param name="Steps">Per cent of the course's steps that have to be done, 0 to 100.</param>
/// <param name="NeedsMark">Whether the pass mark has to be reached, too, to complete the course.</param>
public sealed record GradingTerms(IReadOnlyList<GradingCategory> Categories, IReadOnlyList<Guid> LeftOut, decimal PassMark, int Steps, bool NeedsMark);

/// <summary>Quizzes that count together.</summary>
/// <param name="Name">In the course's language; empty: the one that every course begins with.</param>
/// <param name="Weight">Beside the weights of the others, 0 to 1000, at most two decimals.</param>
/// <param name="DropLowest">So many of the lowest results do not count, 0 to 50; one always counts.</param>
/// <param name="Quizzes">Their ids.</param>
public sealed record GradingCategory(string Name, decimal Weight, int DropLowest, IReadOnlyList<Guid> Quizzes);

/// <summary>How a course is graded now: of a course that nobody has said it of, the usual.</summary>
public sealed record GradingTermsQuery(Guid CourseId) : IRequest<GradingTerms>;

/// <summary>Why a course cannot be graded so. Null: it can.</summary>
public sealed record GradingFaultQuery(GradingTerms Terms) : IRequest<GradingFault?>;

/// <summary>A mistake in how a course is to be graded.</summary>
/// <param name="Text">An English format string of Enrollment.</param>
public sealed record GradingFault(string Text, IReadOnlyList<object> Arguments);
