namespace MoocPlatform.Markup.Tests;

/// <summary>What docs/course-format.md adds to CommonMark, and the markup of the design reference.</summary>
public sealed class DialectTests
{
    [Fact]
    public void A_heading_gets_an_id_of_our_own_and_is_listed()
    {
        var page = Page.Lesson("## Four questions\n\n### Ce învățăm?\n\n## Four questions");

        Assert.Equal(
            [new Heading("user-content-four-questions", "Four questions", 2), new Heading("user-content-ce-invatam", "Ce învățăm?", 3), new Heading("user-content-four-questions-2", "Four questions", 2)],
            page.Headings);
        Assert.Equal("Four questions", Page.One(page, "#user-content-four-questions-2").TextContent);
    }

    [Fact]
    public void Heading_ids_stay_unique_when_an_author_writes_the_number_too()
    {
        var page = Page.Lesson("## A\n\n## A 2\n\n## A\n\n## A 2\n\n## A");
        Assert.Equal(5, page.Headings.Select(h => h.Id).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void A_heading_of_signs_only_is_called_section() => Assert.Equal("user-content-section", Assert.Single(Page.Lesson("## ???").Headings).Id);

    [Fact]
    public void A_heading_without_words_is_left_out() => Assert.Equal("", Page.Lesson("##").Html);

    [Fact]
    public void A_heading_text_is_without_markup() =>
        Assert.Equal("Now with code and a link", Assert.Single(Page.Lesson("## Now *with* `code` and [a link](x)[^1]\n\n[^1]: note").Headings).Text);

    [Fact]
    public void A_level_one_heading_becomes_a_second() => Assert.Equal("<h2 id=\"user-content-one\">One</h2>", Page.Lesson("# One").Html);

    [Theory]
    [InlineData("# One\n## Two", "3 4")]
    [InlineData("## One\n#### Two", "3 5")]
    [InlineData("### One", "3")]
    [InlineData("#### One", "4")]
    [InlineData("# One\n###### Two", "3 6")]
    public void In_a_post_no_heading_is_above_the_third_level(string markdown, string levels) =>
        Assert.Equal(levels, string.Join(' ', Page.Post(markdown).Headings.Select(h => h.Level)));

    [Fact]
    public void Two_posts_on_a_page_do_not_share_ids()
    {
        var first = Page.Post("## Same\n\none[^1]\n\n[^1]: note");
        var second = Page.Post("## Same\n\ntwo[^1]\n\n[^1]: note");
        Assert.Empty(Ids(first).Intersect(Ids(second), StringComparer.Ordinal));

        static IEnumerable<string> Ids(Rendered post) => Page.Read(post.Html).QuerySelectorAll("[id]").Select(e => e.Id!);
    }

    [Fact]
    public void A_link_within_the_page_finds_the_heading()
    {
        foreach (var page in new[] { Page.Lesson("## Întrebări\n\n[up](#Întrebări)"), Page.Post("## Întrebări\n\n[up](#intrebari)") })
            Assert.Equal("#" + page.Headings[0].Id, Page.One(page, "a").GetAttribute("href"));
    }

    [Fact]
    public void A_table_scrolls_in_a_region_named_by_the_heading_over_it()
    {
        var page = Page.Lesson("## The four questions\n\n| Question | Weight | Middle |\n|:--|--:|:-:|\n| Is it *correct*? | 40 % | x |");

        Assert.Equal(
            "<h2 id=\"user-content-the-four-questions\">The four questions</h2>\n"
            + "<div class=\"scroll\" role=\"region\" aria-label=\"The four questions\" tabindex=\"0\"><table><thead><tr><th scope=\"col\">Question</th><th scope=\"col\" class=\"num\">Weight</th><th scope=\"col\" class=\"center\">Middle</th></tr>\n"
            + "</thead><tbody>\n<tr><td>Is it <em>correct</em>?</td><td class=\"num\">40 %</td><td class=\"center\">x</td></tr>\n</tbody></table></div>",
            page.Html);
    }

    [Fact]
    public void A_table_without_a_heading_is_named_by_its_columns_and_a_second_one_is_counted()
    {
        var page = Page.Lesson("| A | B |\n|--|--|\n| 1 | 2 |\n\nand\n\n| A | B |\n|--|--|\n| 3 | 4 |");
        Assert.Equal(["A, B", "A, B, table 2"], Page.Read(page.Html).QuerySelectorAll("[role=region]").Select(r => r.GetAttribute("aria-label")!));
    }

    [Fact]
    public void An_empty_column_title_is_a_plain_cell() => Assert.Single(Page.Read(Page.Lesson("| | B |\n|--|--|\n| 1 | 2 |").Html).QuerySelectorAll("th"));

    [Fact]
    public void A_row_with_too_many_or_too_few_cells_gets_the_columns_of_the_header()
    {
        var rows = Page.Read(Page.Lesson("| A | B |\n|--|--|\n| 1 |\n| 1 | 2 | 3 |").Html).QuerySelectorAll("tbody tr");
        Assert.All(rows, row => Assert.Equal(2, row.Children.Length));
    }

    [Fact]
    public void A_footnote_leads_there_and_back()
    {
        var page = Page.Lesson("Text.[^a]\n\n[^a]: Adapted from the *rubric*.");

        Assert.Equal(
            "<p>Text.<sup><a href=\"#user-content-fn_1\" id=\"user-content-fnref_1\" aria-label=\"Footnote 1\">1</a></sup></p>\n"
            + "<p class=\"small\" id=\"user-content-fn_1\">1. Adapted from the <em>rubric</em>. <a href=\"#user-content-fnref_1\" aria-label=\"Back to the text\">↩</a></p>",
            page.Html);
    }

    [Fact]
    public void A_long_footnote_keeps_its_paragraphs()
    {
        var note = Page.One(Page.Lesson("Text.[^a]\n\n[^a]: One.\n\n    Two."), "#user-content-fn_1");
        Assert.Equal("<p>1. One.</p>\n<p>Two. <a href=\"#user-content-fnref_1\" aria-label=\"Back to the text\">↩</a></p>", note.InnerHtml.Trim());
    }

    [Fact]
    public void A_footnote_named_twice_has_two_ways_back() =>
        Assert.Equal(2, Page.Read(Page.Lesson("One[^a] two[^a]\n\n[^a]: Note.").Html).QuerySelectorAll("p.small a").Length);

    [Fact]
    public void Task_lists_say_what_is_done()
    {
        Assert.Equal(
            "<ul class=\"tasks\">\n<li><input type=\"checkbox\" disabled aria-label=\"To do\"> read</li>\n<li><input type=\"checkbox\" disabled checked aria-label=\"Done\"> write</li>\n</ul>",
            Page.Lesson("- [ ] read\n- [x] write").Html);
    }

    [Theory]
    [InlineData("- see [x] there")]
    [InlineData("- [x](there)")]
    [InlineData("[x] there")]
    [InlineData("- [x]there")]
    public void Brackets_elsewhere_are_no_tick_boxes(string markdown) => Assert.Empty(Page.Read(Page.Lesson(markdown).Html).QuerySelectorAll("input"));

    [Fact]
    public void A_definition_list_has_terms_and_meanings() =>
        Assert.Equal(
            "<dl>\n<dt>Open</dt>\n<dd>you <em>may</em></dd>\n<dt>Free</dt>\n<dd><p>one</p>\n<p>two</p>\n</dd>\n</dl>",
            Page.Lesson("Open\n:   you *may*\n\nFree\n:   one\n\n    two").Html);

    [Fact]
    public void Two_tildes_strike_through() => Assert.Equal("<p><del>five</del> four ~three~</p>", Page.Lesson("~~five~~ four ~three~").Html);

    [Fact]
    public void A_callout_has_an_icon_a_title_and_its_text() =>
        Assert.Equal(
            "<aside class=\"callout\" data-tone=\"accent\"><svg class=\"icon\" aria-hidden=\"true\"><use href=\"/icons.svg#idea\"/></svg><strong>You will be <em>able</em> to</strong><p>score any resource.</p>\n</aside>",
            Page.Lesson("> [!TIP] You will be *able* to\n> score any resource.").Html);

    [Theory]
    [InlineData("NOTE", "Note", "accent")]
    [InlineData("TIP", "Tip", "accent")]
    [InlineData("IMPORTANT", "Important", "accent")]
    [InlineData("WARNING", "Warning", "caution")]
    [InlineData("CAUTION", "Caution", "critical")]
    [InlineData("caution", "Caution", "critical")]
    public void A_callout_without_a_title_is_called_by_its_kind(string kind, string title, string tone)
    {
        var callout = Page.One(Page.Lesson($"> [!{kind}]\n> - one\n> - two\n\nafter"), "aside");
        Assert.Equal(title, callout.QuerySelector("strong")!.TextContent);
        Assert.Equal(tone, callout.GetAttribute("data-tone"));
        Assert.Equal(2, callout.QuerySelectorAll("li").Length);
        Assert.DoesNotContain("after", callout.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("> [!TIP](x) text")]
    [InlineData("> [!TIP]text")]
    [InlineData("> text [!TIP]")]
    [InlineData(">     [!TIP] code")]
    [InlineData("[!TIP] text")]
    public void Other_brackets_make_no_callout(string markdown) => Assert.Empty(Page.Read(Page.Lesson(markdown).Html).QuerySelectorAll("aside"));

    [Fact]
    public void A_callout_stands_in_a_list_too() => Page.One(Page.Lesson("- one\n\n  > [!NOTE] Mind\n  > this"), "li aside");

    [Fact]
    public void Code_keeps_its_language_and_is_coloured_by_it() => Assert.Equal(
        "<pre tabindex=\"0\"><code class=\"language-yaml\"><span class=\"k\">title</span>: <span class=\"s\">&quot;&lt;b&gt;&quot;</span>\n</code></pre>",
        Page.Lesson("```yaml title=x\ntitle: \"<b>\"\n```").Html);

    [Theory]
    [InlineData("```\nif 1\n```")]
    [InlineData("```text\nif 1\n```")]
    [InlineData("```brainfuck\nif 1\n```")]
    [InlineData("    if 1")]
    [InlineData("```<b>\"x\nif 1\n```")]
    public void Code_in_no_language_we_know_stays_plain(string markdown) => Assert.EndsWith(">if 1\n</code></pre>", Page.Lesson(markdown).Html, StringComparison.Ordinal);

    [Fact]
    public void A_formula_is_left_to_the_client_as_readable_TeX()
    {
        var page = Page.Lesson("One\n\nTwo $s_1 < \\frac{a}{b}$, three.");
        Assert.Equal("<p>One</p>\n<p>Two <span class=\"maths\" data-line=\"3\">s_1 &lt; \\frac{a}{b}</span>, three.</p>", page.Html);
        Assert.True(page.HasMaths);
    }

    [Fact]
    public void A_formula_on_its_own_lines_is_displayed() =>
        Assert.Equal("<p>One</p>\n<div class=\"maths\" data-display data-line=\"3\">a = b\n  + c</div>\n<p>Two</p>", Page.Lesson("One\n$$\na = b\n  + c\n$$\nTwo").Html);

    [Fact]
    public void A_formula_of_two_signs_alone_in_its_paragraph_is_displayed() =>
        Assert.Equal("<div class=\"maths\" data-display data-line=\"1\">E = mc^2</div>", Page.Lesson("$$E = mc^2$$").Html);

    [Fact]
    public void The_line_of_a_formula_in_a_quoted_list_is_the_line_of_the_text() =>
        Assert.Equal("4", Page.One(Page.Lesson("> - one\n>\n> - two\n>   $x$\n"), ".maths").GetAttribute("data-line"));

    [Theory]
    [InlineData("It costs $5.")]
    [InlineData("From $5 to $10 a month")]
    [InlineData("$1,200.50 or $900")]
    [InlineData("US$5 and US$6")]
    [InlineData("the price is 5$")]
    [InlineData("$5-$10")]
    [InlineData("Set $HOME and $PATH")]
    [InlineData("Places are $$ or $$$")]
    [InlineData("\\$x$ stays")]
    [InlineData("`$x` and `$y`")]
    public void Prices_and_names_are_no_formulas(string markdown)
    {
        var page = Page.Lesson(markdown);
        Assert.False(page.HasMaths);
        Assert.Empty(page.Problems);
    }

    [Fact]
    public void A_formula_may_hold_bars_within_a_table_cell() => Assert.Equal("|x|", Page.One(Page.Lesson("| A | B |\n|--|--|\n| $|x|$ | 2 |"), "td .maths").TextContent);

    [Fact]
    public void A_formula_does_not_swallow_table_rows() =>
        Assert.Equal(2, Page.Read(Page.Lesson("| A |\n|--|\n| 5 $x |\n| 6$ |").Html).QuerySelectorAll("tbody tr").Length);

    [Fact]
    public void An_escaped_dollar_stays_inside_its_formula() => Assert.Equal("5\\$ + x", Page.One(Page.Lesson("$5\\$ + x$"), ".maths").TextContent);

    [Fact]
    public void An_image_alone_becomes_a_figure_with_its_caption()
    {
        var page = Page.Lesson("![Five *arches*](assets/five permissions.svg \"Five. By NAME, CC BY 4.0\")\n\n![Five arches](<assets/five permissions.svg> \"Five. By NAME, CC BY 4.0\")");
        Assert.Equal(
            "<figure><img alt=\"Five arches\" loading=\"lazy\" decoding=\"async\" src=\"/assets/0198/five%20permissions.svg\"><figcaption>Five. By NAME, CC BY 4.0</figcaption></figure>",
            Page.One(page, "figure").OuterHtml);
        Assert.Equal(["assets/five permissions.svg"], page.Assets);
    }

    [Fact]
    public void An_image_among_words_is_no_figure() =>
        Assert.Equal("<p>See <img alt=\"a\" loading=\"lazy\" decoding=\"async\" src=\"/assets/0198/a.svg\"> here</p>", Page.Lesson("See ![a](./assets/a.svg) here").Html);

    [Fact]
    public void Without_an_asset_base_file_addresses_stay_as_written() =>
        Assert.Contains("src=\"assets/a.svg\"", MarkdownRenderer.Render("![a](assets/a.svg)", new MarkupOptions(MarkupFor.Lesson)).Html, StringComparison.Ordinal);

    [Fact]
    public void Files_may_live_on_another_host() =>
        Assert.Contains("src=\"https://files.example/a/a.svg\"", MarkdownRenderer.Render("![a](assets/a.svg)", new MarkupOptions(MarkupFor.Lesson, "https://files.example/a/")).Html, StringComparison.Ordinal);

    [Fact]
    public void An_image_from_elsewhere_becomes_a_link_so_that_nobody_is_told_before_the_click()
    {
        var page = Page.Post("![a cat](https://cats.example/cat.png)");
        Assert.Equal("<p><a href=\"https://cats.example/cat.png\" rel=\"nofollow ugc noopener\">a cat</a></p>", page.Html);
    }

    [Fact]
    public void An_external_image_in_a_link_leaves_one_link() =>
        Assert.Equal("<p><a href=\"page\">a cat</a></p>", Page.Lesson("[![a cat](https://cats.example/cat.png)](page)").Html);

    [Fact]
    public void A_link_without_words_says_its_address() => Assert.Equal("<p><a href=\"page\">page</a></p>", Page.Lesson("[](page)").Html);

    [Fact]
    public void Links_and_files_are_listed_once_and_as_written()
    {
        var page = Page.Lesson("[a](judging-quality) [b](judging-quality) [c](HTTPS://A.example/ä) [d](assets/w%20x.csv) [e](#f) <ana@a.example> [g](javascript:1)");
        Assert.Equal(["judging-quality", "HTTPS://A.example/ä", "mailto:ana@a.example"], page.Links);
        Assert.Equal(["assets/w x.csv"], page.Assets);
        Assert.Equal("/assets/0198/w%20x.csv", Page.Read(page.Html).QuerySelectorAll("a")[3].GetAttribute("href"));
    }

    [Fact]
    public void Links_are_marked_by_where_they_stand_and_lead()
    {
        Assert.Equal("<p><a href=\"https://a.example\" rel=\"noopener\">a</a> <a href=\"b\">b</a></p>", Page.Quiz("[a](https://a.example) [b](b)").Html);
        Assert.Equal("<p><a href=\"https://a.example\" rel=\"nofollow ugc noopener\">a</a> <a href=\"b\" rel=\"nofollow ugc noopener\">b</a></p>", Page.Post("[a](https://a.example) [b](b)").Html);
    }

    [Fact]
    public void A_host_is_shown_in_the_letters_that_will_be_visited() =>
        Assert.Equal("https://xn--bcher-kva.example/%C3%A4?b=%7B%7D", Page.One(Page.Lesson("[a](https://Bücher.example/ä?b={})"), "a").GetAttribute("href"));

    [Fact]
    public void A_video_is_a_card_that_loads_nothing_before_the_click()
    {
        var page = Page.Lesson("Before\n::video https://videos.example.org/w/rubric?a=b \"Two teachers score\" minutes=6 captions=\"English, Romanian\" transcript=assets/rubric-transcript.md\nAfter");

        Assert.Equal(
            "<p>Before</p>\n"
            + "<figure class=\"video-card\"><svg class=\"cover\" data-hue=\"sea\" aria-hidden=\"true\"><use href=\"/icons.svg#cover-orbit\"/></svg>"
            + "<a class=\"play\" href=\"https://videos.example.org/w/rubric?a=b\" rel=\"noopener\" data-video><span><svg class=\"icon\" aria-hidden=\"true\"><use href=\"/icons.svg#play\"/></svg>Play video (6 min)</span><span class=\"visually-hidden\">: Two teachers score</span></a>"
            + "<div><strong>Two teachers score</strong><p class=\"small soft\">Hosted on videos.example.org. Nothing is loaded from there until you press play.</p>"
            + "<p class=\"links small\"><span><svg class=\"icon\" aria-hidden=\"true\"><use href=\"/icons.svg#captions\"/></svg>Captions: English, Romanian</span>"
            + "<a href=\"/assets/0198/rubric-transcript.md\"><svg class=\"icon\" aria-hidden=\"true\"><use href=\"/icons.svg#lesson\"/></svg>Transcript</a></p></div></figure>\n"
            + "<p>After</p>",
            page.Html);
        Assert.Equal(["assets/rubric-transcript.md"], page.Assets);
        Assert.Equal(["https://videos.example.org/w/rubric?a=b"], page.Links);
        Assert.Empty(page.Problems);
    }

    [Fact]
    public void A_video_needs_no_more_than_address_and_title()
    {
        var card = Page.One(Page.Lesson("::video assets/rubric.mp4 \"Two teachers\""), "figure.video-card");
        Assert.Equal("/assets/0198/rubric.mp4", card.QuerySelector("a[data-video]")!.GetAttribute("href"));
        Assert.Equal("Play video: Two teachers", card.QuerySelector("a")!.TextContent);
        Assert.Empty(card.QuerySelectorAll("p"));
    }

    [Fact]
    public void Audio_is_a_card_too()
    {
        var card = Page.One(Page.Lesson("::audio https://a.example/x.mp3 \"Listen\" minutes=3"), "figure.callout");
        Assert.Equal("Play audio (3 min): Listen", card.QuerySelector("a[data-audio]")!.TextContent);
    }

    [Fact]
    public void A_resource_names_source_and_licence()
    {
        var card = Page.One(Page.Lesson("::resource https://unesdoc.example/ark \"Recommendation\" source=\"UNESCO\" licence=\"CC BY-SA 3.0 IGO\""), "figure.callout");
        Assert.Equal("Recommendation", card.QuerySelector("strong a[href='https://unesdoc.example/ark'][rel=noopener]")!.TextContent);
        Assert.Equal(["unesdoc.example", "Source: UNESCO", "Licence: CC BY-SA 3.0 IGO"], card.QuerySelectorAll("p span").Select(s => s.TextContent));
    }

    [Theory]
    [InlineData("video")]
    [InlineData("audio")]
    [InlineData("resource")]
    public void In_a_post_a_card_is_a_plain_link(string name) =>
        Assert.Equal("<p><a href=\"https://a.example\" rel=\"nofollow ugc noopener\">Title</a></p>", Page.Post($"::{name} https://a.example \"Title\"").Html);

    [Fact]
    public void Words_about_double_colons_are_words() => Assert.Equal("<p>::before is a pseudo-element</p>", Page.Lesson("::before is a pseudo-element").Html);

    [Fact]
    public void Raw_html_is_shown_as_text() =>
        Assert.Equal("<p>&lt;b class=&quot;*x*&quot;&gt;bold&lt;/b&gt; &lt;!-- no --&gt;</p>", Page.Lesson("<b class=\"*x*\">bold</b> <!-- no -->").Html);

    [Fact]
    public void The_renderer_speaks_the_language_of_the_page()
    {
        var page = MarkdownRenderer.Render(
            "::video https://a.example \"T\" minutes=6\n\n> [!WARNING]\n> x\n\n- [x] y",
            new MarkupOptions(MarkupFor.Lesson, Say: phrase => phrase switch
            {
                "Play video ({0} min)" => "Redă video ({0} min) <b>",
                "Warning" => "Atenție",
                "Done" => "Gata",
                _ => phrase,
            }));
        Assert.Equal("Redă video (6 min) <b>: T", Page.One(page, "a").TextContent);
        Assert.Equal("Atenție", Page.One(page, "aside strong").TextContent);
        Assert.Equal("Gata", Page.One(page, "input").GetAttribute("aria-label"));
    }

    [Fact]
    public void Every_phrase_can_be_translated()
    {
        var asked = new HashSet<string>(StringComparer.Ordinal);
        _ = MarkdownRenderer.Render(
            """
            x[^1]
            | |
            |-|
            | |

            | |
            |-|
            | |

            - [ ] a
            - [x] b

            > [!NOTE]
            > a

            > [!TIP]

            > [!IMPORTANT]

            > [!WARNING]

            > [!CAUTION]

            > [!DIARY]

            ::video https://a.example "T" minutes=6 captions="x" transcript=assets/x
            ::video https://a.example "T"
            ::audio https://a.example "T" minutes=6
            ::audio https://a.example "T"
            ::resource https://a.example "T" source=x licence=y

            [^1]: note
            """,
            new MarkupOptions(MarkupFor.Lesson, Say: phrase =>
            {
                asked.Add(phrase);
                return phrase;
            }));
        Assert.Equal(Wording.Phrases.Order(StringComparer.Ordinal), asked.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Plain_text_has_the_words_and_nothing_else()
    {
        var page = Page.Lesson("## A *title*\n\nSome **words** and [a link](https://a.example) &amp; `code`.[^1]\n\n![a picture](assets/a.svg)\n\n| A | B |\n|--|--|\n| 1 | 2 |\n\n::video https://a.example \"A video\"\n\n[^1]: A note.");
        Assert.Equal("A title\nSome words and a link & code.\na picture\nA B \n1 2 \nA video\nA note.", page.PlainText);
        Assert.Equal(18, page.Words);
    }
}
