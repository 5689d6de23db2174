using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Features.Authoring;

/// <summary>POST: a text as the page will show it, a fragment for the editor. Nothing is kept.</summary>
[Authorize(Policies.SignedIn)]
internal sealed class PreviewTextModel(Shelf shelf) : DeskPage(shelf)
{
    public Preview? Preview { get; private set; }

    public void OnGet() => throw new NotFound();

    public async Task<IActionResult> OnPostAsync(string? markdown, string? kind, Guid? item)
    {
        try
        {
            Preview = await Send(new PreviewQuery(Book, kind ?? "lesson", markdown, item));
            return Page();
        }
        catch (Refused refused)
        {
            return new ContentResult { StatusCode = 422, ContentType = "text/plain; charset=utf-8", Content = Reader.Say(refused, GetType().Assembly) };
        }
    }
}
