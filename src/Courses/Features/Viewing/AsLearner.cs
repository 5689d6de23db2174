using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Features.Viewing;

/// <summary>
/// Who teaches can look at the pages of a course as a learner does. It only ever takes rights away, and only from what is looked at: the cookie
/// names the course, a page opened with <c>?as=learner</c> is shown so alone, and whatever is posted is done by the person as they are.
/// </summary>
internal static class AsLearner
{
    /// <summary>Type of the claim with the course, or <see cref="ThisPage"/>.</summary>
    public const string Claim = "mooc:as-learner";

    /// <summary>Value of the claim on a page that was opened so.</summary>
    public const string ThisPage = "page";

    public static string CookieOf(Site site) => site.Cookie("as-learner");

    /// <summary>The address of a page as a learner sees it.</summary>
    public static string Address(string path) => path + "?as=learner";

    /// <summary>Where the view is entered and left.</summary>
    public static string Switch(string course) => $"/teach/{course}/as-learner";

    /// <summary>Whether this person looks at a course as a learner now.</summary>
    public static bool IsOn(ClaimsPrincipal? person, Guid course) => person?.FindFirstValue(Claim) is { } value && (value == ThisPage || value == course.ToString("N"));
}

/// <summary>Takes the rights of a team from a person who wants to see what learners see.</summary>
internal sealed class LearnersEyes(IHttpContextAccessor http, Site site) : IClaimsTransformation
{
    public Task<ClaimsPrincipal> TransformAsync(ClaimsPrincipal principal)
    {
        if (http.HttpContext?.Request is not { } request || !HttpMethods.IsGet(request.Method) || principal.IdOrNull() is null || principal.HasClaim(c => c.Type == AsLearner.Claim)
            || !(request.Path.StartsWithSegments("/learn", StringComparison.Ordinal) || request.Path.StartsWithSegments("/courses", StringComparison.Ordinal)))
            return Task.FromResult(principal);

        var value = request.Query["as"] == "learner" ? AsLearner.ThisPage : request.Cookies[AsLearner.CookieOf(site)];
        if (value is not { Length: > 0 and <= 32 })
            return Task.FromResult(principal);
        // Who runs the site is of every team: for as long as they look, they do not.
        var identities = principal.Identities.Select(i => new ClaimsIdentity(i.Claims.Where(c => !(c.Type == i.RoleClaimType && c.Value == Policies.Admin)), i.AuthenticationType, i.NameClaimType, i.RoleClaimType));
        return Task.FromResult(new ClaimsPrincipal([.. identities, new ClaimsIdentity([new Claim(AsLearner.Claim, value)])]));
    }
}
