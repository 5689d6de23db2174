using AngleSharp.Dom;
using FsCheck;
using FsCheck.Fluent;

namespace MoocPlatform.Markup.Tests;

public sealed class SafetyTests
{
    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, Attacks.All.Length)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void An_attack_becomes_text(int number)
    {
        var attack = Attacks.All[number];
        IsSafeEverywhere(attack);
        IsSafeEverywhere(attack.Replace("\n", "\r\n", StringComparison.Ordinal));

        // In each place where the renderer does something else with what it holds.
        foreach (var (before, after) in (ReadOnlySpan<(string, string)>)
            [("> ", ""), ("- ", ""), ("1. ", ""), ("## ", ""), ("> [!TIP] ", ""), ("| a |\n|--|\n| ", " |"), ("x\n:   ", ""), ("x[^1]\n\n[^1]: ", ""), ("**", "**"), ("[", "](https://a.example)"), ("![", "](assets/a.png)"), ("```\n", "\n```"), ("`", "`"), ("$", "$"), ("::video https://a.example \"", "\"")])
        {
            IsSafeEverywhere(before + attack + after);
        }
    }

    [Fact]
    public void A_script_tag_is_shown_as_text()
    {
        var page = Page.Post("<script>alert(1)</script>");
        Assert.Equal("<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>", page.Html);
        Assert.Equal("<script>alert(1)</script>", page.PlainText);
    }

    [Fact]
    public void A_refused_link_keeps_its_words() => Assert.Equal("<p>one <em>two</em></p>", Page.Post("[one *two*](javascript:alert(1))").Html);

    [Fact]
    public void A_refused_image_keeps_its_words() => Assert.Equal("<p>a cat</p>", Page.Post("![a cat](data:image/png;base64,AA)").Html);

    [Fact]
    public void Curly_braces_set_no_attributes() => Assert.Equal("<p><a href=\"b\">a</a>{onclick=alert(1) .button}</p>", Page.Lesson("[a](b){onclick=alert(1) .button}").Html);

    [Fact]
    public void No_page_loads_anything_from_another_host_by_itself()
    {
        var page = Page.Lesson(string.Join("\n\n", Attacks.All) + "\n\n![a](https://a.example/b.png)\n\n::video https://a.example \"b\"");
        Assert.All(
            Page.Read(page.Html).QuerySelectorAll("*").SelectMany(e => e.Attributes).Where(a => a.LocalName is "src" or "srcset" or "poster" or "data" or "background"),
            a => Assert.StartsWith(Page.AssetBase, a.Value, StringComparison.Ordinal));
    }

    [Fact]
    public void Any_splice_of_attacks_is_safe()
    {
        var fragment = Gen.OneOf(
            Gen.Elements(Attacks.All),
            Gen.Elements("[", "](", ")", "![", "<", ">", "\"", "'", "`", "```\n", "$", "$$\n", "|", "\n|--|--|\n", "\n", "\n\n", "\n> ", "\n- ", "\n    ", "*", "**", "~~", "[^1]", "\n[^1]: ", "\n[x]: ", "&", ";", "\\", ":", "::video ", "javascript:", "https://a.example", "assets/", "{", "}", "=", "#", "\t", "\r"),
            from attack in Gen.Elements(Attacks.All)
            from start in Gen.Choose(0, attack.Length - 1)
            from length in Gen.Choose(1, attack.Length)
            select attack.Substring(start, Math.Min(length, attack.Length - start)));
        var text = from pieces in fragment.ListOf() select string.Concat(pieces);

        Properties.Hold(Prop.ForAll(text.ToArbitrary(), IsSafeEverywhere), times: 500, size: 40);
    }

    [Fact]
    public void Any_text_is_safe() =>
        Properties.Hold(Prop.ForAll<string>(text => IsSafeEverywhere(text ?? "")), times: 500, size: 200);

    private static void IsSafeEverywhere(string markdown)
    {
        foreach (var place in Enum.GetValues<MarkupFor>())
        {
            var options = new MarkupOptions(place, Page.AssetBase);
            var page = MarkdownRenderer.Render(markdown, options);
            Guard.IsSafe(page.Html);
            Guard.IsSafe(MarkdownRenderer.Inline(markdown, options));

            if (Written(markdown, options) is { } written) Assert.Equal(written.Trim().ReplaceLineEndings("\n"), page.Html.ReplaceLineEndings("\n")); // the second lock found nothing to do

            // Reading it and writing it again changes nothing: what the browser sees is what was checked.
            Assert.Equal(page.Html, AllowList.Apply(page.Html, Page.AssetBase));

            var ids = Page.Read(page.Html).QuerySelectorAll("[id]").Select(e => e.Id!).ToList();
            Assert.Equal(ids.Count, ids.Distinct(StringComparer.Ordinal).Count());
            Assert.All(page.Headings, heading => Assert.Contains(heading.Id, ids));

            var lines = markdown.Split(["\r\n", "\n", "\r"], StringSplitOptions.None);
            Assert.All(page.Problems, p => Assert.InRange(p.Line, 1, lines.Length));
            Assert.All(page.Problems, p => Assert.InRange(p.Column, 1, lines[p.Line - 1].Length + 1));
            Assert.DoesNotContain('\0', page.PlainText);
            Assert.InRange(MarkdownRenderer.Excerpt(markdown, 50).Length, 0, 50);
        }
    }

    private static string? Written(string markdown, MarkupOptions options)
    {
        try
        {
            var text = Characters.Clean(markdown);
            var writer = new HtmlWriter(text, options);
            writer.Write(Dialect.Parse(text));
            return writer.Written;
        }
        catch (Exception e) when (e is TooTangled or ArgumentException)
        {
            return null;
        }
    }
}
