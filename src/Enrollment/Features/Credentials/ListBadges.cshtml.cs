using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Kernel;

namespace MoocPlatform.Enrollment.Features.Credentials;

/// <summary>Which badges a run has given.</summary>
[Authorize(Policies.SignedIn)]
internal sealed class ListBadgesModel(ISchedule schedule, TimeProvider clock) : BadgeDeskPage
{
    public IssuedBadges Issued { get; private set; } = null!;

    public bool IsGiven { get; private set; }

    public async Task OnGetAsync(Guid? before)
    {
        Issued = await Send(new IssuedBadgesQuery(Run.RunId, before));
        IsGiven = await Send(new BadgeOfCourseQuery(Run.CourseId)) is { IsGiven: true };
    }

    /// <summary>Gives those that are still open.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        await schedule.At($"badges/{Run.RunId:N}", clock.GetUtcNow(), new RewardRun(Run.RunId, Guid.Empty), ct);
        Tell("The badges that are still open are being issued.");
        return LocalRedirect(CredentialLinks.Issued(Run.CourseSlug, Run.RunSlug));
    }
}
