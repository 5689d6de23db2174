using MediatR;
using Microsoft.AspNetCore.Identity;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Host.Accounts;
using MoocPlatform.Host.Web;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Commands;

/// <summary>What the executable is to do: say something, work on the database, or serve.</summary>
/// <param name="Says">A text and nothing else.</param>
/// <param name="Work">Done instead of serving; returns the exit code.</param>
/// <param name="Settings">Arguments that are settings of the site.</param>
internal sealed record Command(string? Says = null, int Result = 0, Func<IServiceProvider, TextWriter, CancellationToken, Task<int>>? Work = null, string[]? Settings = null);

/// <summary>The words the executable understands.</summary>
internal static class CommandLine
{
    private const int Wrong = 2;

    private const string Help = """
        MoocPlatform: one process, everything in it.

          serve                          run the site (also without any word)
          import FOLDER [--owner MAIL]   import a course folder or a ZIP of it, or bring an imported course up to date
          export COURSE [TARGET]         write a course as its folder, or as COURSE.zip when TARGET ends so or is not given
          create-admin MAIL              make an admin, or make an existing person one
          --help                         this text

        Settings are taken from appsettings.json, appsettings.{Environment}.json and environment variables.
        For the site, settings may follow as well: serve --urls http://localhost:8080

        """;

    /// <summary>The command of the arguments. Without a word it serves; what begins with a hyphen is a setting.</summary>
    public static Command Read(string[] args) => args switch
    {
        ["--help" or "-h" or "help", ..] => new(Says: Help),
        ["serve", .. var settings] => new(Settings: settings),
        [] or [['-', ..], ..] => new(Settings: args),
        ["import", var folder] => new(Work: (services, console, ct) => Import(services, console, folder, null, ct)),
        ["import", var folder, "--owner", var owner] => new(Work: (services, console, ct) => Import(services, console, folder, owner, ct)),
        ["export", var course] => new(Work: (services, console, ct) => Export(services, console, course, course + ".zip", ct)),
        ["export", var course, var target] => new(Work: (services, console, ct) => Export(services, console, course, target, ct)),
        ["create-admin", var mail] => new(Work: (services, console, _) => CreateAdmin(services, console, mail)),
        _ => new(Says: $"Not understood: {string.Join(' ', args)}\n\n{Help}", Result: Wrong),
    };

    private static async Task<int> Import(IServiceProvider services, TextWriter console, string folder, string? owner, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        var mediator = scope.ServiceProvider.GetRequiredService<IMediator>();
        if (!File.Exists(folder) && !File.Exists(Path.Combine(folder, "course.yaml")) && !File.Exists(Path.Combine(folder, "config.yaml")))
            return await Say(console, $"{Path.GetFullPath(folder)} is no course folder: it has no course.yaml.", Wrong);
        var person = owner is null
            ? await scope.ServiceProvider.GetRequiredService<AccountMaker>().FirstAdmin(ct)
            : (await mediator.Send(new PersonByMailQuery(owner), ct))?.Id;
        if (person is not { } id)
            return await Say(console, owner is null ? "There is no admin to own the course: name somebody with --owner MAIL, or create-admin MAIL first." : $"Nobody has the confirmed address {owner}.", Wrong);

        var report = await mediator.Send(new ImportFolder(Path.GetFullPath(folder), id) { Progress = new Steps(console) }, ct);
        await report.Tell(console);
        var pump = scope.ServiceProvider.GetRequiredService<OutboxPump>();
        while (await pump.Deliver(ct))
        {
            // What was imported is told to all modules before the command ends.
        }

        return report.CourseId is null ? 1 : 0;
    }

    private static async Task<int> Export(IServiceProvider services, TextWriter console, string course, string target, CancellationToken ct)
    {
        if (File.Exists(target) && !target.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
            return await Say(console, $"{Path.GetFullPath(target)} is a file. Name a folder, or a file that ends in .zip.", Wrong);
        if (Directory.Exists(target) && (target.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) || Directory.EnumerateFileSystemEntries(target).Any()))
            return await Say(console, $"{Path.GetFullPath(target)} is not empty. Name a folder that is empty or not there yet.", Wrong);
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new ExportCourse(course, target), ct) is { } report
            ? await Say(console, $"Exported “{report.Title}” to {Path.GetFullPath(target)}: {report.Sections} sections, {report.Lessons} lessons, {report.Quizzes} quizzes, {report.Assets} files, {report.Bytes} bytes.", 0)
            : await Say(console, $"There is no course {course}. What is asked for is the name in its address.", Wrong);
    }

    private static async Task<int> CreateAdmin(IServiceProvider services, TextWriter console, string typed)
    {
        if (MailAddresses.Read(typed) is not { } mail)
            return await Say(console, $"{typed} is not a mail address.", Wrong);
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<AccountMaker>().Ensure(mail[..mail.IndexOf('@', StringComparison.Ordinal)], mail, null, Policies.Admin);
        var account = await scope.ServiceProvider.GetRequiredService<UserManager<Account>>().FindByEmailAsync(mail);
        var link = await scope.ServiceProvider.GetRequiredService<AccountMails>().ResetLink(account!);
        return await Say(console, $"{mail} runs the site now. To choose a password, open within an hour:\n{link}", 0);
    }

    private static async Task<int> Say(TextWriter console, string text, int result)
    {
        await console.WriteLineAsync(text);
        return result;
    }
}

/// <summary>Says on the console, every tenth of the way, how far an import is.</summary>
internal sealed class Steps(TextWriter console) : IProgress<ImportProgress>
{
    private int told;

    public void Report(ImportProgress value)
    {
        var tenth = value.Total == 0 ? 10 : value.Done * 10 / value.Total;
        if (tenth < told)
            told = 0; // the next round
        if (tenth == told || value.Total < 50)
            return;
        told = tenth;
        console.WriteLine($"  {value.Done} of {value.Total}");
    }
}
