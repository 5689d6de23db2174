using System.Xml;
using System.Xml.Linq;

namespace MoocPlatform.Quizzes.Exchange;

/// <summary>An element <c>question</c> of Moodle's XML, with its texts as Markdown.</summary>
/// <param name="lost">Gets what of the texts could not be said.</param>
internal sealed class MoodleQuestion(XElement element, ISet<string> lost)
{
    private static readonly string[] Usual =
    [
        "", "Your answer is correct.", "Your answer is partially correct.", "Your answer is incorrect.",
    ];

    public ISet<string> Lost => lost;

    public string Type => element.Attribute("type")?.Value.Trim() ?? "";

    public int Line => ((IXmlLineInfo)element).LineNumber;

    public IReadOnlyList<string> Tags => [.. element.Elements("tags").Elements("tag").Select(Inner)];

    /// <summary>Whether it says something of answers as a whole, and not what Moodle puts there by itself.</summary>
    public bool HasOtherFeedback => ((string[])["correctfeedback", "partiallycorrectfeedback", "incorrectfeedback"])
        .Any(f => !Usual.Contains(HtmlMarkdown.Of(Text(f), new HashSet<string>(StringComparer.Ordinal)).Trim()));

    public IReadOnlyList<XElement> All(string name) => [.. element.Elements(name)];

    /// <summary>Of a child element, as it stands; empty when there is none.</summary>
    public string Text(string name) => element.Element(name) is { } child ? Inner(child) : "";

    public bool Flag(string name) => Text(name).Trim() is "true" or "1";

    public string Markdown(string name) => element.Element(name) is { } child ? Markdown(child) : "";

    /// <summary>The text of an element in the format that it names.</summary>
    public string Markdown(XElement? child)
    {
        if (child is null)
            return "";
        if (child.Elements("file").Any())
            lost.Add("picture");
        return ForeignText.Markdown(Inner(child).Trim(), Format(child), lost);
    }

    /// <summary>As <see cref="Markdown(XElement?)"/>, on one line where that is possible.</summary>
    public string OneLine(XElement? child) => Markdown(child).Replace("\\\n", " ", StringComparison.Ordinal);

    public static string Format(XElement child) => child.Attribute("format")?.Value ?? "html";

    /// <summary>Of the element <c>text</c> in it, or of itself.</summary>
    public static string Inner(XElement child) => (child.Element("text") ?? child).Nodes().OfType<XText>().Aggregate("", (all, t) => all + t.Value);
}
