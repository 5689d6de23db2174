using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Schedule;

/// <summary>What the process asks of the engine behind the schedule, beyond the port. Which one is compiled in, Host.csproj says.</summary>
internal interface IEngine : ISchedule
{
    /// <summary>Address of the engine's own pages for admins; null: it has none.</summary>
    string? Pages => null;

    /// <summary>Maps <see cref="Pages"/>, behind the admin policy.</summary>
    void Map(WebApplication app)
    {
    }

    /// <summary>What is kept under a key, as <see cref="JobRunner.Keep"/> made it; null: nothing.</summary>
    Task<(string Type, string Body)?> Kept(string key, CancellationToken ct);
}
