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
Console.WriteLine("Preparing a site with learners; this takes some minutes.");
await using var site = await SeededSite.Make(learners: quick ? 300 : 12_000);

await using var running = await site.Run();
(string Name, Func<string, Task<Row>> Run)[] all =
[
    ("lesson, signed in", what => PageBenchmark.Run(what, running, site.LessonPath, site.Cookies[0], seconds, goal: 0.10, worstP99: 6)),
    ("catalogue, visitor", what => PageBenchmark.Run(what, running, "/", null, seconds, goal: 0.5)),
    ("course page, visitor", what => PageBenchmark.Run(what, running, site.CoursePath, null, seconds, goal: 0.5)),
    ("lesson, visitor", what => PageBenchmark.Run(what, running, site.LessonPath, null, seconds, goal: 0.5)),
    ("quiz submission, 64 clients", what => SubmitBenchmark.Run(what, site, running, rounds: 3, goal: 0.15)),
];

// Words on the command line choose the rows whose names hold one of them.
var wanted = args.Where(a => !a.StartsWith('-')).ToList();
Row.PrintHead();
foreach (var (name, run) in all.Where(r => wanted.Count == 0 || wanted.Exists(w => r.Name.Contains(w, StringComparison.OrdinalIgnoreCase))))
    Row.Print(await run(name));

namespace MoocPlatform.Benchmarks
{
    /// <summary>One line of the table: the medians of the rounds, in which subject and limit took turns.</summary>
    internal sealed record Row(string What, string Limit, double PerSecond, double LimitPerSecond, double P99, double LimitP99, int Errors, double Goal, double? WorstP99Ratio, double? WorstP99)
    {
        private double Ratio => PerSecond / LimitPerSecond;

        public static void PrintHead()
        {
            Console.WriteLine("| what | limit | per second | limit | ratio | goal | p99 ms | limit p99 ms | errors |");
            Console.WriteLine("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        }

        public static void Print(Row r)
        {
            var p99Goal = r.WorstP99Ratio is { } ratio ? $" (≤ {ratio:0.#}×)" : r.WorstP99 is { } worst ? $" (≤ {worst:0})" : "";
            Console.WriteLine($"| {r.What} | {r.Limit} | {r.PerSecond:N0} | {r.LimitPerSecond:N0} | {r.Ratio:0.000} | ≥ {r.Goal:0.00} | {r.P99:0.0}{p99Goal} | {(double.IsNaN(r.LimitP99) ? "–" : r.LimitP99.ToString("0.0"))} | {r.Errors} |");
        }
    }
}
