using AngleSharp.Dom;

namespace MoocPlatform.Markup.Tests;

/// <summary>
/// What a page may hold, written down a second time and independently of the renderer's own list, and read as a browser reads it.
/// </summary>
internal static class Guard
{
    private static readonly string[] Tags =
    [
        "a", "aside", "blockquote", "br", "code", "dd", "del", "div", "dl", "dt", "em", "figcaption", "figure", "h2", "h3", "h4", "h5", "h6", "hr", "img", "input", "li",
        "ol", "p", "pre", "span", "strong", "sup", "svg", "table", "tbody", "td", "th", "thead", "tr", "ul", "use",
    ];

    private static readonly string[] Attributes =
    [
        "alt", "aria-hidden", "aria-label", "checked", "class", "data-audio", "data-display", "data-hue", "data-line", "data-tone", "data-video", "decoding", "disabled",
        "href", "id", "loading", "rel", "role", "scope", "src", "start", "tabindex", "title", "type",
    ];

    private static readonly string[] Classes =
    [
        "callout", "center", "cover", "icon", "links", "maths", "num", "play", "scroll", "small", "soft", "tasks", "video-card", "visually-hidden",
    ];

    public static void IsSafe(string html, string assetBase = Page.AssetBase)
    {
        var body = Page.Read(html);
        Assert.Empty(body.Attributes);
        Assert.Empty(body.Owner!.Head!.Children);
        foreach (var node in body.Descendants())
        {
            if (node is IText) continue;
            var element = Assert.IsAssignableFrom<IElement>(node); // no comments, no processing instructions
            Assert.Contains(element.LocalName, Tags);
            Assert.Equal(element.LocalName is "svg" or "use", element.NamespaceUri == "http://www.w3.org/2000/svg");
            foreach (var attribute in element.Attributes) IsSafe(element, attribute, assetBase);
            if (element.LocalName == "input") Assert.True(element.HasAttribute("disabled"));
            if (element.LocalName == "a") Assert.Null(element.QuerySelector("a"));
        }
    }

    private static void IsSafe(IElement element, IAttr attribute, string assetBase)
    {
        Assert.Null(attribute.NamespaceUri);
        Assert.Contains(attribute.LocalName, Attributes);
        switch (attribute.LocalName)
        {
            case "class":
                Assert.All(attribute.Value.Split(' '), c => Assert.True(Classes.Contains(c, StringComparer.Ordinal) || (c is "k" or "s" or "c" or "n" or "v" && element is { LocalName: "span", Attributes.Length: 1, ParentElement.LocalName: "code" }) || (element.LocalName == "code" && c.StartsWith("language-", StringComparison.Ordinal))));
                break;
            case "id":
                Assert.StartsWith("user-content-", attribute.Value, StringComparison.Ordinal);
                break;
            case "href" when element.LocalName == "use":
                Assert.StartsWith("/icons.svg#", attribute.Value, StringComparison.Ordinal);
                break;
            case "href":
                LeadsSomewhereAllowed(attribute.Value, assetBase);
                break;
            case "src":
                Assert.Equal("img", element.LocalName);
                Assert.StartsWith(assetBase, attribute.Value, StringComparison.Ordinal);
                Assert.DoesNotContain("..", attribute.Value.Split('/'));
                break;
            case "type":
                Assert.Equal("checkbox", attribute.Value);
                break;
        }
    }

    // As the URL standard reads an address: tabs and line ends vanish, spaces and controls around it too, and a backslash is a slash.
    private static void LeadsSomewhereAllowed(string href, string assetBase)
    {
        var read = new string([.. href.Where(c => c is not ('\t' or '\n' or '\r'))]).Trim([.. Enumerable.Range(0, 33).Select(i => (char)i)]).Replace('\\', '/');
        if (read.StartsWith(assetBase, StringComparison.Ordinal)) return;

        Assert.False(read.StartsWith("//", StringComparison.Ordinal), href);
        var colon = read.IndexOf(':', StringComparison.Ordinal);
        var end = read.IndexOfAny(['/', '?', '#']);
        if (colon < 0 || (end >= 0 && end < colon)) return; // no scheme

        Assert.Contains(read[..colon].ToLowerInvariant(), (string[])["http", "https", "mailto"]);
        if (!read.StartsWith("mailto", StringComparison.OrdinalIgnoreCase)) Assert.True(Uri.TryCreate(read, UriKind.Absolute, out var uri) && uri.UserInfo.Length == 0, href);
    }
}
