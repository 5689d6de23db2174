using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace MoocPlatform.Architecture.Tests;

/// <summary>Every text of the interface exists in every language, with the same placeholders and the forms its language counts by.</summary>
public sealed partial class TextTests
{
    public static TheoryData<string, string> Rooms()
    {
        var rooms = new TheoryData<string, string>();
        foreach (var folder in (string[])["src/Courses", "src/Enrollment", "src/Quizzes", "src/Discussions", "src/Host", "src/Host/Kernel"])
            foreach (var language in (string[])["ro", "it"])
                rooms.Add(folder, language);
        return rooms;
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void No_text_is_missing(string folder, string language)
    {
        var translated = Translated(folder, language);
        Assert.Empty(Keys(Sources(folder)).Where(k => !translated.ContainsKey(k)));
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void Translations_keep_placeholders_and_plural_forms(string folder, string language) => Assert.Empty(Broken(Translated(folder, language), language));

    [Fact]
    public void A_missing_text_is_found() => Assert.Equal(["Not translated {0}"], Keys([("Planted.cshtml", """<p>@T["Not translated {0}", x]</p>""")]));

    [Fact]
    public void A_lost_placeholder_and_a_lost_plural_form_are_found() => Assert.Equal(2, Broken(new(StringComparer.Ordinal)
    {
        ["Ends on {0}"] = "Se încheie",
        ["1 reply|{0} replies"] = "un răspuns|{0} răspunsuri",
    }, "ro").Count());

    private static IEnumerable<(string Path, string Text)> Sources(string folder) => Repository.Files(folder, ".cs", ".cshtml")
        .Where(f => folder == "src/Host/Kernel" || !f.Path.StartsWith("src/Host/Kernel/", StringComparison.Ordinal))
        .Where(f => !f.Path.StartsWith("src/Host/Markup/", StringComparison.Ordinal));

    private static IEnumerable<string> Keys(IEnumerable<(string Path, string Text)> files) => files
        .SelectMany(f => Texts().Matches(f.Text).Concat(f.Path.EndsWith("Refusals.cs", StringComparison.Ordinal) ? Refusals().Matches(f.Text) : []))
        .Select(m => Regex.Unescape(m.Groups[1].Value)).Distinct(StringComparer.Ordinal);

    private static Dictionary<string, string> Translated(string folder, string language)
    {
        var file = Path.Combine(Repository.Root, folder, "Resources", $"Text.{language}.resx");
        return File.Exists(file)
            ? XDocument.Load(file).Descendants("data").ToDictionary(d => d.Attribute("name")!.Value, d => d.Element("value")!.Value, StringComparer.Ordinal)
            : new(StringComparer.Ordinal);
    }

    private static IEnumerable<string> Broken(Dictionary<string, string> translated, string language) => translated.Where(t =>
        t.Key.Contains('|') && t.Key.Contains("{0}", StringComparison.Ordinal)
            ? t.Value.Split('|').Length != (language == "ro" ? 3 : 2)
            : Placeholders(t.Key) != Placeholders(t.Value)).Select(t => t.Key);

    private static string Placeholders(string text) =>
        string.Join(' ', Placeholder().Matches(text).Select(m => m.Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    [GeneratedRegex("""(?:\bT|\bTexts|\btext|\bSay|\bT\.Count|\.Count|\bTell)\s*[\[(]\s*"((?:[^"\\]|\\.)+)"\s*[,\])]""")]
    private static partial Regex Texts();

    [GeneratedRegex("""=>?\s*new(?:\s+Refused)?\(\s*"((?:[^"\\]|\\.)+)"|=>\s*new\("((?:[^"\\]|\\.)+)""")]
    private static partial Regex Refusals();

    [GeneratedRegex(@"\{\d+")]
    private static partial Regex Placeholder();
}
