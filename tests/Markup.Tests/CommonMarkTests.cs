namespace MoocPlatform.Markup.Tests;

/// <summary>The plain language under the dialect. Our own examples; the differences from CommonMark (no HTML, no h1, marked ids) are tested elsewhere.</summary>
public sealed class CommonMarkTests
{
    [Theory]
    [InlineData("Two words", "<p>Two words</p>")]
    [InlineData("One\ntwo", "<p>One\ntwo</p>")]
    [InlineData("One\n\ntwo", "<p>One</p>\n<p>two</p>")]
    [InlineData("One  \ntwo", "<p>One<br>\ntwo</p>")]
    [InlineData("One\\\ntwo", "<p>One<br>\ntwo</p>")]
    [InlineData("*one*", "<p><em>one</em></p>")]
    [InlineData("_one_", "<p><em>one</em></p>")]
    [InlineData("**one**", "<p><strong>one</strong></p>")]
    [InlineData("***one***", "<p><em><strong>one</strong></em></p>")]
    [InlineData("**one *two* three**", "<p><strong>one <em>two</em> three</strong></p>")]
    [InlineData("snake_case_name", "<p>snake_case_name</p>")]
    [InlineData("2 * 3 * 4", "<p>2 * 3 * 4</p>")]
    [InlineData("\\*not\\*", "<p>*not*</p>")]
    [InlineData("`a < b`", "<p><code>a &lt; b</code></p>")]
    [InlineData("`` a`b ``", "<p><code>a`b</code></p>")]
    [InlineData("`*one*`", "<p><code>*one*</code></p>")]
    [InlineData("&copy; &#8212; &amp;", "<p>© — &amp;</p>")]
    [InlineData("a & b < c", "<p>a &amp; b &lt; c</p>")]
    [InlineData("[one](two)", "<p><a href=\"two\">one</a></p>")]
    [InlineData("[one](two \"three\")", "<p><a href=\"two\" title=\"three\">one</a></p>")]
    [InlineData("[one](<two three>)", "<p><a href=\"two%20three\">one</a></p>")]
    [InlineData("[one][two]\n\n[two]: three", "<p><a href=\"three\">one</a></p>")]
    [InlineData("[two]\n\n[TWO]: three", "<p><a href=\"three\">two</a></p>")]
    [InlineData("[one] two", "<p>[one] two</p>")]
    [InlineData("<https://a.example/b?c=1&d=2>", "<p><a href=\"https://a.example/b?c=1&amp;d=2\" rel=\"noopener\">https://a.example/b?c=1&amp;d=2</a></p>")]
    [InlineData("<ana@a.example>", "<p><a href=\"mailto:ana@a.example\">ana@a.example</a></p>")]
    [InlineData("- one\n- two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>")]
    [InlineData("- one\n\n- two", "<ul>\n<li><p>one</p>\n</li>\n<li><p>two</p>\n</li>\n</ul>")]
    [InlineData("- one\n  - two", "<ul>\n<li>one\n<ul>\n<li>two</li>\n</ul>\n</li>\n</ul>")]
    [InlineData("1. one\n2. two", "<ol>\n<li>one</li>\n<li>two</li>\n</ol>")]
    [InlineData("4) one\n5) two", "<ol start=\"4\">\n<li>one</li>\n<li>two</li>\n</ol>")]
    [InlineData("> one\n> two", "<blockquote>\n<p>one\ntwo</p>\n</blockquote>")]
    [InlineData("> one\ntwo", "<blockquote>\n<p>one\ntwo</p>\n</blockquote>")]
    [InlineData("> > one", "<blockquote>\n<blockquote>\n<p>one</p>\n</blockquote>\n</blockquote>")]
    [InlineData("one\n\n---\n\ntwo", "<p>one</p>\n<hr>\n<p>two</p>")]
    [InlineData("## one", "<h2 id=\"user-content-one\">one</h2>")]
    [InlineData("### one ###", "<h3 id=\"user-content-one\">one</h3>")]
    [InlineData("one\n---", "<h2 id=\"user-content-one\">one</h2>")]
    [InlineData("#one", "<p>#one</p>")]
    [InlineData("    one\n     two", "<pre tabindex=\"0\"><code>one\n two\n</code></pre>")]
    [InlineData("```\none\n\n two\n```", "<pre tabindex=\"0\"><code>one\n\n two\n</code></pre>")]
    [InlineData("~~~\n```\n~~~", "<pre tabindex=\"0\"><code>```\n</code></pre>")]
    [InlineData("", "")]
    public void Plain_markdown_is_read_as_CommonMark_says(string markdown, string html) => Assert.Equal(html, Page.Lesson(markdown).Html);

    [Fact]
    public void Line_ends_of_every_system_are_read_alike()
    {
        const string text = "## One\n\n- two\n- three\n\n```\nfour\n```\n";
        var html = Page.Lesson(text).Html;
        Assert.Equal(html, Page.Lesson(text.ReplaceLineEndings("\r\n")).Html);
        Assert.Equal(html, Page.Lesson(text.ReplaceLineEndings("\r")).Html);
    }
}
