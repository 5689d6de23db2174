using MoocPlatform.Courses.Persistence;

namespace MoocPlatform.Courses.Features.Authoring;

/// <summary>A Markdown text with its toolbar, and beside it what the page will show. <c>_MarkdownField.cshtml</c>; made live by editor.ts.</summary>
/// <param name="Kind">As <see cref="PreviewQuery"/> knows it.</param>
/// <param name="PreviewUrl">Where the text is sent to be shown.</param>
internal sealed record MarkdownField(string Name, string Label, string? Value, string Kind, string PreviewUrl, Preview? Preview)
{
    public string? Lang { get; init; }

    public int Longest { get; init; }

    /// <summary>The course, whose items and files can be linked to; null: the toolbar offers none.</summary>
    public Book? Book { get; init; }
}
