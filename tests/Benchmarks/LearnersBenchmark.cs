namespace MoocPlatform.Benchmarks;

/// <summary>Dashboard and lesson of a learner in a run of many learners and in one of few, and that lesson against the web server.</summary>
internal static class LearnersBenchmark
{
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
            rows.Add(await Compared.Page($"{what}, {many:N0} learners", $"{few:N0} learners", (onLarge, path, large.Cookies[0]), (onSmall, path, small.Cookies[0]), seconds, 0.25));

        rows.Add(await PageBenchmark.Run($"lesson, signed in, {many:N0} learners", onLarge, large.LessonPath, large.Readers, seconds, goal: 0.10, worstP99: 6));
        return rows;
    }
}
