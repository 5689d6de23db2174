using System.Diagnostics;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MoocPlatform.Quizzes.Exchange;
using Xunit;

namespace MoocPlatform.Quizzes.Tests.Exchange;

/// <summary>Files that nobody should send.</summary>
public sealed class HostileFileTests
{
    public static TheoryData<string, string> Files() => new()
    {
        { "entities", """<?xml version="1.0"?><!DOCTYPE quiz [<!ENTITY a "b"><!ENTITY c "&a;&a;&a;&a;">]><quiz><question type="essay"><name><text>&c;</text></name></question></quiz>""" },
        { "outside", """<?xml version="1.0"?><!DOCTYPE quiz SYSTEM "http://192.0.2.1/x.dtd"><quiz/>""" },
        { "file", """<?xml version="1.0"?><!DOCTYPE q [<!ENTITY x SYSTEM "file:///etc/passwd">]><quiz><question>&x;</question></quiz>""" },
        { "truncated", "<?xml version=\"1.0\"?><quiz><question type=\"truefalse\"><name><text>Half" },
        { "deep", "<quiz>" + string.Concat(Enumerable.Repeat("<a>", 200_000)) },
        { "attributes", "<quiz><question " + string.Concat(Enumerable.Range(0, 50_000).Select(i => $"a{i}=\"\" ")) },
        { "another root", "<html><body>Not found</body></html>" },
        { "no questions", "<quiz></quiz>" },
        { "binary", "\0\u0001\u0002PK\u0003\u0004" },
        { "empty lines", "\n\n\n" },
        { "many", string.Concat(Enumerable.Range(0, 10_000).Select(i => $"Question {i}{{T}}\n\n")) },
        { "many in XML", "<quiz>" + string.Concat(Enumerable.Range(0, 10_000).Select(_ => "<question type=\"essay\"/>")) + "</quiz>" },
        { "many in Aiken", string.Concat(Enumerable.Range(0, 10_000).Select(i => $"Question {i}\nA) a\nB) b\nANSWER: A\n")) },
        { "large", "x" + new string('y', ExchangeFile.Largest) },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_that_cannot_be_taken_is_refused_with_a_reason(string what, string file)
    {
        var imported = ExchangeFile.Read(Encoding.UTF8.GetBytes(file), null);
        Assert.True(imported.Refused, what);
        Assert.Empty(imported.Questions);
        Assert.False(string.IsNullOrWhiteSpace(imported.Notes[0].Message));
        Assert.DoesNotContain("root:", string.Join(' ', imported.Notes[0].Arguments), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("iso-8859-1")]
    [InlineData("utf-16")]
    public void Another_encoding_is_refused(string encoding) =>
        Assert.True(ExchangeFile.Read(Encoding.GetEncoding(encoding).GetBytes("Care este răspunsul — è così?{=Așa}"), null).Refused);

    [Theory]
    [InlineData("<div>")]
    [InlineData("<b><p>")]
    [InlineData("<table><tr><td>")]
    [InlineData("<a href=x>")]
    [InlineData("<font color=1><p>")]
    [InlineData("&amp;<")]
    [InlineData("**_[`")]
    public void Tangled_HTML_becomes_words(string tangle)
    {
        foreach (var times in new[] { 500, 2_900, 50_000 })
        {
            var imported = ExchangeFile.Read(Encoding.UTF8.GetBytes("[html]" + string.Concat(Enumerable.Repeat(tangle.Replace("=", "\\=", StringComparison.Ordinal), times)) + "words{T}"), ExchangeFormat.Gift);
            Assert.True(imported.Questions.Count + imported.Notes.Count > 0);
        }
    }

    [Theory]
    [InlineData("<script>alert(1)</script>x")]
    [InlineData("<img src=x onerror=alert(1)>x")]
    [InlineData("<a href=\"javascript:alert(1)\">x</a>")]
    [InlineData("<a href=\"https://example.org/)](javascript:alert(1)\">x</a>")]
    [InlineData("&lt;script&gt;alert(1)&lt;/script&gt;x")]
    [InlineData("<svg><script>alert(1)</script></svg>x")]
    public void No_mark_up_of_a_file_reaches_a_page(string html)
    {
        var lost = new HashSet<string>(StringComparer.Ordinal);
        var markdown = HtmlMarkdown.Of(html, lost);
        var shown = Markup.MarkdownRenderer.Render(markdown, new Markup.MarkupOptions(Markup.MarkupFor.Quiz)).Html;
        Assert.DoesNotContain("<script", shown, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", shown, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("href=\"javascript", shown, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("x", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_bytes_are_answered() => Properties.Hold(Prop.ForAll(
        Arb.From(from pieces in Gen.ArrayOf(Gen.Elements("{", "}", "=", "~", "%50%", "#", "->", "::", "\\", "\n", "\n\n", "//", "T", "a", "[html]", "<b>", "####", "1:2", "..", "ANSWER: A\n", "A) x\n", "<quiz>", "<question type=\"cloze\">", "{1:SA:=x}", "</question>"))
                 select string.Concat(pieces)),
        Arb.From(Gen.Elements<ExchangeFormat?>(null, ExchangeFormat.Aiken, ExchangeFormat.Gift, ExchangeFormat.MoodleXml)),
        (text, format) => ExchangeFile.Read(Encoding.UTF8.GetBytes(text), format) is not null));

    [Fact]
    public void Any_words_are_shown_as_they_were() => Properties.Hold(Prop.ForAll(
        Arb.From(from pieces in Gen.ArrayOf(Gen.Elements("a", "word", " ", "*", "_", "`", "[", "](", "<", ">", "&", "&amp;", "#", "+", "-", "1.", "1)", "=", ":", "::", "~", "~~~", "!", "|", "{{g}}", "\\", "---", "->")) select string.Concat(pieces).Replace(@"\[", @"\a[", StringComparison.Ordinal)), // what stands in \[ \] is a formula
        words =>
        {
            var plain = string.Join(' ', words.Split(' ', StringSplitOptions.RemoveEmptyEntries));
            var html = Markup.MarkdownRenderer.Render(PlainMarkdown.Of(plain), new Markup.MarkupOptions(Markup.MarkupFor.Quiz)).Html.Trim();
            return plain.Length == 0 || html == "<p>" + System.Net.WebUtility.HtmlEncode(plain) + "</p>" || System.Net.WebUtility.HtmlDecode(html) == "<p>" + plain + "</p>";
        }));
}
