using System.Globalization;
using MoocPlatform.Benchmarks;

CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;

if (args is ["limit", var limitUrl, var pages])
{
    await LimitServer.Run(limitUrl, pages);
    return;
}

if (args is ["import", ..])
{
    await ImportBenchmark.Run(rounds: args.Contains("--quick", StringComparer.Ordinal) ? 1 : 3);
    return;
}

if (args is ["growth", ..])
{
    Console.WriteLine("Preparing two sites, of few courses and of many; this takes some minutes.");
    var grown = await GrowthBenchmark.Run(few: 50, many: args.Contains("--quick", StringComparer.Ordinal) ? 500 : 5_000, seconds: 2, goal: 0.25);
    Row.PrintHead();
    foreach (var row in grown)
        Row.Print(row);
    return;
}

if (args is ["talk", ..])
{
    Console.WriteLine("Preparing two talks, of few posts and of many; this takes some minutes.");
    var isQuick = args.Contains("--quick", StringComparer.Ordinal);
    var talked = await TalkBenchmark.Run(few: 5_000, many: isQuick ? 50_000 : 500_000, members: isQuick ? 10_000 : 100_000, seconds: isQuick ? 1 : 3, posts: isQuick ? 2_000 : 20_000, goal: 0.5);
    Row.PrintHead();
    foreach (var row in talked)
        Row.Print(row);
    return;
}

if (args is ["posts", ..])
{
    await using var site = await SeededSite.Make(learners: 200);
    await site.FillTalk(5_000);
    await using var subject = await site.Run();
    var took = await PostBenchmark.Run(site, subject, posts: 2_000, goal: 0.10);
    Row.PrintHead();
    Row.Print(took);
    return;
}

if (args is ["live", ..])
{
    await LiveBenchmark.Run(listeners: args.Contains("--quick", StringComparer.Ordinal) ? 1_000 : 5_000);
    return;
}

if (args is ["closing", ..])
{
    var isQuick = args.Contains("--quick", StringComparer.Ordinal);
    var (learners, good) = isQuick ? (5_000, 1_000) : (100_000, 20_000);
    var closed = await ClosingBenchmark.Run(learners, good, TimeSpan.FromSeconds(isQuick ? 10 : 30), kill: args.Contains("--kill", StringComparer.Ordinal));
    Row.PrintHead();
    Row.Print(closed);
    return;
}

if (args is ["roster", ..])
{
    var listed = await RosterBenchmark.Run(few: 1_000, many: args.Contains("--quick", StringComparer.Ordinal) ? 50_000 : 1_000_000, pages: 300);
    Row.PrintHead();
    foreach (var row in listed)
        Row.Print(row);
    return;
}

if (args is ["dashboard", ..])
{
    var isQuick = args.Contains("--quick", StringComparer.Ordinal);
    var opened = await LearnersBenchmark.Run(few: 1_000, many: isQuick ? 10_000 : 100_000, seconds: isQuick ? 1 : 3);
    Row.PrintHead();
    foreach (var row in opened)
        Row.Print(row);
    return;
}

var quick = args.Contains("--quick", StringComparer.Ordinal);
var seconds = quick ? 1 : 4;
SeededSite? made = null;
Running? running = null;
(string Name, Func<string, Task<Row>> Run)[] all =
[
    ("lesson, signed in", async what => await On(async (site, subject) => await PageBenchmark.Run(what, subject, site.LessonPath, site.Readers, seconds, goal: 0.10, worstP99: 6))),
    ("catalogue, visitor", async what => await On(async (_, subject) => await PageBenchmark.Run(what, subject, "/", [null], seconds, goal: 0.5))),
    ("course page, visitor", async what => await On(async (site, subject) => await PageBenchmark.Run(what, subject, site.CoursePath, [null], seconds, goal: 0.5))),
    ("lesson, visitor", async what => await On(async (site, subject) => await PageBenchmark.Run(what, subject, site.LessonPath, [null], seconds, goal: 0.5))),
    ("autosave, 64 clients", async what => await On(async (site, subject) => await AutosaveBenchmark.Run(what, site, subject, answers: quick ? 6_000 : 60_000))),
    ("quiz submission, 64 clients", async what => await On(async (site, subject) => await SubmitBenchmark.Run(what, site, subject, rounds: 5, goal: 0.15))),
    ("preview of 20 KB", async what => await On(async (site, subject) => await PreviewBenchmark.Run(what, site, subject, maths: false, times: quick ? 100 : 400))),
    ("preview of 20 KB with formulas", async what => await On(async (site, subject) => await PreviewBenchmark.Run(what, site, subject, maths: true, times: quick ? 100 : 400))),
    ("parsing 1,000 questions", async what => await ParseBenchmark.Run(what, rounds: 9, goal: 1)),
    ("expiry of all attempts at one instant", async what => await ExpiryBenchmark.Run(what, quick ? 1_000 : 10_000, TimeSpan.FromSeconds(quick ? 5 : 20))),
];

// Words on the command line choose the rows whose names hold one of them.
var wanted = args.Where(a => !a.StartsWith('-')).ToList();
Row.PrintHead();
foreach (var (name, run) in all.Where(r => wanted.Count == 0 || wanted.Exists(w => r.Name.Contains(w, StringComparison.OrdinalIgnoreCase))))
    Row.Print(await run(name));
if (running is not null)
    await running.DisposeAsync();
if (made is not null)
    await made.DisposeAsync();

// Most rows share a site, made when the first of them asks.
async Task<Row> On(Func<SeededSite, Running, Task<Row>> measure)
{
    if (made is null)
    {
        Console.Error.WriteLine("Preparing a site with learners; this takes some minutes.");
        made = await SeededSite.Make(learners: quick ? 300 : 12_000);
    }

    return await measure(made, running ??= await made.Run());
}

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
            var limit = double.IsNaN(r.LimitPerSecond) ? "– | – | –" : $"{r.LimitPerSecond:N0} | {r.Ratio:0.000} | ≥ {r.Goal:0.00}";
            Console.WriteLine($"| {r.What} | {r.Limit} | {r.PerSecond:N0} | {limit} | {r.P99:0.0}{p99Goal} | {(double.IsNaN(r.LimitP99) ? "–" : r.LimitP99.ToString("0.0"))} | {r.Errors} |");
        }
    }
}
