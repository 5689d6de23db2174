using System.Diagnostics;
using System.Globalization;
using System.Text;
using MoocPlatform.Host;

namespace MoocPlatform.Benchmarks;

/// <summary>The command <c>import</c> on a course of 400 lessons and 30 MB, as a process of its own: how long, and how much memory at most.</summary>
internal static class ImportBenchmark
{
    private const int Lessons = 400;
    private const int LessonBytes = 20_000;
    private const int Pictures = 22;
    private const int PictureBytes = 1 << 20;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Bytes.</summary>
    private const long MostMemory = 300L << 20;

    public static async Task Run(int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("mooc-import-").FullName;
        try
        {
            var course = Path.Combine(folder, "course");
            await Write(course);
            Console.WriteLine("| import of 400 lessons, 30 MB | seconds | limit | MB at most | limit |");
            Console.WriteLine("| --- | ---: | ---: | ---: | ---: |");
            for (var round = 1; round <= rounds; round++)
            {
                var site = Path.Combine(folder, $"site-{round}");
                await Command(site, "create-admin", "admin@example.org");
                var (time, memory) = await Command(site, "import", course);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| round {round} | {time.TotalSeconds:0.0} | {Limit.TotalSeconds:0} | {memory / (double)(1 << 20):0} | {MostMemory >> 20} |"));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<(TimeSpan Time, long Memory)> Command(string site, params string[] words)
    {
        Directory.CreateDirectory(site);
        var start = new ProcessStartInfo("dotnet", [typeof(Platform).Assembly.Location, .. words]) { WorkingDirectory = site, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["Site__Address"] = "http://localhost:5080";
        start.Environment["ConnectionStrings__Database"] = $"Data Source={Path.Combine(site, "mooc.db")}";
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var said = process.StandardOutput.ReadToEndAsync();
        var wrong = process.StandardError.ReadToEndAsync();
        long most = 0;
        while (!process.WaitForExit(20))
        {
            try
            {
                process.Refresh();
                most = Math.Max(most, process.PeakWorkingSet64);
            }
            catch (InvalidOperationException)
            {
                // It has just ended.
            }
        }

        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{string.Join(' ', words)}: {await said}{await wrong}");
        return (clock.Elapsed, most);
    }

    // Texts as authors write them: paragraphs, lists, a table, a formula, code, links and a picture, each time with other words.
    private static async Task Write(string folder)
    {
        var dice = new Random(1);
        var sections = new StringBuilder();
        for (var n = 0; n < Lessons; n++)
        {
            if (n % 20 == 0)
                sections.Append(CultureInfo.InvariantCulture, $"  - {{ slug: part-{n / 20}, title: Part {n / 20}, release: {{ day: {n / 20 * 7}, time: \"08:00\" }} }}\n");
            var file = Path.Combine(folder, "sections", $"{(n / 20) + 1:D2}-part-{n / 20}", $"{(n % 20) + 1:D2}-lesson-{n}.md");
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(file, $"---\ntitle: Lesson {n}\nkind: lesson\nminutes: 15\n---\n{Lesson(n, dice)}");
        }

        Directory.CreateDirectory(Path.Combine(folder, "assets"));
        for (var n = 0; n < Pictures; n++)
        {
            var bytes = new byte[PictureBytes];
            dice.NextBytes(bytes);
            byte[] signature = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];
            signature.CopyTo(bytes, 0);
            await File.WriteAllBytesAsync(Path.Combine(folder, "assets", $"picture-{n}.png"), bytes);
        }

        await File.WriteAllTextAsync(Path.Combine(folder, "course.yaml"), $"format: 1\nslug: large\ntitle: A large course\nlanguage: en\nlicence: CC-BY-4.0\nauthors:\n  - name: Ana\nsections:\n{sections}");
    }

    private static string Lesson(int n, Random dice)
    {
        var text = new StringBuilder($"![A picture](assets/picture-{n % Pictures}.png \"A picture. CC BY 4.0\")\n\n");
        for (var part = 1; text.Length < LessonBytes; part++)
        {
            text.Append(CultureInfo.InvariantCulture, $"## Part {part}\n\n");
            for (var words = 0; words < 150; words++)
                text.Append(dice.Next(12) == 0 ? "**" + Word(dice) + "** " : Word(dice) + " ");
            text.Append(CultureInfo.InvariantCulture, $"[on](lesson-{(n + part) % Lessons}).\n\n- one\n- two with `code`\n\n| a | b |\n| --- | ---: |\n| {Word(dice)} | {part} |\n\n$x^{part} + \\frac{{1}}{{2}}$\n\n```python\nfor i in range({part}):\n    print(i)\n```\n\n> [!TIP] Remember\n> {Word(dice)}.\n\n");
        }

        return text.ToString();
    }

    private static string Word(Random dice) => string.Create(dice.Next(3, 10), dice, (letters, d) =>
    {
        for (var i = 0; i < letters.Length; i++)
            letters[i] = (char)('a' + d.Next(26));
    });
}
