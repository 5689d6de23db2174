using Microsoft.AspNetCore.Authorization;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Features.Authoring;

/// <summary>Everything that is to be mended in a course, with the way to each.</summary>
[Authorize(Policies.SignedIn)]
internal sealed class CheckModel(Shelf shelf) : DeskPage(shelf)
{
    public IReadOnlyList<Finding> Findings { get; private set; } = [];

    public async Task OnGetAsync() => Findings = await Send(new ChecklistQuery(Book, Book.OpenRuns(Reader.Now), []));
}
