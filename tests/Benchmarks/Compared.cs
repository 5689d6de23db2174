namespace MoocPlatform.Benchmarks;

/// <summary>The same page of two sites in turns, for somebody who is signed in: what more data cost.</summary>
internal static class Compared
{
    private const int Connections = 8;
    private const int WarmUp = 2_000;

    public static async Task<Row> Page(string what, string limitName, (Running Site, string Path, string Cookie) large, (Running Site, string Path, string Cookie) small, int seconds, double goal)
    {
        var (subject, limit) = (new List<Seen>(), new List<Seen>());
        var (a, b) = (Load.Get(large.Site.Address, large.Path, large.Cookie), Load.Get(small.Site.Address, small.Path, small.Cookie));
        await Load.Each(large.Site.Address, Enumerable.Repeat(a, WarmUp).ToList(), Connections, 200);
        await Load.Each(small.Site.Address, Enumerable.Repeat(b, WarmUp).ToList(), Connections, 200);
        for (var round = 0; round < 3; round++)
        {
            subject.Add(await Load.For(large.Site.Address, [a], Connections, TimeSpan.FromSeconds(seconds)));
            limit.Add(await Load.For(small.Site.Address, [b], Connections, TimeSpan.FromSeconds(seconds)));
        }

        return new(what, limitName, PageBenchmark.Median(subject, s => s.PerSecond), PageBenchmark.Median(limit, s => s.PerSecond),
            PageBenchmark.Median(subject, s => s.P99Milliseconds), PageBenchmark.Median(limit, s => s.P99Milliseconds), subject.Sum(s => s.Errors), goal, null, null);
    }
}
