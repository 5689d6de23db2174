using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Features.Authoring;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Features.Importing;

/// <summary>
/// Imports that people bring by the browser: the archive waits beside the courses' files until its plan is confirmed, and the work goes on without
/// the request. What is known of an import lies in a file, so that every node can show it. A process that ends in the middle has imported nothing.
/// </summary>
internal sealed class ImportDesk(AssetStore store, IServiceScopeFactory scopes, Live live, IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<ImportDesk> log)
{
    private const int AtOnce = 2;
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(1);

    private readonly SemaphoreSlim seats = new(AtOnce);
    private readonly ConcurrentDictionary<Guid, Task> working = new();

    public static string Channel(Guid key) => $"import:{key:N}";

    /// <summary>Takes an archive in and begins to read it. Asked twice with one key, it is taken once.</summary>
    public async Task Receive(Guid key, Writer by, Func<Stream, CancellationToken, Task> copy, ImportStatus begin, CancellationToken ct)
    {
        Sweep();
        if (Status(key, by.Id) is not null)
            return;
        await using (var file = new FileStream(Archive(key, by.Id), FileMode.Create))
            await copy(file, ct);
        Say(key, by.Id, begin);
        Start(key, by, keep: false);
    }

    /// <summary>How an import of this person stands. Null: there is none of this key.</summary>
    public ImportStatus? Status(Guid key, Guid person)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return JsonSerializer.Deserialize<ImportStatus>(File.ReadAllText(Note(key, person)), JsonSerializerOptions.Web);
            }
            catch (FileNotFoundException)
            {
                return null;
            }
            catch (IOException) when (attempt < 5)
            {
                // It is being written.
            }
        }
    }

    /// <summary>Does what the plan says. Only a plan without problems can be confirmed, and only once.</summary>
    public void Confirm(Guid key, Writer by)
    {
        if (Status(key, by.Id) is not { State: ImportState.Planned, Plan.Report.Problems.Count: 0 } status)
            return;
        Say(key, by.Id, status with { State = ImportState.Keeping, Done = 0, Total = 0 });
        Start(key, by, keep: true);
    }

    /// <summary>Forgets an import that nobody wants.</summary>
    public void Discard(Guid key, Guid person)
    {
        File.Delete(Archive(key, person));
        File.Delete(Note(key, person));
    }

    /// <summary>Ends when nothing is being done.</summary>
    public Task Settled() => Task.WhenAll(working.Values);

    private void Start(Guid key, Writer by, bool keep)
    {
        var before = working.GetValueOrDefault(key, Task.CompletedTask);
        working[key] = Task.Run(async () =>
        {
            await before;
            await seats.WaitAsync(lifetime.ApplicationStopping);
            try
            {
                await Work(key, by, keep, lifetime.ApplicationStopping);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogError(e, "An import could not be done");
                if (Status(key, by.Id) is { } status)
                    Say(key, by.Id, status with { State = ImportState.Failed });
            }
            finally
            {
                seats.Release();
            }
        });
    }

    private async Task Work(Guid key, Writer by, bool keep, CancellationToken ct)
    {
        var status = Status(key, by.Id) ?? throw new NotFound();
        await using var scope = scopes.CreateAsyncScope();
        var (intake, db) = (scope.ServiceProvider.GetRequiredService<CourseIntake>(), scope.ServiceProvider.GetRequiredService<CoursesDb>());
        var progress = new Tenths(p => Say(key, by.Id, status = status with { Done = p.Done, Total = p.Total }));
        using var folder = await intake.Read(Archive(key, by.Id), progress, ct);
        var slug = status.Course ?? status.Address ?? folder.Settings?.Slug ?? "";
        var there = await db.Courses.AsNoTracking().Where(c => c.Slug == slug).Select(c => new { c.Id, Mine = by.IsAdmin || c.Team.Any(t => t.PersonId == by.Id && t.Role >= CourseRole.Instructor) }).FirstOrDefaultAsync(ct);
        if (status.Course is null && there is not null)
            folder.Note("course.yaml", 0, $"There is a course at the address “{slug}” already. Bring it up to date from its own page, or give the new course another address.");
        if (status.Course is not null && there is not { Mine: true })
            throw new NotFound();
        if (folder.Settings is null || (status.Course is null && there is not null))
        {
            Say(key, by.Id, status with { State = ImportState.Planned, Plan = new(slug, null, false, CourseIntake.Report(folder, null), []) });
            return;
        }

        var arrival = await intake.Prepare(folder, slug, by.Id, ct);
        var plan = await ImportPlan.Of(db, folder, arrival, ct);
        if (!keep || plan.Report.Problems.Count > 0 || plan.Version != status.Plan?.Version)
        {
            Say(key, by.Id, status with { State = ImportState.Planned, Plan = plan, Anew = keep });
            return;
        }

        try
        {
            await intake.Keep(folder, arrival, progress, ct);
        }
        catch (DbUpdateException e) when (e is DbUpdateConcurrencyException || Database.IsDuplicate(e))
        {
            Say(key, by.Id, status with { State = ImportState.Planned, Plan = plan, Anew = true }); // somebody was faster: nothing was kept
            return;
        }

        live.TellRuns(await db.Runs.Where(r => r.CourseId == arrival.Course.Id && r.PublishedAt != null).Select(r => r.Id).ToListAsync(ct));
        Say(key, by.Id, status with { State = ImportState.Done, Plan = plan with { Report = CourseIntake.Report(folder, arrival.Course.Id) } });
        File.Delete(Archive(key, by.Id));
    }

    private void Say(Guid key, Guid person, ImportStatus status)
    {
        var half = Note(key, person) + ".half";
        File.WriteAllText(half, JsonSerializer.Serialize(status, JsonSerializerOptions.Web));
        File.Move(half, Note(key, person), overwrite: true);
        live.Tell(Channel(key), "moved");
    }

    private void Sweep()
    {
        var old = clock.GetUtcNow() - KeptFor;
        foreach (var file in new DirectoryInfo(store.FolderFor("arriving")).EnumerateFiles().Where(f => f.LastWriteTimeUtc < old.UtcDateTime))
            file.Delete();
    }

    // The person is part of the name: nobody sees the imports of others.
    private string Archive(Guid key, Guid person) => Path.Combine(store.FolderFor("arriving"), $"{person:N}-{key:N}.zip");

    private string Note(Guid key, Guid person) => Path.ChangeExtension(Archive(key, person), ".json");

    private sealed class Tenths(Action<ImportProgress> say) : IProgress<ImportProgress>
    {
        private int last = -1;

        public void Report(ImportProgress value)
        {
            var tenth = value.Done * 10 / Math.Max(1, value.Total);
            if (tenth == last)
                return;
            last = tenth;
            say(value);
        }
    }
}

/// <summary>How an import stands.</summary>
/// <param name="Course">The course that is brought up to date; null: a new one.</param>
/// <param name="Address">The new course's address; null: as its folder says.</param>
/// <param name="Done">Of <paramref name="Total"/> steps; 0 of 0 before the first.</param>
/// <param name="Anew">Whether the course has changed since the plan was confirmed, so that there is a new one.</param>
internal sealed record ImportStatus(ImportState State, string? Course, string? Address, string FileName, int Done = 0, int Total = 0, ImportPlan? Plan = null, bool Anew = false);

internal enum ImportState
{
    Reading,
    Planned,
    Keeping,
    Done,
    Failed,
}
