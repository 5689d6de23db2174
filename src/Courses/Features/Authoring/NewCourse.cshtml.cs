using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Features.Authoring;

/// <summary>Begins a course.</summary>
[Authorize(Policies.Teacher)]
[BindProperties]
internal sealed class NewCourseModel(TimeProvider clock) : ModulePage
{
    public Guid Key { get; set; }

    public string? Title { get; set; }

    public string? Slug { get; set; }

    public string? Language { get; set; }

    public string? Summary { get; set; }

    public void OnGet() => Key = clock.NewKey();

    public Task<IActionResult> OnPostAsync() => Do(
        new CreateCourse(Key, Me, Title, Slug, Language, Summary, Texts["Beginning"]),
        slug =>
        {
            Tell("The course is there. Write its first lesson.");
            return LocalRedirect(CourseLinks.Teach(slug));
        },
        () => Task.CompletedTask);
}
