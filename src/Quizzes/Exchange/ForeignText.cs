namespace MoocPlatform.Quizzes.Exchange;

/// <summary>Texts in the formats of other platforms as our Markdown.</summary>
internal static class ForeignText
{
    /// <param name="format">As Moodle names it: html, markdown, plain (plain_text), moodle (moodle_auto_format); else html.</param>
    /// <param name="lost">Gets what could not be said.</param>
    public static string Markdown(string text, string format, ISet<string> lost) => format switch
    {
        _ when string.IsNullOrWhiteSpace(text) => "",
        "markdown" => Pictures(text, lost),
        "plain" or "plain_text" => PlainMarkdown.Of(text),
        "moodle" or "moodle_auto_format" => text.Contains('<', StringComparison.Ordinal) && text.Contains('>', StringComparison.Ordinal)
            ? HtmlMarkdown.Of(text.ReplaceLineEndings("<br>"), lost)
            : PlainMarkdown.Of(System.Net.WebUtility.HtmlDecode(text)),
        _ => HtmlMarkdown.Of(text, lost),
    };

    // A picture of the other platform would be looked for in vain.
    private static string Pictures(string text, ISet<string> lost)
    {
        if (!text.Contains("@@PLUGINFILE@@", StringComparison.Ordinal))
            return text;
        lost.Add("picture");
        return text.Replace("![", "\\![", StringComparison.Ordinal);
    }
}
