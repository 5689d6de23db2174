using System.Text.Json;
using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Host.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Schedule;

/// <summary>Runs one job, whichever engine called: sends its request in a scope of its own and writes down how it went.</summary>
internal sealed class JobRunner(IServiceScopeFactory scopes, TimeProvider clock)
{
    /// <summary>How a request is kept in the schedule: its type and its JSON.</summary>
    /// <exception cref="ArgumentException">It holds something else than ids, instants and choices of an enumeration, which could be personal data.</exception>
    public static (string Type, string Body) Keep(IRequest due)
    {
        var type = due.GetType();
        if (type.GetProperties().FirstOrDefault(p => p.PropertyType != typeof(Guid) && p.PropertyType != typeof(DateTimeOffset) && !p.PropertyType.IsEnum) is { } other)
            throw new ArgumentException($"{type.Name}.{other.Name} is neither an id, an instant nor a choice: nothing else is kept in the schedule.", nameof(due));
        return (type.AssemblyQualifiedName!, JsonSerializer.Serialize(due, type));
    }

    /// <summary>Sends the request. Throws what it threw, so that the engine tries again.</summary>
    public async Task Run(string key, string type, string body, DateTimeOffset dueAt, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<HostDb>();
        var request = Type.GetType(type) ?? throw new InvalidOperationException($"Nothing is called {type} any more.");
        var run = new JobRun { Id = clock.NewKey(), Key = key, What = request.Name, DueAt = dueAt, StartedAt = clock.GetUtcNow() };
        try
        {
            var due = (IRequest)JsonSerializer.Deserialize(body, request)!;
            await scope.ServiceProvider.GetRequiredService<IMediator>().Send(due, ct);
        }
        catch (Exception e)
        {
            run.Error = $"{e.GetType().Name}: {e.Message}";
            throw;
        }
        finally
        {
            run.EndedAt = clock.GetUtcNow();
            db.Add(run);
            await db.SaveChangesAsync(CancellationToken.None);
        }
    }

    /// <summary>Forgets runs older than 90 days.</summary>
    public async Task Forget(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<HostDb>();
        var before = clock.GetUtcNow().AddDays(-90);
        await db.InTurn(token => db.JobRuns.Where(r => r.StartedAt < before).ExecuteDeleteAsync(token), ct);
    }
}
