using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Features.Authoring;

/// <summary>What the course page says.</summary>
[Authorize(Policies.SignedIn)]
internal sealed class EditFactsModel(Shelf shelf) : DeskPage(shelf)
{
    public CourseFacts Facts { get; private set; } = null!;

    public Preview? Description { get; private set; }

    public Preview? Audience { get; private set; }

    public void OnGet() => Facts = CourseFacts.Of(Course);

    public Task<IActionResult> OnPostAsync([FromForm] CourseFacts facts)
    {
        Facts = facts;
        return Do(new DescribeCourse(Course.Id, Writer, facts), _ =>
        {
            Tell("The course facts are saved.");
            return Home();
        }, () => Task.CompletedTask);
    }

    /// <summary>Shows the texts as they will be, without keeping them.</summary>
    public async Task<IActionResult> OnPostPreviewAsync([FromForm] CourseFacts facts)
    {
        Facts = facts;
        try
        {
            Description = await Send(new PreviewQuery(Book, "about", facts.Description));
            Audience = await Send(new PreviewQuery(Book, "about", facts.Audience));
        }
        catch (Refused refused)
        {
            ModelState.AddModelError("", Reader.Say(refused, GetType().Assembly));
        }

        return Page();
    }
}
