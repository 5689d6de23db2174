using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace MoocPlatform.Benchmarks;

/// <summary>A lesson's text of 20 KB shown beside the editor as its script asks for it, by one author: from the request to the last byte.</summary>
internal static partial class PreviewBenchmark
{
    private const int Bytes = 20_000;

    /// <summary>Milliseconds.</summary>
    private const double Longest = 100;

    public static async Task<Row> Run(string what, SeededSite site, Running subject, bool maths, int times)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(subject.Address, site.WorkshopPath));
        request.Headers.Add("Cookie", site.TeacherCookie);
        using var response = await site.Client.SendAsync(request);
        response.EnsureSuccessStatusCode();
        var cookies = response.Headers.TryGetValues("Set-Cookie", out var set) ? string.Concat(set.Select(c => "; " + c[..c.IndexOf(';', StringComparison.Ordinal)])) : "";
        var token = Token().Match(await response.Content.ReadAsStringAsync()).Groups[1].Value;
        var preview = Load.PostByScript(subject.Address, site.WorkshopPath + "/preview", site.TeacherCookie + cookies, token, ("kind", "lesson"), ("markdown", Text(maths)));

        await Load.Each(subject.Address, Enumerable.Repeat(preview, times).ToList(), 1, 200);
        var seen = new List<Seen>();
        for (var round = 0; round < 3; round++)
            seen.Add(await Load.Each(subject.Address, Enumerable.Repeat(preview, times).ToList(), 1, 200));
        return new(what, "–", PageBenchmark.Median(seen, s => s.PerSecond), double.NaN, PageBenchmark.Median(seen, s => s.P99Milliseconds), double.NaN, seen.Sum(s => s.Errors), 0, null, Longest);
    }

    // Letters of the keyboard alone: a byte each.
    private static string Text(bool maths)
    {
        var text = new StringBuilder();
        for (var part = 1; text.Length < Bytes; part++)
        {
            text.Append(CultureInfo.InvariantCulture, $"## Part {part}\n\nA paragraph with *some* words that **matter**, a [link](what-an-open-resource-is) and `code`. ");
            text.Append("It goes on for as long as paragraphs of lessons do, says one thing after the other, and ends.\n\n- one\n- two\n- three\n\n");
            text.Append(maths
                ? $"The mean is $\\bar{{x}} = \\frac{{1}}{{n}}\\sum_{{i=1}}^{{n}} x_i$, and\n\n$$\nv_{{{part}}} = \\sqrt{{\\frac{{a}}{{b}}}}\n$$\n\n"
                : "| a | b |\n| --- | ---: |\n| one | 1 |\n\n```python\nfor i in range(10):\n    print(i)\n```\n\n> [!TIP]\n> Remember this.\n\n");
        }

        return text.ToString(0, Bytes);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
