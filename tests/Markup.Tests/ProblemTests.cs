namespace MoocPlatform.Markup.Tests;

public sealed class ProblemTests
{
    [Theory]
    [InlineData("The total is:\n$s = 0.4c + 0.3f", 2, 1, Wording.OpenFormula)]
    [InlineData("Take $x and $y$.", 1, 6, Wording.OpenFormula)]
    [InlineData("Take $\\frac{1}{2}.", 1, 6, Wording.OpenFormula)]
    [InlineData("> one\n> two $a_1 three", 2, 7, Wording.OpenFormula)]
    [InlineData("- one\n- two\n\n  $2x = 7", 4, 3, Wording.OpenFormula)]
    [InlineData("| A | B |\n|--|--|\n| 1 | $x_1 |", 3, 7, Wording.OpenFormula)]
    [InlineData("> [!TIP] The $x_1 of it\n> text", 1, 14, Wording.OpenFormula)]
    [InlineData("a\r\n\r\n$s = 1\r\n", 3, 1, Wording.OpenFormula)]
    [InlineData("One\n\n$$\na = b\n\nThe rest is fine, $x$ too.", 3, 1, Wording.OpenFormulaBlock)]
    [InlineData("> $$\n> a = b\n\nafter\n\n$$\n", 1, 3, Wording.OpenFormulaBlock)]
    [InlineData("One\n\n```yaml\na: b\n", 3, 1, Wording.OpenFence)]
    [InlineData("> ~~~~\n> a\n\nafter", 1, 3, Wording.OpenFence)]
    [InlineData("One\n\n![](assets/a.svg)", 3, 1, Wording.NoAltText)]
    [InlineData("One ![ ](assets/a.svg) two", 1, 5, Wording.NoAltText)]
    [InlineData("One [two](javascript:alert(1))", 1, 5, Wording.RefusedAddress)]
    [InlineData("One\n[two][3]\n\n[3]: data:text/html,x", 2, 1, Wording.RefusedAddress)]
    [InlineData("One\n<ftp://a.example>", 2, 1, Wording.RefusedAddress)]
    [InlineData("[two](//a.example)", 1, 1, Wording.RefusedAddress)]
    [InlineData("[two](assets/../../secret)", 1, 1, Wording.RefusedAddress)]
    [InlineData("[two]()", 1, 1, Wording.NoAddress)]
    [InlineData("![two](data:image/png;base64,AAAA)", 1, 1, Wording.RefusedImage)]
    [InlineData("![two](https://a.example/b.png)", 1, 1, Wording.RefusedImage)]
    [InlineData("![two](pictures/b.png)", 1, 1, Wording.RefusedImage)]
    [InlineData("text\n\n# One", 3, 1, Wording.HeadingOne)]
    [InlineData("One\n===", 1, 1, Wording.HeadingOne)]
    [InlineData("x\n\n> [!DANGER] Mind\n> this", 3, 1, Wording.UnknownCallout)]
    [InlineData("One\n\ntwo <b>three</b>", 3, 5, Wording.RawHtml)]
    [InlineData("<script>alert(1)</script>", 1, 1, Wording.RawHtml)]
    [InlineData("| A |\n|--|\n| <br> |", 3, 3, Wording.RawHtml)]
    [InlineData("x\n::video", 2, 1, Wording.DirectiveAddress)]
    [InlineData("::video \"Title\"", 1, 1, Wording.DirectiveAddress)]
    [InlineData("::audio https://a.example", 1, 1, Wording.DirectiveTitle)]
    [InlineData("::video https://a.example \"Title", 1, 1, Wording.DirectiveQuote)]
    [InlineData("::video https://a.example \"Title\" minutes=soon", 1, 1, Wording.DirectiveMinutes)]
    [InlineData("::video https://a.example \"Title\" minutes=-1", 1, 1, Wording.DirectiveMinutes)]
    [InlineData("::video https://a.example \"Title\" colour=red", 1, 1, Wording.DirectiveSetting)]
    [InlineData("::resource https://a.example \"Title\" minutes=6", 1, 1, Wording.DirectiveSetting)]
    [InlineData("::video https://a.example \"Title\" transcript=javascript:x", 1, 1, Wording.RefusedAddress)]
    [InlineData("::video javascript:x \"Title\"", 1, 1, Wording.RefusedAddress)]
    [InlineData("- a\n- b\n\n  ::vidoe https://a.example \"Title\"", 4, 3, Wording.UnknownDirective)]
    public void A_problem_says_where_it_is(string markdown, int line, int column, string message)
    {
        var problems = Page.Lesson(markdown).Problems;
        Assert.Contains(problems, p => (p.Line, p.Column, p.Message) == (line, column, message));
        Assert.All(problems, p => Assert.Equal(message, p.Message)); // and nothing is said that is not so
    }

    [Fact]
    public void Problems_read_as_sentences_in_the_order_of_the_text() =>
        Assert.Equal(
            [
                "1:1 The title of the page is its only heading of level 1. Begin this one with ##.",
                "3:1 A link cannot lead to javascript:x. Use https, http, mailto, or the name of a page or file of the course.",
                "5:1 There is no call-out HINT. Use NOTE, TIP, IMPORTANT, WARNING, CAUTION or DIARY.",
                "5:14 This formula does not close. Add a second $.",
                "7:1 ::video needs a web address: ::video https://… \"Title\".",
            ],
            Page.Said(Page.Lesson("# One\n\n[a](javascript:x)\n\n> [!HINT] A$ $x_1\n\n::video")).Order(StringComparer.Ordinal));

    [Fact]
    public void The_rest_of_a_text_with_problems_is_fine()
    {
        var page = Page.Lesson("$$\na = b\n\n## Next\n\n::video nowhere\n\nLast");
        Assert.Equal("Next", Assert.Single(page.Headings).Text);
        Assert.Contains("<p>::video nowhere</p>", page.Html, StringComparison.Ordinal);
        Assert.EndsWith("<p>Last</p>", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void Good_text_has_no_problems() =>
        Assert.Empty(Page.Lesson(
            """
            A resource can be free.[^1] It costs $5, and $x^2$ is a formula.

            > [!TIP] You will be able to
            > score any resource.

            ## Four questions

            | Question | Weight |
            |---|---:|
            | Is it correct? | 40 % |

            $$
            s = 0.4c
            $$

            ![Five arches](assets/five.svg "Five. CC BY 4.0")

            ```yaml
            title: <b>
            ```

            ::video https://videos.example.org/w "Two teachers" minutes=6

            1 < 2 and 3 > 2; a <- b; `<b>`

            [^1]: Adapted from [the rubric](rubric).
            """).Problems);

    [Fact]
    public void A_post_may_have_a_heading_of_level_one() => Assert.Empty(Page.Post("# One").Problems);

    [Fact]
    public void A_hundred_problems_are_enough() =>
        Assert.Equal(100, Page.Lesson(string.Concat(Enumerable.Repeat("<b>\n\n", 500))).Problems.Count);

    [Fact]
    public void Every_problem_in_the_list_can_be_formatted() =>
        Assert.All(Wording.Problems, message => Assert.DoesNotContain("{0}", string.Format(System.Globalization.CultureInfo.InvariantCulture, message, "a", "b"), StringComparison.Ordinal));
}
