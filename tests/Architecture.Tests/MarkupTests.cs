using System.Text.RegularExpressions;
using Xunit;

namespace MoocPlatform.Architecture.Tests;

/// <summary>Pages keep the content security policy by construction: no inline script or style, nothing from elsewhere.</summary>
public sealed partial class MarkupTests
{
    [Fact]
    public void Pages_hold_no_inline_script_or_style() => Assert.Empty(Violations(Repository.Files("src", ".cshtml")));

    [Theory]
    [InlineData("<p style=\"color:red\">")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<button onclick=\"x()\">")]
    [InlineData("<link rel=\"stylesheet\" href=\"https://cdn.example.org/x.css\">")]
    [InlineData("<a href=\"javascript:x()\">")]
    public void A_planted_violation_is_found(string markup) => Assert.Single(Violations([("Planted.cshtml", markup)]));

    private static IEnumerable<string> Violations(IEnumerable<(string Path, string Text)> files) =>
        from file in files
        from Match found in Forbidden().Matches(file.Text)
        select $"{file.Path}: {found.Value}";

    [GeneratedRegex("""\sstyle="|<style\b|<script(?![^>]*(?:\ssrc=|application/ld\+json))[^>]*>|\son[a-z]+="|<(?:script|link|img)[^>]*(?:src|href)="https?://|javascript:""", RegexOptions.IgnoreCase)]
    private static partial Regex Forbidden();
}
