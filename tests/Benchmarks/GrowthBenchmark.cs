namespace MoocPlatform.Benchmarks;

/// <summary>The same page on a site of many courses and on one of few, for somebody who is signed in and so gets no kept page.</summary>
internal static class GrowthBenchmark
{
    public static async Task<IReadOnlyList<Row>> Run(int few, int many, int seconds, double goal)
    {
        await using var small = await SeededSite.Make(learners: 1, copies: few - 1);
        await using var large = await SeededSite.Make(learners: 1, copies: many - 1);
        await using var onSmall = await small.Run();
        await using var onLarge = await large.Run();
        var rows = new List<Row>();
        foreach (var (what, path) in new[] { ("catalogue", "/"), ("catalogue by title, filtered", "/?sort=title&licence=adapt"), ("search", "/?q=licence+open"), ("course page", large.CoursePath), ("lesson", large.LessonPath) })
            rows.Add(await Compared.Page($"{what}, {many:N0} courses", $"{few} courses", (onLarge, path, large.Cookies[0]), (onSmall, path, small.Cookies[0]), seconds, goal));

        return rows;
    }
}
