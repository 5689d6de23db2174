using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace MoocPlatform.Markup.Tests;

/// <summary>Code is coloured where it is rendered: what is marked, and that nothing else happens to it.</summary>
public sealed class CodeTests
{
    private static readonly string[] Languages =
    [
        "bash", "c", "cpp", "csharp", "css", "diff", "dockerfile", "go", "html", "java", "javascript", "json", "kotlin", "lua", "markdown", "php", "powershell", "python", "r",
        "ruby", "rust", "sql", "swift", "toml", "typescript", "xml", "yaml",
    ];

    // Marked as k[…], s[…] and so on.
    [Theory]
    [InlineData("python", "@app\ndef f(x): # no\n  return 'it\\'s' + \"\"\"a\nb\"\"\" + 0x1F", "k[@app]\nk[def] f(x): c[# no]\n  k[return] s['it\\'s'] + s[\"\"\"a\nb\"\"\"] + n[0x1F]")]
    [InlineData("py", "undefined = \"open\nclass A: pass", "undefined = s[\"open]\nk[class] A: k[pass]")]
    [InlineData("bash", "if [ $# -lt 2 ]; then echo \"$1\" what-if; fi # end", "k[if] [ v[$#] -lt n[2] ]; k[then] k[echo] s[\"$1\"] what-if; k[fi] c[# end]")]
    [InlineData("sh", "cat <<EOF > ${HOME}/a#b\nit's\nEOF\necho", "cat <<EOF > v[${HOME}]/a#b\ns[it's\n]EOF\nk[echo]")]
    [InlineData("console", "$ ls -l", "$ ls -l")]
    [InlineData("c", "#include <a.h>\nint x = 'a'; /* one\ntwo */", "k[#include] <a.h>\nk[int] x = s['a']; c[/* one\ntwo */]")]
    [InlineData("c++", "auto s = R\"(a\"b)\"; // c", "k[auto] s = s[R\"(a\"b)\"]; c[// c]")]
    [InlineData("csharp", "var a = @\"c:\\\" + $@\"a\"\"b\"; [Fact] x", "k[var] a = s[@\"c:\\\"] + s[$@\"a\"\"b\"]; [Fact] x")]
    [InlineData("css", "@media print { a:hover { color: #fff; width: 1.5em } }", "k[@media] print { k[a]:hover { k[color]: n[#fff]; k[width]: n[1.5em] } }")]
    [InlineData("diff", "--- a\n+++ b\n@@ -1 +1 @@\n-one\n+two\n three", "k[--- a]\nk[+++ b]\nc[@@ -1 +1 @@]\nv[-one]\ns[+two]\n three")]
    [InlineData("go", "func f() string { return `a\\` }", "k[func] f() k[string] { k[return] s[`a\\`] }")]
    [InlineData("html", "<!-- x --><p class=\"a\">1 < 2</p><script>let a = 1</script>", "c[<!-- x -->]k[<p] class=s[\"a\"]k[>]1 < 2k[</p]k[>]k[<script]k[>]k[let] a = n[1]k[</script]k[>]")]
    [InlineData("java", "@Override public int f() { return 1_000L; }", "k[@Override] k[public] k[int] f() { k[return] n[1_000L]; }")]
    [InlineData("js", "return /a[/]\"/.test(b / c / d) // `", "k[return] s[/a[/]\"/].test(b / c / d) c[// `]")]
    [InlineData("ts", "const a: string = `x\n${b}`", "k[const] a: k[string] = s[`x\n${b}`]")]
    [InlineData("json", "{\"a\": [\"b\", -1.5e-3, true]}", "{k[\"a\"]: [s[\"b\"], -n[1.5e-3], k[true]]}")]
    [InlineData("kotlin", "fun f(x: Int) = \"$x\"", "k[fun] f(x: Int) = s[\"$x\"]")]
    [InlineData("markdown", "# One\n> two\n- `a` [b](c) [d]\n```sh\nx\n```\nend", "k[# One]\nc[> two]\nk[-] s[`a`] [b]s[(c)] [d]\ns[```sh\nx\n```]\nend")]
    [InlineData("php", "$a = 'b'; # c\nforeach ($x as $y) {}", "v[$a] = s['b']; c[# c]\nk[foreach] (v[$x] k[as] v[$y]) {}")]
    [InlineData("r", "x <- function(is.na) NULL # it's", "x <- k[function](is.na) k[NULL] c[# it's]")]
    [InlineData("ruby", "def f\n  @a ||= \"b\"\nend", "k[def] f\n  v[@a] ||= s[\"b\"]\nk[end]")]
    [InlineData("rust", "fn f<'a>(x: &'a str) -> char { '\\'' }", "k[fn] f<'a>(x: &'a k[str]) -> k[char] { s['\\''] }")]
    [InlineData("sql", "SELECT a FROM \"b\" WHERE c = 'it''s' -- d", "k[SELECT] a k[FROM] s[\"b\"] k[WHERE] c = s['it''s'] c[-- d]")]
    [InlineData("yaml", "a-b: it's # c\n- \"d\": [x#y, 2]\nurl: http://a", "k[a-b]: it's c[# c]\n- k[\"d\"]: [x#y, n[2]]\nk[url]: http://a")]
    [InlineData("toml", "[a.b]\nkey = 'c' # d", "k[[a.b]]\nk[key] = s['c'] c[# d]")]
    public void What_a_language_is_made_of_is_marked(string language, string code, string marked) => Assert.Equal(marked, Marked(language, code));

