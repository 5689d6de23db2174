using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Enrollment.Domain;
using MoocPlatform.Enrollment.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Enrollment.Features.Credentials;

/// <summary>A badge for everyone who has its address, once its owner has shared it; before, for the owner alone. Software gets JSON or a JWT.</summary>
[AllowAnonymous]
internal sealed class ShowCredentialModel(EnrollmentDb db, Checking checking, Site site) : ModulePage
{
    public Credential Badge { get; private set; } = null!;

    public Achievement Achievement { get; private set; } = null!;

    /// <summary>The run it was earned in; null: it is gone.</summary>
    public RunTerm? Run { get; private set; }

    public Verdict Verdict { get; private set; } = null!;

    public bool IsMine => Badge.PersonId == MeOrNull;

    public string Address => site.Link(CredentialLinks.Credential(Badge.Id));

    public string SiteName => site.Name;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        Badge = await db.Visible(id, MeOrNull, ct) ?? throw new NotFound();
        var (form, type) = Representation.Asked(Request, Form.Page);
        if (form != Form.Page)
            return new Answer(BadgeFiles.Taken(HttpContext, Badge, form == Form.Jwt ? Badge.Jwt : Badge.Json, type));
        Achievement = await db.Set<Achievement>().AsNoTracking().SingleAsync(a => a.Id == Badge.AchievementId, ct);
        Run = await Send(new RunTermQuery(Badge.RunId));
        Verdict = await checking.Check(System.Text.Encoding.UTF8.GetBytes(Badge.Jwt), ct);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, [FromForm] bool share)
    {
        await Send(new ShareCredential(id, MeOrNull ?? throw new NotFound(), share));
        if (share)
            Tell("Everyone who has the address sees this badge now.");
        else
            Tell("Only you see this badge now.");
        return LocalRedirect(CredentialLinks.Credential(id));
    }
}

/// <summary>What an endpoint would answer, from a page.</summary>
internal sealed class Answer(IResult result) : IActionResult
{
    public Task ExecuteResultAsync(ActionContext context) => result.ExecuteAsync(context.HttpContext);
}
