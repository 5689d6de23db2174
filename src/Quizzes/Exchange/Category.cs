namespace MoocPlatform.Quizzes.Exchange;

/// <summary>A category of another platform: its innermost name becomes a tag.</summary>
internal static class Category
{
    /// <param name="path">Such as <c>$course$/top/Biology/Cells</c>; two slashes are one that belongs to a name.</param>
    /// <returns>Null: it says nothing.</returns>
    public static string? Tag(string path)
    {
        var last = path.Replace("//", "\0", StringComparison.Ordinal).Split('/', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).LastOrDefault()?.Replace('\0', '/');
        return last is null or "top" || last.StartsWith('$') || last.StartsWith("Default for ", StringComparison.Ordinal) ? null : last;
    }
}
