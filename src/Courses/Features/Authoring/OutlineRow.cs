using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Persistence;

namespace MoocPlatform.Courses.Features.Authoring;

/// <summary>A lesson or quiz in the outline of the workshop. Shown by <c>_OutlineRow.cshtml</c>.</summary>
/// <param name="First">Whether nothing stands before it in the whole course.</param>
/// <param name="Last">Whether nothing stands after it.</param>
/// <param name="CopyKey">Key of a copy of it.</param>
internal sealed record OutlineRow(Book Book, Section Section, Item Item, bool First, bool Last, Guid CopyKey)
{
    /// <summary>Whether the reader has written something that is not saved.</summary>
    public bool Draft { get; init; }
}
