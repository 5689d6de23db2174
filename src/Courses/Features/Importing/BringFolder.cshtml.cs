using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Features.Authoring;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Features.Importing;

/// <summary>Brings the ZIP of a course folder: a new course, or one's own brought up to date. Nothing changes before the plan is confirmed.</summary>
[Authorize(Policies.SignedIn)]
[RequestSizeLimit(Largest + (1 << 20))]
[RequestFormLimits(MultipartBodyLengthLimit = Largest + (1 << 20))]
internal sealed class BringFolderModel(Shelf shelf, ImportDesk desk, TimeProvider clock) : ModulePage
{
    public const long Largest = CourseFiles.MostBytes;

    /// <summary>The course that is brought up to date; null: a new one.</summary>
    public Course? Course { get; private set; }

    public Guid Key { get; set; }

    public string? Address { get; private set; }

    public Task OnGetAsync(string? course) => Look(course);

    public async Task<IActionResult> OnPostAsync(string? course, Guid key, string? slug, IFormFile? file)
    {
        await Look(course);
        Address = slug?.Trim();
        if (Refusal(file) is { } refused)
        {
            ModelState.AddModelError(refused.Field ?? "", Reader.Say(refused, GetType().Assembly));
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        await desk.Receive(
            key, Writer.Of(User), file!.CopyToAsync, new(ImportState.Reading, Course?.Slug, Address is { Length: > 0 } ? Address : null, Path.GetFileName(file!.FileName)), HttpContext.RequestAborted);
        return LocalRedirect(AuthoringLinks.Import(key));
    }

    private Refused? Refusal(IFormFile? file)
    {
        if (file is not { Length: > 0 })
            return Refusals.NoFile();
        if (file.Length > Largest)
            return Refusals.FileTooLarge(Largest >> 20);
        if (Address is { Length: > 0 } && (!Slug.IsWellFormed(Address) || Course.IsReserved(Address)))
            return Refusals.SlugMalformed();
        return null;
    }

    private async Task Look(string? course)
    {
        Key = clock.NewKey();
        if (course is null)
        {
            if (!User.IsInRole(Policies.Teacher) && !User.IsAdmin())
                throw new NotFound();
            return;
        }

        var book = await shelf.BySlug(course, HttpContext.RequestAborted) ?? throw new NotFound();
        if (!Writer.Of(User).May(book, Contracts.CourseRole.Instructor))
            throw new NotFound();
        Course = book.Course;
    }
}
