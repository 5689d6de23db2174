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

        using var busy = new CancellationTokenSource();
        var loading = Load.Paced(running.Address, pages, PagesASecond, busy.Token);
        var begun = Stopwatch.GetTimestamp();
        await Until(site, Open);
        var graded = Stopwatch.GetElapsedTime(begun);
        await Until(site, Untold);
        Console.WriteLine($"  graded after {graded.TotalSeconds:0.0} s (of which 5 s grace), told after {Stopwatch.GetElapsedTime(begun).TotalSeconds:0.0} s; memory {running.PeakMemory >> 20} MB");
        await busy.CancelAsync();
        var meanwhile = await loading;
        return new(what, "within a minute", attempts / graded.TotalSeconds, attempts / 60.0, meanwhile.P99Milliseconds, usual.P99Milliseconds, usual.Errors + meanwhile.Errors, 1, 2, null);
    }

    private static async Task Until(SeededSite site, string none)
    {
        while (await site.Count(none) > 0)
            await Task.Delay(200);
    }
}
