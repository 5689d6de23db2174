using Microsoft.AspNetCore.Authorization;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Features.Authoring;

/// <summary>The courses in whose team one is.</summary>
[Authorize(Policies.SignedIn)]
internal sealed class TeachModel : ModulePage
{
    public IReadOnlyList<(Book Book, CourseRole Role)> Courses { get; private set; } = [];

    public bool MayCreate => User.IsInRole(Policies.Teacher) || User.IsAdmin();

    public async Task OnGetAsync() => Courses = await Send(new MyCoursesQuery(Me));
}
