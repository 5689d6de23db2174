using System.Text.Encodings.Web;
using System.Text.Json;
using MoocPlatform.Courses.Features.Importing;

namespace MoocPlatform.Courses.Features.Authoring;

/// <summary>Writes single settings of a quiz's text, which stand on top of it between two lines of three hyphens. Every other line stays as it was.</summary>
internal static class ItemSettings
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A text as YAML takes it, whatever is in it.</summary>
    public static string Quoted(string text) => JsonSerializer.Serialize(text, Readable);

    /// <summary>The text under another title. Null: its settings cannot be read.</summary>
    public static string? Title(string markdown, string title) =>
        Put(markdown, ("title", Quoted(title))) is { } text && Read(text)?.Title == title ? text : null;

    /// <summary>The text with these settings; a value that is null takes the setting away. Null: it has no settings.</summary>
    public static string? Put(string markdown, params IEnumerable<(string Name, string? Value)> settings)
    {
        var end = markdown.StartsWith("---\n", StringComparison.Ordinal) ? markdown.IndexOf("\n---\n", 3, StringComparison.Ordinal) : -1;
        if (end < 0)
            return null;
        var lines = markdown[4..(end + 1)].Split('\n').SkipLast(1).ToList();
        foreach (var (name, value) in settings)
        {
            var at = lines.FindIndex(l => l.StartsWith(name + ":", StringComparison.Ordinal));
            if (at >= 0)
            {
                // A setting goes on over the lines that are set in.
                do
                    lines.RemoveAt(at);
                while (at < lines.Count && lines[at].StartsWith(' '));
            }

            if (value is not null)
                lines.Insert(at < 0 ? lines.Count : at, $"{name}: {value}");
        }

        return "---\n" + string.Concat(lines.Select(l => l + "\n")) + markdown[(end + 1)..];
    }

    /// <summary>The settings, when nothing is wrong with them.</summary>
    public static ItemFile? Read(string markdown)
    {
        var clean = true;
        var read = ItemFile.Read(markdown, (_, _) => clean = false);
        return clean ? read : null;
    }
}
