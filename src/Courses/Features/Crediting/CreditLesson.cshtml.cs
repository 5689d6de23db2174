using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Features.Authoring;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Features.Crediting;

/// <summary>Licence, authors and source of one lesson.</summary>
[Authorize(Policies.SignedIn)]
internal sealed class CreditLessonModel(Shelf shelf) : DeskPage(shelf)
{
    public Item Item { get; private set; } = null!;

    [BindProperty]
    public string? Licence { get; set; }

    [BindProperty]
    public string? Authors { get; set; }

    [BindProperty]
    public string? Source { get; set; }

    public static string Address(string course, string item) => $"{CourseLinks.TeachItem(course, item)}/credit";

    public void OnGet(string item)
    {
        Find(item);
        (Licence, Authors, Source) = (Item.Licence, string.Join('\n', Item.Authors), Item.Source);
    }

    public Task<IActionResult> OnPostAsync(string item)
    {
        Find(item);
        return Do(new CreditLesson(Course.Id, Writer, Item.Id, Licence, Authors, Source), _ =>
        {
            Tell("Saved.");
            return LocalRedirect(Address(Course.Slug, Item.Slug));
        }, () => Task.CompletedTask);
    }

    private void Find(string item) => Item = Book.Item(item) is { Kind: ItemKind.Lesson } lesson ? lesson : throw new NotFound();
}
