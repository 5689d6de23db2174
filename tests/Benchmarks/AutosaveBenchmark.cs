using System.Text.Json;
using System.Text.RegularExpressions;

namespace MoocPlatform.Benchmarks;

/// <summary>Answers sent one by one as the script of an attempt sends them, by 64 clients as fast as they are confirmed.</summary>
internal static partial class AutosaveBenchmark
{
    private const int Clients = 64;
    private const int Learners = 512;

    public static async Task<Row> Run(string what, SeededSite site, Running subject, int answers)
    {
        var pages = await Task.WhenAll(Enumerable.Range(0, Math.Min(Learners, site.Attempts.Count)).Select(i => Open(site, subject.Address, i)));
        var requests = Enumerable.Range(0, answers).Select(i => pages[i % pages.Length].Answer(1 + (i / pages.Length), (i / pages.Length) % site.Questions)).ToList();
        await Load.Each(subject.Address, requests[..(answers / 2)], Clients, 200);
        var seen = new List<Seen>();
        foreach (var round in requests[(answers / 2)..].Chunk((answers + 5) / 6))
            seen.Add(await Load.Each(subject.Address, round, Clients, 200));
        return new(what, "–", PageBenchmark.Median(seen, s => s.PerSecond), double.NaN, PageBenchmark.Median(seen, s => s.P99Milliseconds), double.NaN, seen.Sum(s => s.Errors), 0, null, 50);
    }

    private static async Task<Page> Open(SeededSite site, Uri address, int learner)
    {
        await site.Throttle.WaitAsync();
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, site.Attempts[learner]));
            request.Headers.Add("Cookie", site.Cookies[learner]);
            using var response = await site.Client.SendAsync(request);
            response.EnsureSuccessStatusCode();
            var cookies = response.Headers.TryGetValues("Set-Cookie", out var set) ? string.Concat(set.Select(c => "; " + c[..c.IndexOf(';', StringComparison.Ordinal)])) : "";
            var token = Token().Match(await response.Content.ReadAsStringAsync()).Groups[1].Value;
            return new Page(address, site.Attempts[learner] + "/steps", site.Cookies[learner] + cookies, token, Guid.CreateVersion7());
        }
        finally
        {
            site.Throttle.Release();
        }
    }

    /// <summary>An open attempt in a browser.</summary>
    private sealed record Page(Uri Address, string Path, string Cookie, string Token, Guid Id)
    {
        public byte[] Answer(int sequence, int question) => Load.PostByScript(
            Address, Path, Cookie, Token, ("page", Id.ToString("N")), ("steps", JsonSerializer.Serialize(new[] { new { sequence, question, values = new[] { $"{sequence % 3}" } } })));
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
