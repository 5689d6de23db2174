using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using MoocPlatform.Host.Accounts;
using MoocPlatform.Host.Admin;
using MoocPlatform.Host.Commands;
using MoocPlatform.Host.Notifications;
using MoocPlatform.Host.Persistence;
using MoocPlatform.Host.PersonalData;
using MoocPlatform.Host.Schedule;
using MoocPlatform.Host.Web;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host;

/// <summary>Marks the texts of the process: Resources/Text.ro.resx and Text.it.resx.</summary>
internal sealed class Text;

/// <summary>How the process is put together, in the order in which it runs.</summary>
internal static class Platform
{
    public static void AddPlatform(this WebApplicationBuilder builder, IReadOnlyCollection<IModule> modules)
    {
        var services = builder.Services;
        var database = new Database(builder.Configuration.GetConnectionString("Database")!);
        var site = Site.From(builder.Configuration, builder.Environment);

        services.AddSingleton(database);
        services.AddSingleton<WriteGate>();
        services.AddSingleton<UnhurriedThread>();
        services.AddSingleton<Live>();
        services.AddSingleton(TimeProvider.System);
        services.AddHttpContextAccessor();
        services.AddScoped<Reader>();
        services.AddMemoryCache();
        services.AddLocalization(o => o.ResourcesPath = "Resources");
        builder.AddWeb(site);
        services.AddRazorPages(o =>
        {
            o.Conventions.ConfigureFilter(new BusyFilter());
            if (!builder.Environment.IsDevelopment())
                o.Conventions.AddPageRouteModelConvention("/Notifications/DevMail", page => page.Selectors.Clear());
        }).WithRazorPagesAtContentRoot();
        services.AddSingleton<IConfigureOptions<MvcOptions>, TypedText>();

        services.AddModuleDb<HostDb>("host");
        services.AddPersonalData();
        services.AddAccounts(site, builder.Configuration, builder.Environment);
        services.AddMail();
        services.AddAdmin();
        services.AddCommands();
        services.AddAuthorizationBuilder()
            .AddPolicy(Policies.SignedIn, p => p.RequireAuthenticatedUser())
            .AddPolicy(Policies.Teacher, p => p.RequireRole(Policies.Teacher, Policies.Admin))
            .AddPolicy(Policies.Admin, p => p.RequireRole(Policies.Admin))
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());

        services.AddMessaging([typeof(Platform).Assembly, .. modules.Select(m => m.GetType().Assembly)]);
        foreach (var module in modules)
            module.Add(services, builder.Configuration);
        services.AddSchedule(database, builder.Configuration);
        services.AddSingleton<OutboxPump>();
        services.AddHostedService(p => p.GetRequiredService<OutboxPump>());
        services.AddSingleton<LivePresence>();
        services.AddSingleton<LiveSessions>();
        services.AddSingleton<LiveRelay>();
        services.AddHostedService(p => p.GetRequiredService<LiveRelay>());
        services.AddHostedService<LiveSender>();
    }

    public static void UsePlatform(this WebApplication app, IReadOnlyCollection<IModule> modules)
    {
        app.UseWeb();
        app.UseAntiforgery(); // for the small endpoints that take forms; pages check by themselves
        app.MapRazorPages();
        foreach (var module in modules)
            module.Map(app);
        app.Services.GetRequiredService<IEngine>().Map(app);
        app.MapWeb();
        app.Greet();
    }
}
