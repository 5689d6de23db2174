using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Domain;

namespace MoocPlatform.Courses.Features.Importing;

/// <summary>A lesson or quiz as it stands in a file: settings between two lines of three hyphens, then Markdown.</summary>
/// <param name="Markdown">The text as an <see cref="Item"/> keeps it: a lesson's without its settings, a quiz's with them.</param>
/// <param name="LinesBefore">Lines of the file before <paramref name="Markdown"/>.</param>
internal sealed record ItemFile(
    string Title, ItemKind Kind, int Minutes, CompletionRule Rule, Offset? Opens, Offset? Due, string Markdown, int LinesBefore)
{
    /// <summary>Reads a file's text. Null when it has no settings; mistakes are noted with their line.</summary>
    public static ItemFile? Read(string text, Action<int, string> problem)
    {
        text = text.TrimStart('\uFEFF').Replace("\r\n", "\n", StringComparison.Ordinal);
        var end = text.StartsWith("---\n", StringComparison.Ordinal) ? text.IndexOf("\n---\n", 3, StringComparison.Ordinal) : -1;
        if (end < 0)
        {
            problem(1, "The file begins with its settings: title and kind, between two lines of three hyphens.");
            return null;
        }

        if (YamlFields.Of(text[4..(end + 1)], 1, problem) is not { } settings)
            return null;

        var title = settings.Text("title", Course.LongestTitle);
        var quiz = settings.OneOf("kind", "lesson", ["lesson", "quiz"]) == "quiz";
        var minutes = settings.Whole("minutes", 1, 6000, 10);
        var rule = settings.OneOf("complete", quiz ? "passed" : "marked", quiz ? ["taken", "passed"] : ["viewed", "marked"]) switch
        {
            "viewed" => CompletionRule.Viewed,
            "taken" => CompletionRule.Taken,
            "passed" => CompletionRule.Passed,
            _ => CompletionRule.Marked,
        };
        if (quiz) // its other settings are read by Quizzes
            return new(title, ItemKind.Quiz, minutes, rule, settings.Offset("opens"), settings.Offset("due"), text, 0);

        settings.NothingElse();
        var before = text[..(end + 5)].Count(c => c == '\n');
        return new(title, ItemKind.Lesson, minutes, rule, null, null, text[(end + 5)..].Trim('\n') + "\n", before + LeadingLines(text[(end + 5)..]));
    }

    private static int LeadingLines(string text) => text.TakeWhile(c => c == '\n').Count();
}
