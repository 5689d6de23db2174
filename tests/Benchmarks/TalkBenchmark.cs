using System.Text.RegularExpressions;

namespace MoocPlatform.Benchmarks;

/// <summary>The pages of a talk of many posts and members against those of one of few, and posts through HTTP.</summary>
internal static partial class TalkBenchmark
{
    private const int Clients = 64;

    public static async Task<IReadOnlyList<Row>> Run(int few, int many, int members, int seconds, int posts, double goal)
    {
        await using var small = await SeededSite.Make(learners: 200);
        await using var large = await SeededSite.Make(learners: 200);
        await large.FillRun(members - 200, good: 0);
        await small.FillTalk(few);
        await large.FillTalk(many);
        await using var onSmall = await small.Run();
        await using var onLarge = await large.Run();
        var rows = new List<Row>();
        foreach (var (what, path) in new (string, Func<SeededSite, string>)[]
        {
            ("board", s => s.BoardPath), ("board, unanswered", s => s.BoardPath + "?show=unanswered"), ("board, most votes", s => s.BoardPath + "?sort=votes"),
            ("board, unread", s => s.BoardPath + "?show=unread"), ("thread", s => s.ThreadPath), ("thread of 500", s => s.BusyThreadPath),
            ("search, a word of every text", s => s.BoardPath + "/search?q=word1"), ("search, a rare word", s => s.BoardPath + "/search?q=word15000"),
        })
            rows.Add(await Compared.Page($"{what}, {many:N0} posts", $"{few:N0} posts", (onLarge, path(large), large.Cookies[0]), (onSmall, path(small), small.Cookies[0]), seconds, goal));

        rows.Add(await Compared.Page($"board, unread, the newest read, {many:N0} posts", $"{few:N0} posts", (onLarge, large.BoardPath + "?show=unread", large.Cookies[1]), (onSmall, small.BoardPath + "?show=unread", small.Cookies[1]), seconds, goal));

        var (into, beside) = (await Posts(large, onLarge, posts), await Posts(small, onSmall, posts));
        rows.Add(new($"posts, {Clients} clients, {many:N0} posts", $"{few:N0} posts", into.PerSecond, beside.PerSecond, into.P99Milliseconds, beside.P99Milliseconds, into.Errors, goal, null, null));
        return rows;
    }

    // Each reply has a key of its own, as the form of the page gives it.
    private static async Task<Seen> Posts(SeededSite site, Running subject, int count)
    {
        var pages = await Task.WhenAll(site.Cookies.Select(cookie => Open(site, subject.Address, site.ThreadPath, cookie)));
        var requests = Enumerable.Range(0, count).Select(i => Load.PostByScript(
            subject.Address, site.ThreadPath + "?handler=Reply", pages[i % pages.Length].Cookie, pages[i % pages.Length].Token,
            ("key", Guid.CreateVersion7().ToString("N")), ("Markdown", $"Reply **{i}** with a few words."))).ToList();
        await Load.Each(subject.Address, requests[..(count / 4)], Clients, 302);
        return await Load.Each(subject.Address, requests[(count / 4)..], Clients, 302);
    }

    /// <summary>Somebody's page with a form: what a post through it needs.</summary>
    public static async Task<(string Cookie, string Token)> Open(SeededSite site, Uri address, string path, string cookie)
    {
        await site.Throttle.WaitAsync();
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, path));
            request.Headers.Add("Cookie", cookie);
            using var response = await site.Client.SendAsync(request);
            response.EnsureSuccessStatusCode();
            var cookies = response.Headers.TryGetValues("Set-Cookie", out var set) ? string.Concat(set.Select(c => "; " + c[..c.IndexOf(';', StringComparison.Ordinal)])) : "";
            return (cookie + cookies, Token().Match(await response.Content.ReadAsStringAsync()).Groups[1].Value);
        }
        finally
        {
            site.Throttle.Release();
        }
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
