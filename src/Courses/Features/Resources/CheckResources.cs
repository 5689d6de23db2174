using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Features.Resources;

/// <summary>Looks at what lives elsewhere and is due: does it still answer, and what does it say. Sent every hour by the schedule.</summary>
internal sealed record CheckResources : IRequest;

internal sealed class CheckResourcesHandler(CoursesDb db, OutsideClient outside, TimeProvider clock) : IRequestHandler<CheckResources, Unit>
{
    private const int AtOnce = 50;

    // Whoever takes a resource puts it off, so that another node does not look at it in the same hour.
    private static readonly TimeSpan Taken = TimeSpan.FromMinutes(30);

    private readonly Dictionary<string, Robots> robots = new(StringComparer.Ordinal);

    public async Task<Unit> Handle(CheckResources request, CancellationToken cancellationToken)
    {
        foreach (var id in await Take(cancellationToken))
        {
            db.ChangeTracker.Clear();
            if (await db.Resources.FirstOrDefaultAsync(r => r.Id == id, cancellationToken) is { } resource)
                await Check(resource, cancellationToken);
        }

        return Unit.Value;
    }

    private Task<List<Guid>> Take(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return db.InTurn(async token =>
        {
            var due = await db.Resources.Where(r => r.NextAt <= now).OrderBy(r => r.NextAt).Take(AtOnce).Select(r => r.Id).ToListAsync(token);
            await db.Resources.Where(r => due.Contains(r.Id)).ExecuteUpdateAsync(s => s.SetProperty(r => r.NextAt, now + Taken), token);
            return due;
        }, ct);
    }

    private async Task Check(Resource resource, CancellationToken ct)
    {
        var (wasGone, snapshot) = (resource.IsGone, resource.SnapshotAt);
        var found = Uri.TryCreate(resource.Url, UriKind.Absolute, out var address) ? await outside.Read(address, MayRead, ct) : new(OutsideAnswer.NotPublic);
        var now = clock.GetUtcNow();
        switch (found)
        {
            case { Answer: OutsideAnswer.Read }:
                resource.Answered(resource.IsOpen ? PageText.Of(found.Text, found.IsHtml) : null, now);
                break;
            case { Answer: OutsideAnswer.Status, Status: 401 or 403 or 405 or 406 or 429 or 451 }:
                resource.Answered(null, now); // it is there, and does not open to programs
                break;
            case { Answer: OutsideAnswer.NotPublic }:
                resource.Refused(now);
                break;
            case { Answer: OutsideAnswer.Declined }:
                resource.Declined(now);
                break;
            default:
                resource.Failed(now);
                break;
        }

        // Its card in the lessons changes: they are on the shelf with the course.
        if ((resource.IsGone != wasGone || (wasGone && snapshot != resource.SnapshotAt)) && await db.Courses.FirstOrDefaultAsync(c => c.Id == resource.CourseId, ct) is { } course)
            course.Changed(now);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Somebody saved the course, or the link has left its lessons, meanwhile: it is looked at again in half an hour.
        }
    }

    // Each host is asked once in an hour what programs may read. Without an answer it will not answer us either.
    private async Task<bool> MayRead(Uri address)
    {
        var host = address.GetLeftPart(UriPartial.Authority);
        if (!robots.TryGetValue(host, out var rules))
        {
            var file = await outside.Read(new Uri(host + "/robots.txt"), mayRead: null, CancellationToken.None);
            robots[host] = rules = file switch
            {
                { Answer: OutsideAnswer.Read } => Robots.Read(file.Text, OutsideClient.Name),
                { Answer: OutsideAnswer.Status, Status: >= 500 } => Robots.None,
                _ => Robots.All,
            };
        }

        return rules.Allows(address.PathAndQuery);
    }
}

/// <summary>Puts the hourly look on the schedule, or takes it off (setting <c>Resources:Look</c>): a site on somebody's desk goes nowhere by itself.</summary>
internal sealed class CheckResourcesHourly(ISchedule schedule, IConfiguration configuration, IHostEnvironment environment) : IHostedService
{
    private const string Key = "courses/resources";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (environment.IsEnvironment("Testing"))
            return; // there the schedule is run by hand
        if (configuration.GetValue("Resources:Look", !environment.IsDevelopment()))
            await schedule.Every(Key, TimeSpan.FromHours(1), new CheckResources(), cancellationToken);
        else
            await schedule.Cancel(Key, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
