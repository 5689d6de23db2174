using MoocPlatform.Courses.Domain;

namespace MoocPlatform.Courses.Features.Shared;

/// <summary>An attribution line as shown under a lesson. Shown by <c>_Credit.cshtml</c>.</summary>
/// <param name="Course">What the work is part of.</param>
internal sealed record CreditLine(Credit Credit, Course Course)
{
    /// <summary>Whether it is a file of a lesson: its line does not say again which course that is of.</summary>
    public bool IsPart { get; init; }
}
