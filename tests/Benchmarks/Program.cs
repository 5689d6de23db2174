using System.Globalization;
using MoocPlatform.Benchmarks;

CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;

if (args is ["limit", var limitUrl, var pages])
{
    await LimitServer.Run(limitUrl, pages);
    return;
}

var quick = args.Contains("--quick", StringComparer.Ordinal);
var seconds = quick ? 1 : 4;
Console.WriteLine("Preparing a site with learners; this takes a minute.");
await using var site = await SeededSite.Make(learners: quick ? 300 : 6000);
var rows = new List<Row>();

await using (var running = await site.Run())
{
    rows.Add(await PageBenchmark.Run("lesson, signed in", site, running, site.LessonPath, site.Cookies[0], seconds, goal: 0.10, worstP99: 6));
    rows.Add(await PageBenchmark.Run("catalogue, visitor", site, running, "/", null, seconds, goal: 0.5));
    rows.Add(await PageBenchmark.Run("course page, visitor", site, running, site.CoursePath, null, seconds, goal: 0.5));
    rows.Add(await PageBenchmark.Run("lesson, visitor", site, running, site.LessonPath, null, seconds, goal: 0.5));
    rows.Add(await SubmitBenchmark.Run(site, running, rounds: 3, goal: 0.15));
}

Row.Print(rows);

namespace MoocPlatform.Benchmarks
{
    /// <summary>One line of the table: the medians of the rounds, in which subject and limit took turns.</summary>
    internal sealed record Row(string What, string Limit, double PerSecond, double LimitPerSecond, double P99, double LimitP99, int Errors, double Goal, double? WorstP99Ratio, double? WorstP99)
    {
        private double Ratio => PerSecond / LimitPerSecond;

        public static void Print(IReadOnlyList<Row> rows)
        {
            Console.WriteLine();
            Console.WriteLine("| what | limit | per second | limit | ratio | goal | p99 ms | limit p99 ms | errors |");
            Console.WriteLine("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
            foreach (var r in rows)
            {
                var p99Goal = r.WorstP99Ratio is { } ratio ? $" (≤ {ratio:0.#}×)" : r.WorstP99 is { } worst ? $" (≤ {worst:0})" : "";
                Console.WriteLine($"| {r.What} | {r.Limit} | {r.PerSecond:N0} | {r.LimitPerSecond:N0} | {r.Ratio:0.000} | ≥ {r.Goal:0.00} | {r.P99:0.0}{p99Goal} | {(double.IsNaN(r.LimitP99) ? "–" : r.LimitP99.ToString("0.0"))} | {r.Errors} |");
            }
        }
    }
}
