namespace MoocPlatform.Markup.Tests;

public sealed class InlineTests
{
    [Theory]
    [InlineData("A *b* `c`", "A <em>b</em> <code>c</code>")]
    [InlineData("  padded  ", "padded")]
    [InlineData("1984. A novel", "1984. A novel")]
    [InlineData("> 5 kg", "&gt; 5 kg")]
    [InlineData("- 3", "- 3")]
    [InlineData("# one", "# one")]
    [InlineData("---", "---")]
    [InlineData("$x^2$", "<span class=\"maths\" data-line=\"1\">x^2</span>")]
    [InlineData("$$x$$", "<span class=\"maths\" data-line=\"1\">x</span>")]
    [InlineData("[a](b)", "<a href=\"b\">a</a>")]
    [InlineData("![a](assets/b.svg)", "<img alt=\"a\" loading=\"lazy\" decoding=\"async\" src=\"/assets/0198/b.svg\">")]
    [InlineData("[1]: page", "[1]: page")]
    [InlineData("| a | b |", "| a | b |")]
    [InlineData("<b>x</b>", "&lt;b&gt;x&lt;/b&gt;")]
    [InlineData("", "")]
    public void One_line_has_no_blocks(string markdown, string html) => Assert.Equal(html, Page.Inline(markdown));

    [Fact]
    public void Several_lines_of_one_paragraph_lose_the_paragraph() => Assert.Equal("one\n<em>two</em>", Page.Inline("one\n*two*"));

    [Fact]
    public void Several_blocks_stay_blocks() => Assert.Equal("<p>one</p>\n<pre tabindex=\"0\"><code>two\n</code></pre>", Page.Inline("one\n\n```\ntwo\n```"));

    [Fact]
    public void Too_long_a_line_is_escaped() => Assert.StartsWith("&lt;b&gt;", Page.Inline("<b>" + new string('x', MarkdownRenderer.MaxLength)), StringComparison.Ordinal);
}
