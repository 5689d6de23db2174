using MoocPlatform.Courses.Contracts;

namespace MoocPlatform.Courses.Features.Shared;

/// <summary>The one thing to do next with a run: join it, go on with it, or read it. Shown by <c>_Joining.cshtml</c>.</summary>
/// <param name="Enrolled">Whether the reader is a learner of the run.</param>
/// <param name="Id">Id of the element, which changes by itself when the run starts or closes.</param>
/// <param name="Look">Classes of the button besides the primary one's.</param>
/// <param name="OffersReading">Whether to say that one may read without joining: not where one reads already.</param>
internal sealed record Joining(RunTerm Run, bool Enrolled, string Id, string Look = "", bool OffersReading = false);
