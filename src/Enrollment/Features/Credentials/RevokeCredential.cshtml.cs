using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Enrollment.Domain;
using MoocPlatform.Enrollment.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Enrollment.Features.Credentials;

/// <summary>Asks for the reason before a badge is taken back.</summary>
[Authorize(Policies.SignedIn)]
internal sealed class RevokeCredentialModel(EnrollmentDb db) : BadgeDeskPage
{
    public Credential Badge { get; private set; } = null!;

    [BindProperty]
    public string? Reason { get; set; }

    public async Task OnGetAsync(Guid id) =>
        Badge = await db.Credentials.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id && c.RunId == Run.RunId && c.RevokedAt == null) ?? throw new NotFound();

    public Task<IActionResult> OnPostAsync(Guid id) => Do(new RevokeCredential(id, Run.RunId, Me, Reason), _ =>
    {
        Tell("The badge is revoked. Whoever checks it is told.");
        return LocalRedirect(CredentialLinks.Issued(Run.CourseSlug, Run.RunSlug));
    }, () => OnGetAsync(id));
}
