using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace MoocPlatform.Markup.Tests;

/// <summary>Short words for what the tests do all the time.</summary>
internal static class Page
{
    public const string AssetBase = "/assets/0198/";

    public static Rendered Lesson(string markdown) => MarkdownRenderer.Render(markdown, new MarkupOptions(MarkupFor.Lesson, AssetBase));

    public static Rendered Quiz(string markdown) => MarkdownRenderer.Render(markdown, new MarkupOptions(MarkupFor.Quiz, AssetBase));

    public static Rendered Post(string markdown) => MarkdownRenderer.Render(markdown, new MarkupOptions(MarkupFor.Post, AssetBase));

    public static string Inline(string markdown) => MarkdownRenderer.Inline(markdown, new MarkupOptions(MarkupFor.Quiz, AssetBase));

    public static IElement Read(string html) => new HtmlParser().ParseDocument("<!doctype html><body>" + html).Body!;

    public static IElement One(Rendered rendered, string selector) => Assert.Single(Read(rendered.Html).QuerySelectorAll(selector));

    public static string[] Said(Rendered rendered) =>
        [.. rendered.Problems.Select(p => $"{p.Line}:{p.Column} " + string.Format(System.Globalization.CultureInfo.InvariantCulture, p.Message, p.Arguments))];
}
