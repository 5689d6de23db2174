using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Features.Viewing;

/// <summary>POST: the team begins or ends to see a course as learners do.</summary>
[Authorize(Policies.SignedIn)]
internal sealed class ViewAsLearnerModel(Shelf shelf, Site site) : ModulePage
{
    public void OnGet() => throw new NotFound();

    /// <param name="to">A path of this site to go on to; null: the course page.</param>
    /// <param name="leave">Whether to end it.</param>
    public async Task<IActionResult> OnPostAsync(string course, string? to, bool leave)
    {
        var book = await shelf.BySlug(course, HttpContext.RequestAborted);
        if (book is null || !book.IsTeam(User))
            throw new NotFound();
        var cookie = new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = site.IsHttps, Path = "/" };
        if (leave || !book.IsPublic) // a learner sees nothing of it: there would be no page to leave the view from
            Response.Cookies.Delete(AsLearner.CookieOf(site), cookie);
        else
            Response.Cookies.Append(AsLearner.CookieOf(site), book.Course.Id.ToString("N"), cookie);
        return LocalRedirect(Url.IsLocalUrl(to) ? to! : CourseLinks.Course(course));
    }
}
