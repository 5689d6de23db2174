using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Host.Accounts;
using MoocPlatform.Host.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Commands;

/// <summary>
/// What the process does before it opens its doors. Development, empty database: the demo course, its runs and people; killed half way,
/// the next start completes it. Production, nobody runs the site yet: a code on the console, with which the page /setup makes the first admin.
/// The setting <c>FirstStart</c> (<c>demo</c>, <c>code</c>, <c>none</c>) overrides the environment.
/// </summary>
internal sealed class FirstStart(
    HostDb db, IMediator mediator, AccountMaker accounts, OutboxPump pump, IConfiguration configuration, IHostEnvironment environment, TimeProvider clock, ILogger<FirstStart> log)
{
    internal const string DemoMark = "demo";
    internal const string CodeMark = "set-up";

    private const string Done = "done";
    private const string Zone = "Europe/Bucharest";
    private const int RunDays = 6 * 7;

    private string Kind => configuration["FirstStart"]
        ?? (environment.IsDevelopment() ? "demo" : environment.IsEnvironment("Testing") ? "none" : "code");

    public async Task Run(TextWriter console, CancellationToken ct)
    {
        if (Kind == "demo")
            await Demo(console, ct);
        else if (Kind == "code")
            await Code(console, ct);
    }

    /// <summary>Whether the demo people are here.</summary>
    public Task<bool> HasDemo(CancellationToken ct) => db.Marks.AnyAsync(m => m.Key == DemoMark, ct);

    /// <summary>How a set-up code is kept.</summary>
    public static string Hash(string? code) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes((code ?? "").Replace("-", "", StringComparison.Ordinal).Trim().ToUpperInvariant())));

    private async Task Demo(TextWriter console, CancellationToken ct)
    {
        if (await db.Marks.FindAsync([DemoMark], ct) is not { } mark)
        {
            if (await db.Users.AnyAsync(ct))
                return; // somebody's own data
            mark = new Mark { Key = DemoMark, Value = "begun", At = clock.GetUtcNow() };
            db.Add(mark);
            await db.SaveChangesAsync(ct);
        }

        // Each step asks first whether it was done: the dates hang on when it was begun, not on now.
        if (mark.Value != Done && await Try(() => Fill(mark.At, console, ct)))
        {
            mark.Value = Done;
            await db.SaveChangesAsync(ct);
        }

        await console.WriteLineAsync("Demo people (development only; the sign-in page has a button for each):");
        foreach (var person in DemoPeople.All)
            await console.WriteLineAsync($"  {person.Mail,-20} {person.Password,-30} {person.Name}, {person.What}");
    }

    // The site opens even when its demo course cannot be read; the next start tries again.
    private async Task<bool> Try(Func<Task<bool>> fill)
    {
        try
        {
            return await fill();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogError(e, "The demo course was not made; the next start tries again");
            return false;
        }
    }

    private async Task<bool> Fill(DateTimeOffset begun, TextWriter console, CancellationToken ct)
    {
        var ids = new Dictionary<DemoPerson, Guid>();
        foreach (var person in DemoPeople.All)
            ids[person] = await accounts.Ensure(person.Name, person.Mail, person.Password, person.Role);

        var owner = ids[DemoPeople.Teachers[0]];
        var report = await mediator.Send(new ImportFolder(Path.GetFullPath(configuration["Demo:Folder"] ?? "Demo/oer-in-practice", environment.ContentRootPath), owner), ct);
        await report.Tell(console);
        if (report.CourseId is not { } course)
            return false;

        var today = TimeZoneInfo.ConvertTime(begun, TimeZoneInfo.FindSystemTimeZoneById(Zone)).Date;
        var running = await Plan(course, report.Slug, owner, today.AddDays(-21), ct);
        await Plan(course, report.Slug, owner, today.AddDays(70), ct);
        foreach (var teacher in DemoPeople.Teachers)
            await mediator.Send(new NameToTeam(course, ids[teacher], ids[teacher] == owner ? CourseRole.Owner : CourseRole.Instructor), ct);
        foreach (var learner in DemoPeople.Learners.Where(l => l.Joins))
            await mediator.Send(new JoinRun(running, ids[learner]), ct);
        while (await pump.Deliver(ct))
        {
            // Quizzes and rosters are complete before the first page is asked for.
        }

        return true;
    }

    private async Task<Guid> Plan(Guid course, string slug, Guid by, DateTime start, CancellationToken ct)
    {
        var run = start.ToString("yyyy-MM", CultureInfo.InvariantCulture);
        return (await mediator.Send(new RunBySlugQuery(slug, run), ct))?.RunId
            ?? await mediator.Send(new PlanRun(course, by, run, start, start.AddDays(RunDays), Zone), ct);
    }

    // A new code at each start until there is an admin: only its hash is kept.
    private async Task Code(TextWriter console, CancellationToken ct)
    {
        var hasAdmin = await accounts.HasAdmin(ct);
        await db.InTurn(token => db.Marks.Where(m => m.Key == CodeMark).ExecuteDeleteAsync(token), ct);
        if (hasAdmin)
            return;

        var code = RandomNumberGenerator.GetString("ABCDEFGHJKLMNPQRSTUVWXYZ23456789", 20);
        db.Add(new Mark { Key = CodeMark, Value = Hash(code), At = clock.GetUtcNow() });
        await db.SaveChangesAsync(ct);
        await console.WriteLineAsync($"Nobody runs this site yet. Open /setup and give this code: {string.Join('-', code.Chunk(5).Select(c => new string(c)))}");
    }
}

/// <summary>An import in words, for the console.</summary>
internal static class ImportInWords
{
    private const int MostNamed = 20;

    public static async Task Tell(this ImportReport report, TextWriter console)
    {
        if (report.Problems.Count == 0)
        {
            await console.WriteLineAsync($"Imported “{report.Title}” ({report.Slug}): {report.Sections} sections, {report.Lessons} lessons, {report.Quizzes} quizzes, {report.Assets} files.");
            await List(console, "Written differently to fit this platform:", report.Changed);
            await List(console, "To be mended:", report.Advice);
            if (report.LeftOut.Count > 0)
                await console.WriteLineAsync($"Left out, because they are no part of a course ({report.LeftOut.Count}): {string.Join(", ", report.LeftOut.Take(MostNamed))}{(report.LeftOut.Count > MostNamed ? ", …" : "")}");
            return;
        }

        await List(console, report.Slug.Length > 0 ? $"Nothing of “{report.Slug}” was imported:" : "Nothing was imported:", report.Problems);
    }

    private static async Task List(TextWriter console, string heading, IReadOnlyList<ImportProblem> places)
    {
        if (places.Count > 0)
            await console.WriteLineAsync(heading);
        foreach (var place in places)
            await console.WriteLineAsync($"  {place.File}{(place.Line > 0 ? $", line {place.Line}" : "")}: {place.Message}");
    }
}
