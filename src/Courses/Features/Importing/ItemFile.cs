using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Domain;

namespace MoocPlatform.Courses.Features.Importing;

/// <summary>A lesson or quiz as it stands in a file: settings between two lines of three hyphens, then Markdown.</summary>
/// <param name="Markdown">The text as an <see cref="Item"/> keeps it: a lesson's without its settings, a quiz's with them.</param>
/// <param name="LinesBefore">Lines of the file before <paramref name="Markdown"/>.</param>
internal sealed record ItemFile(
    string Title, ItemKind Kind, int Minutes, CompletionRule Rule, Offset? Opens, Offset? Due, string Markdown, int LinesBefore)
{
    public const int MostMinutes = 6000;

    /// <summary>Whether learners see it.</summary>
    public bool Published { get; init; } = true;

    /// <summary>Whether its text counts as it is, though it cannot be read.</summary>
    public bool Unfinished { get; init; }

    /// <summary>Of a lesson: SPDX identifier of a licence of its own; empty: the course's.</summary>
    public string Licence { get; init; } = "";

    /// <summary>Of a lesson: who made it; empty: the authors of the course.</summary>
    public List<string> Authors { get; init; } = [];

    /// <summary>Of a lesson: what it was made from.</summary>
    public string Source { get; init; } = "";

    /// <summary>Reads a file's text. Null when it has no settings; mistakes are noted with their line.</summary>
    public static ItemFile? Read(string text, Action<int, FormattableString> problem)
    {
        text = LineFeeds(text.TrimStart('\uFEFF'));
        var end = text.StartsWith("---\n", StringComparison.Ordinal) ? text.IndexOf("\n---\n", 3, StringComparison.Ordinal) : -1;
        if (end < 0)
        {
            problem(1, $"The file begins with its settings: title and kind, between two lines of three hyphens.");
            return null;
        }

        if (YamlFields.Of(text[4..(end + 1)], 1, problem) is not { } settings)
            return null;

        var title = settings.Text("title", Course.LongestTitle);
        var quiz = settings.OneOf("kind", "lesson", ["lesson", "quiz"]) == "quiz";
        var minutes = settings.Whole("minutes", 1, MostMinutes, 10);
        var rule = RuleOf(settings, quiz);
        if (quiz) // its other settings are read by Quizzes
            return new(title, ItemKind.Quiz, minutes, rule, settings.Offset("opens"), settings.Offset("due"), text, 0);

        var licence = settings.OneOf("licence", "", [.. Domain.Licence.OfParts.Select(l => l.Spdx)]);
        var authors = settings.Lines("authors", AssetFacts.LongestAuthor);
        var source = settings.Text("source", AssetFacts.LongestSource, optional: true);
        settings.NothingElse();
        var before = text[..(end + 5)].Count(c => c == '\n');
        return new(title, ItemKind.Lesson, minutes, rule, null, null, Body(text[(end + 5)..]), before + LeadingLines(text[(end + 5)..]))
        { Licence = licence, Authors = [.. authors], Source = source };
    }

    /// <summary>When the item counts as done.</summary>
    public static CompletionRule RuleOf(YamlFields settings, bool quiz) =>
        settings.OneOf("complete", quiz ? "passed" : "marked", quiz ? ["taken", "passed"] : ["viewed", "marked"]) switch
        {
            "viewed" => CompletionRule.Viewed,
            "taken" => CompletionRule.Taken,
            "passed" => CompletionRule.Passed,
            _ => CompletionRule.Marked,
        };

    /// <summary>A lesson's Markdown as it is kept: no empty lines around it, one line feed at its end.</summary>
    public static string Body(string text) => text.Trim('\n') is { Length: > 0 } body ? body + "\n" : "";

    /// <summary>Line feeds alone, whatever a text's lines end with.</summary>
    public static string LineFeeds(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');

    /// <summary>Whether both databases can keep a text: no NUL and no half of a character.</summary>
    public static bool CanBeKept(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\0' || (char.IsSurrogate(text[i]) && !(char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[++i]))))
                return false;
        }

        return true;
    }

    private static int LeadingLines(string text) => text.TakeWhile(c => c == '\n').Count();
}
