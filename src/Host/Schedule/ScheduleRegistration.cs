using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Schedule;

/// <summary>Wires the schedule, whichever engine is compiled in.</summary>
internal static class ScheduleRegistration
{
    /// <param name="configuration"><c>Schedule:Runs</c>: false where dates are kept but nothing runs, such as on a node that only serves pages.</param>
    public static IServiceCollection AddSchedule(this IServiceCollection services, Database database, IConfiguration configuration)
    {
        services.AddSingleton<JobRunner>();
        services.AddSingleton<DueJobs>();
        services.AddSingleton<ISchedule>(provider => provider.GetRequiredService<IEngine>());
        services.AddEngine(database, configuration.GetValue("Schedule:Runs", true));
        return services;
    }
}
