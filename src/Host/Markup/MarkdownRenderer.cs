using System.Globalization;

namespace MoocPlatform.Markup;

/// <summary>
/// Markdown to safe HTML, the same for lessons, quizzes and posts. Whatever the text, it returns: what cannot be rendered is shown as it was
/// written, with a problem that says why. Thread-safe.
/// </summary>
public static class MarkdownRenderer
{
    /// <summary>Grows with every change of the HTML, so that what was rendered before and kept is rendered anew.</summary>
    public const int Version = 3;

    /// <summary>In UTF-16 units.</summary>
    public const int MaxLength = 200_000;

    public static Rendered Render(string markdown, MarkupOptions options)
    {
        ArgumentNullException.ThrowIfNull(markdown);
        ArgumentNullException.ThrowIfNull(options);

        var text = Characters.Clean(markdown);
        if (text.Length > MaxLength) return AsWritten(text, Wording.TooLong, MaxLength.ToString(CultureInfo.InvariantCulture));
        try
        {
            return new HtmlWriter(text, options).Write(Dialect.Parse(text));
        }
        catch (Exception) // Markdig's own limits are an ArgumentException, its slips anything: a text must never take a page down
        {
            return AsWritten(text, Wording.TooTangled);
        }
    }

    /// <summary>
    /// One line, for titles and the options of a quiz: no headings, lists or quotations, and no paragraph around it. A text of several
    /// lines is rendered whole, and loses its paragraph when that is all there is.
    /// </summary>
    public static string Inline(string markdown, MarkupOptions options)
    {
        ArgumentNullException.ThrowIfNull(markdown);
        ArgumentNullException.ThrowIfNull(options);

        var text = Characters.Clean(markdown).Trim();
        if (text.Length > MaxLength) return Escaped(text);
        try
        {
            var document = text.AsSpan().ContainsAny('\r', '\n') ? Dialect.Parse(text) : Dialect.ParseLine(text);
            return new HtmlWriter(text, options).WriteInline(document);
        }
        catch (Exception) // as above
        {
            return Escaped(text);
        }
    }

    /// <summary>The beginning of the text without markup, on one line and at most so many characters, cut between words. Not escaped.</summary>
    public static string Excerpt(string markdown, int characters)
    {
        ArgumentNullException.ThrowIfNull(markdown);

        var plain = OnOneLine(Plain(Characters.Clean(markdown)));
        if (plain.Length <= characters) return plain;
        if (characters < 1) return "";

        var end = plain.LastIndexOf(' ', characters - 1);
        if (end < characters / 2) end = characters - 1; // one very long word, or a script without spaces
        if (end > 0 && char.IsHighSurrogate(plain[end - 1])) end--;
        return plain[..end].TrimEnd(' ', ',', ';', ':', '.', '-') + "…";
    }

    private static string Plain(string text)
    {
        if (text.Length > MaxLength) text = text[..MaxLength];
        try
        {
            return PlainText.Of(Dialect.Parse(text));
        }
        catch (Exception) // as above
        {
            return text;
        }
    }

    private static string OnOneLine(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static Rendered AsWritten(string text, string problem, params object[] arguments) => new(
        $"<pre tabindex=\"0\">{Escaped(text)}</pre>",
        [],
        HasMaths: false,
        PlainText.CountWords(text),
        text,
        [new MarkupProblem(1, 1, problem, arguments)],
        [],
        []);

    private static string Escaped(string text)
    {
        var html = new HtmlText(int.MaxValue);
        html.AddText(text);
        return html.ToString();
    }
}
