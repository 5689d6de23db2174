using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Features.Authoring;

/// <summary>Asks before an item is taken out of the course.</summary>
[Authorize(Policies.SignedIn)]
internal sealed class DeleteItemModel(Shelf shelf) : DeskPage(shelf)
{
    public Item Item { get; private set; } = null!;

    public void OnGet(string item) => Item = Book.Item(item) ?? throw new NotFound();

    public Task<IActionResult> OnPostAsync(string item)
    {
        OnGet(item);
        return Do(new DeleteItem(Course.Id, Writer, Item.Id), _ =>
        {
            Tell("“{0}” is deleted.", Item.Title);
            return Home("outline");
        }, () => Task.CompletedTask);
    }
}
