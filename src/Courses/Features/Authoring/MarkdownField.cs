namespace MoocPlatform.Courses.Features.Authoring;

/// <summary>A Markdown text with its toolbar, and beside it what the page will show. <c>_MarkdownField.cshtml</c>; made live by editor.ts.</summary>
/// <param name="Kind">As <see cref="PreviewQuery"/> knows it.</param>
/// <param name="PreviewUrl">Where the text is sent to be shown.</param>
internal sealed record MarkdownField(string Name, string Label, string? Value, string Kind, string PreviewUrl, Preview? Preview)
{
    public string? Lang { get; init; }

    public int Longest { get; init; }

    /// <summary>Under which name the device keeps what is typed; null: it does not.</summary>
    public string? Draft { get; init; }
}
