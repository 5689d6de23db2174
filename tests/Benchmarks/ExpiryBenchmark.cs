using System.Diagnostics;

namespace MoocPlatform.Benchmarks;

/// <summary>
/// Many attempts expire at one instant in the running process, while learners and visitors read: how long until the last is graded, and
/// what the pages take meanwhile against what they take before. The "limit" is the goal: all within a minute.
/// </summary>
internal static class ExpiryBenchmark
{
    private const int PagesASecond = 150;
    private const string Open = "SELECT count(*) FROM quizzes_attempts WHERE \"SubmittedAt\" IS NULL";
    private const string Untold = "SELECT count(*) FROM quizzes_outbox WHERE NOT \"Parked\"";

    public static async Task<Row> Run(string what, int attempts, TimeSpan before)
    {
        await using var site = await SeededSite.Make(attempts);
        // Time for the schedule to be written, for the start, and for what is measured before.
        var deadline = TimeProvider.System.GetUtcNow() + TimeSpan.FromMilliseconds(attempts * 6) + (3 * before) + TimeSpan.FromSeconds(20);
        await site.ExpireTogether(deadline);
        await using var running = await site.Run();
        var pages = site.Cookies.Take(100).SelectMany(c => new[] { Load.Get(running.Address, site.LessonPath, c), Load.Get(running.Address, "/", null), Load.Get(running.Address, site.CoursePath, null) }).ToList();
        await Load.Each(running.Address, Enumerable.Range(0, 6000).Select(i => pages[i % pages.Count]).ToList(), 16, 200);
        using var calm = new CancellationTokenSource(before);
        var usual = await Load.Paced(running.Address, pages, PagesASecond, calm.Token);
        if (deadline - TimeProvider.System.GetUtcNow() is not { Ticks: > 0 } left)
            throw new InvalidOperationException("The attempts expired before the pages were measured: allow more time.");
        await Task.Delay(left);

        var begun = Stopwatch.GetTimestamp();
        var grading = await While(running.Address, pages, () => Until(site, Open, TimeSpan.MaxValue));
        var graded = Stopwatch.GetElapsedTime(begun);
        var telling = await While(running.Address, pages, () => Until(site, Untold, TimeSpan.FromMinutes(1)));
        Console.Error.WriteLine(
            $"Graded after {graded.TotalSeconds:0.0} s, of which 5 s are grace. While the facts went out (a minute of it): p99 {telling.P99Milliseconds:0.0} ms, {await site.Count(Untold):N0} left. Memory {running.Memory >> 20} MB.");
        return new(what, "within a minute", attempts / graded.TotalSeconds, attempts / 60.0, grading.P99Milliseconds, usual.P99Milliseconds, usual.Errors + grading.Errors + telling.Errors, 1, 2, null);
    }

    private static async Task<Seen> While(Uri address, IReadOnlyList<byte[]> pages, Func<Task> work)
    {
        using var over = new CancellationTokenSource();
        var load = Load.Paced(address, pages, PagesASecond, over.Token);
        await work();
        await over.CancelAsync();
        return await load;
    }

    private static async Task Until(SeededSite site, string none, TimeSpan most)
    {
        for (var begun = Stopwatch.GetTimestamp(); await site.Count(none) > 0 && Stopwatch.GetElapsedTime(begun) < most;)
            await Task.Delay(200);
    }
}
