using System.Globalization;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Features.Importing;

namespace MoocPlatform.Courses.Features.Authoring;

/// <summary>The dates of a quiz stand in its settings, on top of its text.</summary>
internal static class QuizDates
{
    /// <summary>The text with these dates in its settings and every other line as it was. Null: its settings cannot be read.</summary>
    public static string? Put(string markdown, Offset? opens, Offset? due)
    {
        var end = markdown.StartsWith("---\n", StringComparison.Ordinal) ? markdown.IndexOf("\n---\n", 3, StringComparison.Ordinal) : -1;
        if (end < 0)
            return null;
        var lines = markdown[4..(end + 1)].Split('\n').SkipLast(1).ToList();
        Put(lines, "opens:", opens);
        Put(lines, "due:", due);
        var text = "---\n" + string.Concat(lines.Select(l => l + "\n")) + markdown[(end + 1)..];

        var clean = true;
        var read = ItemFile.Read(text, (_, _) => clean = false);
        return clean && read is not null && read.Opens == opens && read.Due == due ? text : null;
    }

    private static void Put(List<string> lines, string setting, Offset? date)
    {
        var at = lines.FindIndex(l => l.StartsWith(setting, StringComparison.Ordinal));
        if (at >= 0)
        {
            // A setting goes on over the lines that are set in.
            do
                lines.RemoveAt(at);
            while (at < lines.Count && lines[at].StartsWith(' '));
        }

        if (date is not null)
            lines.Insert(at < 0 ? lines.Count : at, string.Create(CultureInfo.InvariantCulture, $"{setting} {{ day: {date.Days}, time: \"{date.Time:HH:mm}\" }}"));
    }
}