    [Fact]
    public void A_long_listing_stays_plain()
    {
        var line = "if x: # y\n";
        Assert.Contains("<span", Page.Lesson(Fenced("python", Times(line, CodeWriter.MaxLength))).Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<span", Page.Lesson(Fenced("python", Times(line, CodeWriter.MaxLength + line.Length))).Html, StringComparison.Ordinal);
    }

    [Fact]
    public void Posts_and_questions_are_coloured_too()
    {
        foreach (var page in (Rendered[])[Page.Post("```c\nint\n```"), Page.Quiz("```c\nint\n```")])
            Assert.Equal("<pre tabindex=\"0\"><code class=\"language-c\"><span class=\"k\">int</span>\n</code></pre>", page.Html);
    }

    [Fact]
    public void A_mark_stands_in_code_alone()
    {
        Assert.Equal("<p><span>a</span></p>", AllowList.Read("<p><span class=\"k\">a</span></p>", Page.AssetBase));
        Assert.Equal("<code><span>a</span></code>", AllowList.Read("<code><span class=\"k callout\">a</span></code>", Page.AssetBase));
    }

    [Fact]
    public void The_words_stay_as_they_are_in_every_language()
    {
        var piece = Gen.OneOf(
            Gen.Elements("\"", "'", "`", "\"\"\"", "\\", "/*", "*/", "//", "#", "--", "<!--", "-->", "<", "</", ">", "/>", "<script>", "</script>", "<style", "<<EOF", "EOF", "<<", "${", "}", "$", "@", "{", ":", "=", ";", "[", "]", "](", ")", "/", "%", "\n", "\n- ", "\n=begin", "R\"(", "r#\"", "\"#", " ", "\t", "&", "&amp;"),
            Gen.Elements("if", "return", "x", "1", "0x", "1e-5", "name", "é", "\U0001F600", "\u2028", "=begin", "end", "url(", "\n```\n", "+", "-", "\n+", "\n@@"),
            from text in ArbMap.Default.GeneratorFor<string>() select text ?? "");
        var code = from pieces in piece.ListOf() select Characters.Clean(string.Concat(pieces));

        Properties.Hold(Prop.ForAll(code.ToArbitrary(), Stays), times: 1000, size: 40);
    }

    // Texts at which a careless reader would go back to the beginning at every step. Nothing is timed: it is counted how often a character is written.
    [Theory]
    [InlineData("'\\")]
    [InlineData("${")]
    [InlineData("/[")]
    [InlineData("(/")]
    [InlineData("](")]
    [InlineData("]")]
    [InlineData("<a ")]
    [InlineData("<script>")]
    [InlineData("<<E ")]
    [InlineData("<<E\n")]
    [InlineData("/*")]
    [InlineData("\"\"\"")]
    [InlineData("a: ")]
    [InlineData("r#\"")]
    [InlineData("1e-")]
    public void A_text_made_to_be_dear_comes_out_whole(string unit) => Stays(Times(unit, CodeWriter.MaxLength));

    [Fact]
    public void A_place_that_the_caller_has_marked_stays_whole()
    {
        foreach (var language in Languages)
        {
            foreach (var code in new[] { "x = \uE0007\uE001 + 1", "\"\uE0007\uE001\"", "\uE0007\uE001: 1", "$\uE0007\uE001", "1\uE0007\uE001\n- \uE0007\uE001" })
                Assert.DoesNotContain(Written(language, code).Split('\uE000').Skip(1), rest => !rest.StartsWith("7\uE001", StringComparison.Ordinal));
        }
    }

    private static void Stays(string code)
    {
        var plain = new HtmlText(int.MaxValue);
        plain.AddText(code);
        foreach (var language in Languages)
        {
            var html = Written(language, code);
            Assert.Equal(plain.ToString(), WithoutMarks(html));
            Assert.Equal(html, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(html))); // no mark parts the two halves of a character
        }
    }

    private static string Written(string language, string code)
    {
        var html = new HtmlText(int.MaxValue);
        CodeWriter.Write(code, language, html);
        return html.ToString();
    }

    private static string WithoutMarks(string html)
    {
        foreach (var mark in "kscnv") html = html.Replace($"<span class=\"{mark}\">", "", StringComparison.Ordinal);
        return html.Replace("</span>", "", StringComparison.Ordinal);
    }

    private static string Marked(string language, string code)
    {
        var html = Written(language, code);
        foreach (var mark in "kscnv") html = html.Replace($"<span class=\"{mark}\">", $"{mark}[", StringComparison.Ordinal);
        return System.Net.WebUtility.HtmlDecode(html.Replace("</span>", "]", StringComparison.Ordinal));
    }

    private static string Fenced(string language, string code) => $"```{language}\n{code}```";

    private static string Times(string unit, int length) => string.Concat(Enumerable.Repeat(unit, length / unit.Length));
}
