using System.Globalization;
using System.Text.RegularExpressions;
using MoocPlatform.Quizzes.Grading;

namespace MoocPlatform.Quizzes.Writing;

/// <summary>Where gaps and variables stand in a text: <c>{{name}}</c>; <c>\{{name}}</c> is none.</summary>
internal static partial class GapMarks
{
    public static List<(string Name, int Line, int Column)> Of(Passage passage)
    {
        var marks = new List<(string, int, int)>();
        passage.With((text, line, column) =>
        {
            foreach (Match match in Mark().Matches(text))
                marks.Add((match.Groups["name"].Value, line, column + match.Index));
            return text;
        });
        return marks;
    }

    /// <summary>The passage with the place of each name, between characters that the renderer leaves alone.</summary>
    public static Passage Placed(Passage passage, IReadOnlyList<string> names) => passage.With((text, _, _) => Mark().Replace(Cleared(text), match =>
        names.ToList().IndexOf(match.Groups["name"].Value) is >= 0 and var place
            ? string.Create(CultureInfo.InvariantCulture, $"{Cloze.Open}{place}{Cloze.Close}")
            : match.Value));

    /// <summary>Whether each mark of a rendered text stands where a field can: not within a tag, a formula, a link or a button.</summary>
    public static bool Stand(string html)
    {
        var outside = Elements().Replace(html, "");
        return Tags().Replace(outside, "").Count(c => c == Cloze.Open) == html.Count(c => c == Cloze.Open);
    }

    public static string Without(string html) => html.Replace(Cloze.Open.ToString(), "", StringComparison.Ordinal).Replace(Cloze.Close.ToString(), "", StringComparison.Ordinal);

    // The characters mean something to us only.
    private static string Cleared(string text) => text.Replace(Cloze.Open, '\uFFFD').Replace(Cloze.Close, '\uFFFD');

    [GeneratedRegex(@"(?<!\\)\{\{(?<name>[A-Za-z][A-Za-z0-9_]{0,19})\}\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Mark();

    [GeneratedRegex("<[^>]*>", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Tags();

    [GeneratedRegex(@"<(?<element>math|a|svg|summary)\b.*?</\k<element>>", RegexOptions.Singleline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Elements();
}
