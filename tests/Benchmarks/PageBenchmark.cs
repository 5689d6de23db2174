using System.Text;

namespace MoocPlatform.Benchmarks;

/// <summary>A page, asked for by several people in turn or by a visitor, against the web server returning the same bytes.</summary>
internal static class PageBenchmark
{
    private const int Connections = 32;
    private const int WarmUp = 25_000;
    private const int WarmUps = 4;
    private const int Rounds = 5;

    public static async Task<Row> Run(string what, Running subject, string path, IReadOnlyList<string?> cookies, int seconds, double goal, double? worstP99 = null)
    {
        var folder = Directory.CreateTempSubdirectory("mooc-limit-").FullName;
        var bytes = await Bytes(subject.Address, path, cookies[0]);
        if (cookies[0] is not null != Encoding.UTF8.GetString(bytes).Contains("/account/sign-out", StringComparison.Ordinal))
            throw new InvalidOperationException($"{path} was not made for the person that it was asked by.");
        await File.WriteAllBytesAsync(Path.Combine(folder, "page"), bytes);
        await using var limit = LimitServer.Start(folder);
        await limit.Ready("/page");

        byte[][] requests = [.. cookies.Select(cookie => Load.Get(subject.Address, path, cookie))];
        var (pages, limits) = (new List<Seen>(), new List<Seen>());
        // Compiled code is made better while it runs, and in a rest after it: what is measured is the state of a site that has been up for a while.
        for (var warmUp = 0; warmUp < WarmUps; warmUp++)
        {
            await Load.Each(subject.Address, [.. Enumerable.Range(0, WarmUp).Select(i => requests[i % requests.Length])], Connections, 200);
            await subject.Rest();
            await Load.Each(limit.Address, Enumerable.Repeat(Load.Get(limit.Address, "/page", null), WarmUp).ToList(), Connections, 200);
            await limit.Rest();
        }

        for (var round = 0; round < Rounds; round++)
        {
            pages.Add(await Load.For(subject.Address, requests, Connections, TimeSpan.FromSeconds(seconds)));
            limits.Add(await Load.For(limit.Address, [Load.Get(limit.Address, "/page", null)], Connections, TimeSpan.FromSeconds(seconds)));
        }

        Directory.Delete(folder, recursive: true);
        return new(what, "web server, same bytes", Median(pages, s => s.PerSecond), Median(limits, s => s.PerSecond), Median(pages, s => s.P99Milliseconds),
            Median(limits, s => s.P99Milliseconds), pages.Sum(s => s.Errors), goal, worstP99, null);
    }

    public static double Median(IEnumerable<Seen> seen, Func<Seen, double> figure)
    {
        var sorted = seen.Select(figure).Order().ToList();
        return sorted[sorted.Count / 2];
    }

    private static async Task<byte[]> Bytes(Uri address, string path, string? cookie)
    {
        using var client = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, path));
        if (cookie is not null)
            request.Headers.Add("Cookie", cookie);
        using var response = await client.SendAsync(request);
        if (!response.IsSuccessStatusCode)
            throw new InvalidOperationException($"{path} answered {(int)response.StatusCode}.");
        return await response.Content.ReadAsByteArrayAsync();
    }
}
