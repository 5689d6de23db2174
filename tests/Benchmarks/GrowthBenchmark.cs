namespace MoocPlatform.Benchmarks;

/// <summary>The same page on a site of many courses and on one of few, for somebody who is signed in and so gets no kept page.</summary>
internal static class GrowthBenchmark
{
    private const int Items = 40;

    public static async Task<IReadOnlyList<Row>> Run(int few, int many, int seconds, double goal)
    {
        await using var small = await SeededSite.Make(learners: 1, copies: few - 1, Items);
        await using var large = await SeededSite.Make(learners: 1, copies: many - 1, Items);
        await using var onSmall = await small.Run();
        await using var onLarge = await large.Run();
        var rows = new List<Row>();
        (string What, string Path, Func<SeededSite, string> Cookie)[] pages =
        [
            ("catalogue", "/", Learner), ("catalogue by title, filtered", "/?sort=title&licence=adapt", Learner), ("search", "/?q=licence+open", Learner),
            ("course page", large.CoursePath, Learner), ("lesson", large.LessonPath, Learner), ("authoring outline", large.WorkshopPath, Teacher),
        ];
        foreach (var (what, path, cookie) in pages)
            rows.Add(await Compared.Page($"{what}, {many:N0} courses of {Items} items", $"{few} courses", (onLarge, path, cookie(large)), (onSmall, path, cookie(small)), seconds, goal));

        return rows;

        static string Learner(SeededSite site) => site.Cookies[0];

        static string Teacher(SeededSite site) => site.TeacherCookie;
    }
}
