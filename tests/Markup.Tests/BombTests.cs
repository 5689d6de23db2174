namespace MoocPlatform.Markup.Tests;

/// <summary>Texts made to cost too much. Nothing is timed here: the test is that each returns, with something safe.</summary>
public sealed class BombTests
{
    [Theory]
    [MemberData(nameof(Bombs))]
    public void A_bomb_is_rendered_or_shown_as_written(string unit, string tail)
    {
        var post = Of(8_000);
        Guard.IsSafe(Page.Post(post).Html);
        Guard.IsSafe(Page.Inline(post));
        _ = MarkdownRenderer.Excerpt(post, 100);

        Assert.InRange(Page.Lesson(Of(MarkdownRenderer.MaxLength)).Html.Length, 0, 5_000_000);

        string Of(int length) => string.Concat(Enumerable.Repeat(unit, (length - tail.Length) / unit.Length)) + tail;
    }

    public static TheoryData<string, string> Bombs => new()
    {
        { ">", "a" }, { "> ", "a" }, { "> > >\n", "a" }, { "- ", "a" }, { "* - + ", "a" }, { "1. ", "a" }, { "- x\n", "" }, { "\t", "- a" },
        { "[", "" }, { "[", "](a)" }, { "![", "" }, { "[]", "" }, { "[](", "" }, { "[a](", "" }, { "[a](<", "" }, { "[a](b \"", "" }, { "[*", "" }, { "[[a](b)", "" },
        { "*", "a" }, { "*a ", "" }, { "*a_ ", "" }, { "**a *b ***c ", "" }, { "~~a ", "" }, { "*a **a ", "** *" }, { "a**b", "" },
        { "`", "" }, { "`a ", "" }, { "```\n", "" }, { "~~~\n> ", "" }, { "<", "" }, { "<a ", "" }, { "<!--", "" }, { "<?", "" }, { "<![CDATA[", "" }, { "<http:", "" }, { "</", "" },
        { "$", "" }, { "$x ", "" }, { "$$\n", "" }, { "$$\nx\n\n", "" }, { "\\$", "$" }, { "&", "" }, { "&amp;", "" }, { "&#x", ";" }, { "\\", "" },
        { "|", "" }, { "|a", "\n|-|" }, { "|\n", "" }, { ":|", "" }, { "a|b\n-|-\n", "" }, { "|a|\n|-|\n|b|\n\n", "" },
        { "[^1]", "\n\n[^1]: x" }, { "a[^1]\n\n", "[^1]: x" }, { "[^a]: ", "" }, { "[a]: b\n", "" }, { "[a][b]", "\n\n[a]: b" },
        { "# a\n", "" }, { "# a-2\n# a\n", "" }, { "a\n===\n", "" }, { "a\n:   b\n", "" }, { ":   ", "" }, { "- [ ] a\n", "" }, { "> [!TIP] x\n", "" }, { "> [!TIP]\n\n", "" },
        { "::video https://a.b \"x\"\n", "" }, { "\"a\" x=\"", "" }, { "![a](assets/b)\n\n", "" }, { "<b>", "" }, { "\n", "" }, { "a  \n", "" }, { "\r", "" }, { "\0", "" }, { "\ud800", "" },
    };

    [Fact]
    public void A_long_address_used_often_does_not_make_a_short_text_huge()
    {
        var text = "[a]: /" + new string('x', 90_000) + "\n\n" + string.Concat(Enumerable.Repeat("[a] ", 20_000));
        Assert.Equal(Wording.TooTangled, Assert.Single(Page.Lesson(text).Problems).Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("> 1. ")]
    [InlineData("x\n:   ")]
    public void Lists_within_lists_without_end_are_shown_as_written(string before)
    {
        var text = before + string.Concat(Enumerable.Repeat("- ", 4_000)) + "a";
        Assert.Equal(Wording.TooTangled, Assert.Single(Page.Post(text).Problems).Message);
    }

    [Fact]
    public void A_long_line_of_dashes_is_a_line() => Assert.Equal("<hr>", Page.Post(string.Concat(Enumerable.Repeat("- ", 4_000))).Html);

    [Theory]
    [InlineData("\n")]
    [InlineData("\r")]
    [InlineData("\r\n")]
    public void A_wide_and_long_table_is_shown_as_written(string lineEnd)
    {
        var row = string.Concat(Enumerable.Repeat("|a", 400)) + "\n";
        var text = row + row.Replace('a', '-') + string.Concat(Enumerable.Repeat("|\n", 50_000));
        Assert.Equal(Wording.TooTangled, Assert.Single(Page.Lesson(text.ReplaceLineEndings(lineEnd)).Problems).Message);
    }

    [Fact]
    public void Too_long_a_text_is_shown_as_written()
    {
        var page = Page.Post("<b>" + new string('x', MarkdownRenderer.MaxLength));
        Assert.StartsWith("<pre tabindex=\"0\">&lt;b&gt;xxx", page.Html, StringComparison.Ordinal);
        Assert.Equal(["1:1 This text is longer than 200000 characters. It is shown as it was written."], Page.Said(page));
        Guard.IsSafe(page.Html);
    }

    [Fact]
    public void What_people_write_is_not_taken_for_a_bomb()
    {
        var nested = string.Concat(Enumerable.Range(0, 12).Select(i => new string(' ', 2 * i) + "- level\n"));
        var table = "|a|b|c|d|e|f|\n|-|-|-|-|-|-|\n" + string.Concat(Enumerable.Repeat("|1|2|3|4|5|6|\n", 1_000));
        var stars = string.Concat(Enumerable.Repeat("note* and 5* ", 300));
        foreach (var text in new[] { nested, table, stars, string.Concat(Enumerable.Repeat("[link](https://a.example/b) and **words**, `code`. ", 2_000)) })
            Assert.Empty(Page.Lesson(text).Problems);
    }

    [Fact]
    public async Task Many_threads_render_the_same_text_alike()
    {
        const string text = "## A\n\n> [!TIP] b\n> c[^1]\n\n| d | e |\n|--|--|\n| $f$ | **g** |\n\n[^1]: h";
        var pages = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() => Page.Lesson(text).Html)));
        Assert.Single(pages.Distinct(StringComparer.Ordinal));
    }
}
