namespace MoocPlatform.Host.Admin;

/// <summary>Wires what the admin pages need.</summary>
internal static class AdminRegistration
{
    public static IServiceCollection AddAdmin(this IServiceCollection services) => services.AddScoped<Outboxes>().AddHostedService<TidyDaily>();
}
