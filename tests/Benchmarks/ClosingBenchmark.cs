using System.Diagnostics;

namespace MoocPlatform.Benchmarks;

/// <summary>
/// The team closes a run of many learners in the running process: how long until every grade is final and every badge issued, and what
/// pages take meanwhile against what they take before. The "limit" is the goal: all within ten minutes. Or the process is killed in between,
/// twice, and what it leaves in the end is looked at.
/// </summary>
internal static class ClosingBenchmark
{
    private const int SignedIn = 100;
    private const int PagesASecond = 50;
    private const double MostSeconds = 600;
    private const string Issued = "SELECT count(*) FROM enrollment_credentials";
    private const string Closed = "SELECT count(*) FROM enrollment_closed_grades WHERE \"DoneAt\" IS NOT NULL";
    private const string Final = "SELECT count(*) FROM enrollment_enrolments WHERE \"GradeFinal\"";
    private const string Untold = "SELECT count(*) FROM enrollment_outbox WHERE NOT \"Parked\"";
    private const string Mails = "SELECT count(*) FROM host_mails WHERE \"Kind\" IS NOT NULL";

    /// <param name="learners">In the run.</param>
    /// <param name="good">So many of them complete the course at its close.</param>
    /// <param name="before">How long pages are measured before.</param>
    public static async Task<Row> Run(int learners, int good, TimeSpan before, bool kill)
    {
        await using var site = await SeededSite.Make(SignedIn);
        await site.FillRun(learners - SignedIn, good);
        await site.GradeByMark();
        var running = await site.Run();
        try
        {
            var what = $"closing a run of {learners:N0} learners, {good:N0} badges{(kill ? ", killed twice" : "")}";
            var (usual, meanwhile) = (new Seen(0, 0, TimeSpan.FromSeconds(1), double.NaN), new Seen(0, 0, TimeSpan.FromSeconds(1), double.NaN));
            long begun;
            if (kill)
            {
                begun = await Close(site, running);
                await Until(site, Final, learners / 2);
                running = await Anew(site, running);
                await Until(site, Issued, good / 2);
                running = await Anew(site, running);
                await Done(site, good, begun);
            }
            else
            {
                var pages = site.Cookies.SelectMany(c => new[] { Load.Get(running.Address, site.LessonPath, c), Load.Get(running.Address, "/my", c) }).ToList();
                await Load.Each(running.Address, Enumerable.Range(0, 6000).Select(i => pages[i % pages.Count]).ToList(), 16, 200);
                await running.Rest();
                using var calm = new CancellationTokenSource(before);
                usual = await Load.Paced(running.Address, pages, PagesASecond, calm.Token);
                using var over = new CancellationTokenSource();
                begun = await Close(site, running);
                var load = Load.Paced(running.Address, pages, PagesASecond, over.Token);
                await Done(site, good, begun);
                await over.CancelAsync();
                meanwhile = await load;
            }

            var took = Stopwatch.GetElapsedTime(begun);
            Console.Error.WriteLine($"All issued after {took.TotalSeconds:0.0} s; then {await site.Count(Untold):N0} facts are still to be told, and {await site.Count(Mails):N0} mails have been written. Memory {running.Memory >> 20} MB.");
            var wrong = await Wrong(site, learners, good);
            return new(what, "within 10 minutes", good / took.TotalSeconds, good / MostSeconds, meanwhile.P99Milliseconds, usual.P99Milliseconds, usual.Errors + meanwhile.Errors + wrong, 1, kill ? null : 2, null);
        }
        finally
        {
            await running.DisposeAsync();
        }
    }

    // As the team does it: by the form of the page.
    private static async Task<long> Close(SeededSite site, Running running)
    {
        var (cookie, token) = await TalkBenchmark.Open(site, running.Address, site.ClosePath, site.TeacherCookie);
        var answer = await Load.Each(running.Address, [Load.PostByScript(running.Address, site.ClosePath, cookie, token)], 1, 302);
        return answer.Errors == 0 ? Stopwatch.GetTimestamp() : throw new InvalidOperationException("The run was not closed.");
    }

    private static async Task<Running> Anew(SeededSite site, Running running)
    {
        await running.DisposeAsync(); // at once, without a word
        Console.Error.WriteLine($"Killed with {await site.Count(Final):N0} grades final and {await site.Count(Issued):N0} badges issued.");
        return await site.Run();
    }

    private static async Task Done(SeededSite site, int good, long begun)
    {
        await Until(site, Closed, 1);
        Console.Error.WriteLine($"Grades are final after {Stopwatch.GetElapsedTime(begun).TotalSeconds:0.0} s.");
        await Until(site, Issued, good);
    }

    private static async Task Until(SeededSite site, string count, long enough)
    {
        for (var begun = Stopwatch.GetTimestamp(); await site.Count(count) < enough; await Task.Delay(500))
            if (Stopwatch.GetElapsedTime(begun).TotalSeconds > 2 * MostSeconds)
                throw new InvalidOperationException($"{count} is only {await site.Count(count)}.");
    }

    /// <summary>What is not as it must be, in rows.</summary>
    private static async Task<int> Wrong(SeededSite site, int learners, int good)
    {
        var wrong = 0L;
        foreach (var (what, sql, right) in new[]
        {
            ("grades that are final", Final, learners),
            ("badges", Issued, (long)good),
            ("owners of badges", "SELECT count(*) FROM (SELECT DISTINCT \"RunId\", \"PersonId\" FROM enrollment_credentials)", good),
            ("places in the status lists", "SELECT count(*) FROM (SELECT DISTINCT \"ListNumber\", \"ListIndex\" FROM enrollment_credentials)", good),
            ("places taken", "SELECT sum(\"Taken\") FROM enrollment_status_lists", good),
            ("merits rewarded", "SELECT count(*) FROM enrollment_merits WHERE \"Rewarded\"", good),
            ("learners who have completed", "SELECT count(*) FROM enrollment_enrolments WHERE \"CompletedAt\" IS NOT NULL", good),
            ("badges whose owner has completed", "SELECT count(*) FROM enrollment_credentials c JOIN enrollment_enrolments e ON e.\"RunId\" = c.\"RunId\" AND e.\"LearnerId\" = c.\"PersonId\" WHERE e.\"CompletedAt\" IS NOT NULL", good),
            ("facts parked", "SELECT count(*) FROM enrollment_outbox WHERE \"Parked\"", 0),
        })
        {
            var found = await site.Count(sql);
            if (found != right)
                Console.Error.WriteLine($"WRONG: {found:N0} {what}, not {right:N0}.");
            wrong += Math.Abs(found - right);
        }

        return (int)wrong;
    }
}
