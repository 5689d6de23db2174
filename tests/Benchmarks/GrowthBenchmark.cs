namespace MoocPlatform.Benchmarks;

/// <summary>The same page on a site of many courses and on one of few, for somebody who is signed in and so gets no kept page.</summary>
internal static class GrowthBenchmark
{
    private const int Connections = 8;
    private const int WarmUp = 3_000;

    public static async Task<IReadOnlyList<Row>> Run(int few, int many, int seconds, double goal)
    {
        await using var small = await SeededSite.Make(learners: 1, copies: few - 1);
        await using var large = await SeededSite.Make(learners: 1, copies: many - 1);
        await using var onSmall = await small.Run();
        await using var onLarge = await large.Run();
        var rows = new List<Row>();
        foreach (var (what, path) in new[] { ("catalogue", "/"), ("catalogue by title, filtered", "/?sort=title&licence=adapt"), ("search", "/?q=licence+open"), ("course page", large.CoursePath), ("lesson", large.LessonPath) })
        {
            var (subject, limit) = (new List<Seen>(), new List<Seen>());
            var (a, b) = (Load.Get(onLarge.Address, path, large.Cookies[0]), Load.Get(onSmall.Address, path, small.Cookies[0]));
            await Load.Each(onLarge.Address, Enumerable.Repeat(a, WarmUp).ToList(), Connections, 200);
            await Load.Each(onSmall.Address, Enumerable.Repeat(b, WarmUp).ToList(), Connections, 200);
            for (var round = 0; round < 3; round++)
            {
                subject.Add(await Load.For(onLarge.Address, a, Connections, TimeSpan.FromSeconds(seconds)));
                limit.Add(await Load.For(onSmall.Address, b, Connections, TimeSpan.FromSeconds(seconds)));
            }

            rows.Add(new($"{what}, {many:N0} courses", $"{few} courses", PageBenchmark.Median(subject, s => s.PerSecond), PageBenchmark.Median(limit, s => s.PerSecond),
                PageBenchmark.Median(subject, s => s.P99Milliseconds), PageBenchmark.Median(limit, s => s.P99Milliseconds), subject.Sum(s => s.Errors), goal, null, null));
        }

        return rows;
    }
}
