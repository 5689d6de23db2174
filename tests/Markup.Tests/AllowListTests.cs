namespace MoocPlatform.Markup.Tests;

/// <summary>The second lock alone, as if the writer had a mistake.</summary>
public sealed class AllowListTests
{
    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, Attacks.All.Length)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Raw_html_is_cut_down_to_what_is_allowed(int number)
    {
        foreach (var html in new[] { Attacks.All[number], "<p>" + Attacks.All[number], "<svg>" + Attacks.All[number], "<table>" + Attacks.All[number] })
            Guard.IsSafe(AllowList.Apply(html, Page.AssetBase));
    }

    [Theory]
    [InlineData("")]
    [InlineData("words &amp; 3 &lt; 5 &quot;so&quot; &gt;")]
    [InlineData("<p>one <em>two <strong>three <code>four</code></strong></em> <del>five</del></p>\n<p>six</p>\n")]
    [InlineData("<em>a</em> b")]
    public void Words_in_a_few_plain_tags_are_kept_without_reading_them(string html)
    {
        Assert.True(AllowList.IsPlain(html));
        Assert.Equal(AllowList.Read(html, Page.AssetBase), AllowList.Apply(html, Page.AssetBase));
    }

    [Theory]
    [InlineData("<p>a")]
    [InlineData("a</p>")]
    [InlineData("<p><p>a</p></p>")]
    [InlineData("<em><p>a</p></em>")]
    [InlineData("<p><em>a</p></em>")]
    [InlineData("<em>a")]
    [InlineData("<em >a</em>")]
    [InlineData("<emx>a</emx>")]
    [InlineData("<p>a</p ><script>b</script>")]
    [InlineData("<p title=\"b\">a</p>")]
    [InlineData("<br>")]
    [InlineData("&copy; &#60;script&#62;")]
    [InlineData("a\rb")]
    [InlineData("<em><em><em><em>a</em></em></em></em>")]
    [InlineData("<")]
    public void Anything_else_is_read_as_a_browser_would(string html) => Assert.False(AllowList.IsPlain(html));

    [Theory]
    [InlineData("<p onclick=\"x\" style=\"y\" class=\"small\">a</p>", "<p class=\"small\">a</p>")]
    [InlineData("<p class=\"small button-primary\">a</p>", "<p>a</p>")]
    [InlineData("<h2 id=\"main\">a</h2>", "<h2>a</h2>")]
    [InlineData("<h1>a <b>b</b></h1>", "a b")]
    [InlineData("<script>a</script>", "a")]
    [InlineData("<a href=\"javascript:a\" name=\"b\" target=\"c\" rel=\"d\">e</a>", "<a>e</a>")]
    [InlineData("<a href=\"#main\">e</a>", "<a>e</a>")]
    [InlineData("<img src=\"https://evil.example\" srcset=\"b\" alt=\"\">", "<img alt=\"\">")]
    [InlineData("<input type=\"text\" disabled><input type=\"checkbox\">", "")]
    [InlineData("<svg class=\"icon\"><use href=\"https://evil.example#a\" xlink:href=\"b\"/></svg>", "<svg class=\"icon\"><use/></svg>")]
    [InlineData("<svg><p>a</p></svg>", "<svg></svg><p>a</p>")]
    [InlineData("<use href=\"/icons.svg#a\">a</use>", "a")]
    [InlineData("a<!-- b -->c", "ac")]
    [InlineData("<div data-line=\"1x\" role=\"main\" tabindex=\"1\" data-tone=\"red\">a</div>", "<div>a</div>")]
    [InlineData("<code class=\"language-a language-&quot;b\">a</code>", "<code>a</code>")]
    [InlineData("<p>a &amp;lt; &lt;b&gt;</p>", "<p>a &amp;lt; &lt;b&gt;</p>")]
    public void What_is_not_listed_is_left_out(string html, string kept) => Assert.Equal(kept, AllowList.Apply(html, Page.AssetBase));
}
