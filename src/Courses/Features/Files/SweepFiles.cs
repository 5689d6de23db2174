using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Features.Files;

/// <summary>
/// Removes the bytes that no course refers to. First they are put aside for a day: a file that is being brought meanwhile is noted within that day,
/// and then they are put back. Bytes younger than a day are let be, for whoever brings them has not noted them yet.
/// Asked twice, or by two nodes at once, it removes the same. Sent once a day by the schedule.
/// </summary>
internal sealed record SweepFiles : IRequest;

internal sealed class SweepFilesHandler(CoursesDb db, AssetStore store, TimeProvider clock) : IRequestHandler<SweepFiles, Unit>
{
    private const int AtOnce = 200;
    private static readonly TimeSpan Grace = TimeSpan.FromDays(1);

    public async Task<Unit> Handle(SweepFiles request, CancellationToken cancellationToken)
    {
        await foreach (var some in store.All(cancellationToken).Chunk(AtOnce).WithCancellation(cancellationToken))
        {
            var (now, hashes) = (clock.GetUtcNow(), some.Select(b => b.Hash).OfType<string>().ToHashSet(StringComparer.Ordinal));
            var needed = (await db.Assets.Where(a => hashes.Contains(a.Hash)).Select(a => a.Hash).Distinct().ToListAsync(cancellationToken)).ToHashSet(StringComparer.Ordinal);
            foreach (var bytes in some)
                await Sweep(bytes, bytes.Hash is { } hash && needed.Contains(hash), now, cancellationToken);
        }

        return Unit.Value;
    }

    private Task Sweep(StoredBytes bytes, bool isNeeded, DateTimeOffset now, CancellationToken ct) => (bytes, isNeeded) switch
    {
        ({ IsAside: true }, true) => store.TakeBack(bytes, now, ct),
        (_, true) => Task.CompletedTask,
        _ when bytes.At > now - Grace => Task.CompletedTask,
        ({ IsAside: false, Hash: not null }, _) => store.PutAside(bytes, now, ct),
        _ => store.Remove(bytes, ct),
    };
}

/// <summary>Puts the daily sweep on the schedule.</summary>
internal sealed class SweepFilesDaily(ISchedule schedule, IHostEnvironment environment) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => environment.IsEnvironment("Testing")
        ? Task.CompletedTask // there the schedule is run by hand
        : schedule.Every("courses/files", TimeSpan.FromDays(1), new SweepFiles(), cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
