using MoocPlatform.Host.Accounts;

namespace MoocPlatform.Host.Commands;

/// <summary>Wires the first start and the commands.</summary>
internal static class CommandsRegistration
{
    public static IServiceCollection AddCommands(this IServiceCollection services) => services.AddScoped<AccountMaker>().AddScoped<FirstStart>();

    /// <summary>The first start, before the doors open.</summary>
    public static async Task FirstStart(this IServiceProvider services, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<FirstStart>().Run(Console.Out, ct);
    }
}
