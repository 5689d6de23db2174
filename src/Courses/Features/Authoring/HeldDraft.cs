using MoocPlatform.Courses.Domain;

namespace MoocPlatform.Courses.Features.Authoring;

/// <summary>A draft that waits to be kept or thrown away. Shown by <c>_HeldDraft.cshtml</c>.</summary>
/// <param name="Item">With its text.</param>
internal sealed record HeldDraft(Course Course, Item Item, ItemDraft Draft);
