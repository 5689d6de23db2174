namespace MoocPlatform.Benchmarks;

/// <summary>Dashboard and lesson of a learner in a run of many learners and in one of few, and that lesson against the web server.</summary>
internal static class LearnersBenchmark
{
    private const int Connections = 8;
    private const int WarmUp = 5_000;

    public static async Task<IReadOnlyList<Row>> Run(int few, int many, int seconds)
    {
        await using var small = await SeededSite.Make(learners: 10);
        await using var large = await SeededSite.Make(learners: 10);
        await small.FillRun(few - 10, good: few / 5);
        await large.FillRun(many - 10, good: many / 5);
        await using var onSmall = await small.Run();
        await using var onLarge = await large.Run();
        var rows = new List<Row>();
        foreach (var (what, path) in new[] { ("dashboard", "/my"), ("lesson", large.LessonPath) })
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

            rows.Add(new($"{what}, {many:N0} learners", $"{few:N0} learners", PageBenchmark.Median(subject, s => s.PerSecond), PageBenchmark.Median(limit, s => s.PerSecond),
                PageBenchmark.Median(subject, s => s.P99Milliseconds), PageBenchmark.Median(limit, s => s.P99Milliseconds), subject.Sum(s => s.Errors), 0.25, null, null));
        }

        rows.Add(await PageBenchmark.Run($"lesson, signed in, {many:N0} learners", onLarge, large.LessonPath, large.Cookies[0], seconds, goal: 0.10, worstP99: 6));
        return rows;
    }
}
