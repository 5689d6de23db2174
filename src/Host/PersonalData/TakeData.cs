using System.IO.Compression;
using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Host.Notifications;
using MoocPlatform.Host.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.PersonalData;

/// <summary>Has a person's data put together in the background. Asked again while it is being made, it is made once.</summary>
internal sealed record AskForMyData(Guid PersonId) : IRequest;

internal sealed class AskForMyDataHandler(HostDb db, IEnumerable<IPersonalData> parts, ISchedule schedule, TimeProvider clock) : IRequestHandler<AskForMyData, Unit>
{
    public async Task<Unit> Handle(AskForMyData request, CancellationToken cancellationToken)
    {
        var (now, person) = (clock.GetUtcNow(), request.PersonId);
        var takeaway = await db.Set<Takeaway>().SingleOrDefaultAsync(t => t.PersonId == person, cancellationToken);
        if (takeaway is null)
            db.Add(takeaway = new Takeaway { PersonId = person });
        else if (takeaway.IsBeingMade(now))
            return Unit.Value;
        (takeaway.AskedAt, takeaway.Done, takeaway.Parts, takeaway.ReadyAt, takeaway.Bytes) = (now, 0, parts.Count(), null, 0);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (Database.IsDuplicate(e))
        {
            return Unit.Value; // the other click has asked
        }

        await schedule.At($"my-data/{person:N}", now, new MakeMyData(person), cancellationToken);
        return Unit.Value;
    }
}

/// <summary>Puts a person's data together, says the schedule. Killed on the way, it is made from the beginning.</summary>
internal sealed record MakeMyData(Guid PersonId) : IRequest;

internal sealed class MakeMyDataHandler(HostDb db, IEnumerable<IPersonalData> parts, ISchedule schedule, Live live, Site site, TimeProvider clock) : IRequestHandler<MakeMyData, Unit>
{
    public async Task<Unit> Handle(MakeMyData request, CancellationToken cancellationToken)
    {
        var person = request.PersonId;
        if (!await db.Set<Takeaway>().AnyAsync(t => t.PersonId == person && t.ReadyAt == null, cancellationToken))
            return Unit.Value; // gone, or made already

        // On disk while it is made: who wrote for years has more than fits beside everybody else's.
        var path = Path.Combine(Path.GetTempPath(), $"mooc-{clock.NewKey():N}.zip");
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        await using (var zip = await ZipArchive.CreateAsync(file, ZipArchiveMode.Create, leaveOpen: true, null, cancellationToken))
        {
            await new PersonalArchive(zip, "").Text("README.md", w => w.WriteAsync(ReadMe()), cancellationToken);
            foreach (var (done, part) in parts.OrderBy(p => p.Folder, StringComparer.Ordinal).Index())
            {
                await part.Export(person, new PersonalArchive(zip, part.Folder), cancellationToken);
                await db.InTurn(ct => db.Set<Takeaway>().Where(t => t.PersonId == person).ExecuteUpdateAsync(s => s.SetProperty(t => t.Done, done + 1), ct), cancellationToken);
                live.Tell(Tray.Channel(person), "my-data");
            }
        }

        await Keep(person, file, cancellationToken);
        live.Tell(Tray.Channel(person), "my-data");
        return Unit.Value;
    }

    private async Task Keep(Guid person, FileStream file, CancellationToken ct)
    {
        var content = new byte[file.Length];
        file.Position = 0;
        await file.ReadExactlyAsync(content, ct);

        var now = clock.GetUtcNow();
        db.ChangeTracker.Clear();
        var takeaway = await db.Set<Takeaway>().SingleAsync(t => t.PersonId == person, ct);
        (takeaway.ReadyAt, takeaway.Bytes) = (now, content.Length);
        if (await db.Set<TakeawayFile>().SingleOrDefaultAsync(f => f.PersonId == person, ct) is { } old)
            old.Content = content;
        else
            db.Add(new TakeawayFile { PersonId = person, Content = content });
        await db.SaveChangesAsync(ct);
        await schedule.At($"my-data-end/{person:N}", now + Takeaway.Kept, new ForgetMyData(person), ct);
    }

    private string ReadMe() => $"""
        # My data at {site.Name}

        Everything you wrote and all that is kept about you, put together on {clock.GetUtcNow():yyyy-MM-dd HH:mm} UTC.
        Files that end in .md are texts (Markdown), files that end in .json are for programs. Times are in UTC.

        - account: your account, notifications and mails
        - courses: where you are of the team, and texts you have not saved yet
        - discussions: what you asked and answered
        - enrollment: where you take part, what you did when, and your diary
        - quizzes: your attempts and your answers

        """;
}

/// <summary>Takes a person's archive away once its time is over, says the schedule.</summary>
internal sealed record ForgetMyData(Guid PersonId) : IRequest;

internal sealed class ForgetMyDataHandler(HostDb db, TimeProvider clock) : IRequestHandler<ForgetMyData, Unit>
{
    public async Task<Unit> Handle(ForgetMyData request, CancellationToken cancellationToken)
    {
        var before = clock.GetUtcNow() - Takeaway.Kept;
        await db.InTurn(async ct =>
        {
            if (await db.Set<Takeaway>().Where(t => t.PersonId == request.PersonId && t.ReadyAt <= before).ExecuteDeleteAsync(ct) > 0)
                await db.Set<TakeawayFile>().Where(f => f.PersonId == request.PersonId).ExecuteDeleteAsync(ct);
            return true;
        }, cancellationToken);
        return Unit.Value;
    }
}
