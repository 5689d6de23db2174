namespace MoocPlatform.Markup.Tests;

public sealed class ExcerptTests
{
    [Theory]
    [InlineData("Short *text*.", 40, "Short text.")]
    [InlineData("## Title\n\nOne two three four", 15, "Title One two…")]
    [InlineData("One two, three", 9, "One two…")]
    [InlineData("Supercalifragilistic", 10, "Supercali…")]
    [InlineData("😀😀😀😀", 4, "😀…")]
    [InlineData("<script>alert(1)</script>", 40, "<script>alert(1)</script>")]
    [InlineData("", 10, "")]
    [InlineData("One", 0, "")]
    public void An_excerpt_is_cut_between_words(string markdown, int characters, string excerpt) => Assert.Equal(excerpt, MarkdownRenderer.Excerpt(markdown, characters));

    [Fact]
    public void An_excerpt_is_never_longer_than_asked()
    {
        const string text = "Words of *many* lengths, some incomprehensibilities, a `code` and https://example.org/a/very/long/address 😀😀😀";
        for (var characters = 1; characters < 120; characters++)
            Assert.InRange(MarkdownRenderer.Excerpt(text, characters).Length, 0, characters);
    }

    [Fact]
    public void A_bomb_has_an_excerpt_too() => Assert.InRange(MarkdownRenderer.Excerpt(new string('>', 300_000), 20).Length, 1, 20);
}
