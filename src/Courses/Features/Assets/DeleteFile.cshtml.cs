using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Features.Authoring;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Features.Assets;

/// <summary>Asks before a file is taken out of the course, and says what would lack it.</summary>
[Authorize(Policies.SignedIn)]
internal sealed class DeleteFileModel(Shelf shelf) : DeskPage(shelf)
{
    public Asset Asset { get; private set; } = null!;

    public IReadOnlyList<FileUse> Uses { get; private set; } = [];

    public async Task OnGetAsync(string name)
    {
        Asset = Book.Assets.GetValueOrDefault(name) ?? throw new NotFound();
        Uses = [.. (await Send(new FileUsesQuery(Book)))[Asset.Name]];
    }

    public async Task<IActionResult> OnPostAsync(string name)
    {
        await OnGetAsync(name);
        return await Do(new RemoveFile(Course.Id, Writer, name), _ =>
        {
            Tell("“{0}” is deleted.", name);
            return LocalRedirect(AssetLinks.Files(Course.Slug));
        }, () => Task.CompletedTask);
    }
}
