using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MoocPlatform.Courses.Features.Announcing;
using MoocPlatform.Courses.Features.Asking;
using MoocPlatform.Courses.Features.Authoring;
using MoocPlatform.Courses.Features.Exporting;
using MoocPlatform.Courses.Features.Feeds;
using MoocPlatform.Courses.Features.Files;
using MoocPlatform.Courses.Features.Importing;
using MoocPlatform.Courses.Features.Leaving;
using MoocPlatform.Courses.Features.Resources;
using MoocPlatform.Courses.Features.Viewing;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses;

/// <summary>The module's door: all else here is internal.</summary>
public sealed class CoursesModule : IModule
{
    public void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddModuleDb<CoursesDb>("courses");
        services.AddScoped<IPersonalData, TeamData>();
        services.AddSingleton<Shelf>();
        services.AddScoped<CourseWords>();
        services.AddSingleton<Searches>();
        services.AddScoped<ItemReports>();
        services.AddSingleton<AssetStore>();
        services.AddScoped<CourseIntake>();
        services.AddSingleton<ImportDesk>();
        services.AddSingleton<ILiveChannel, ImportChannel>();
        services.AddScoped<CoursePackages>();
        services.AddSingleton<ILiveChannel, RunChannel>();
        services.AddSingleton(AddressPolicy.Public);
        services.AddSingleton<OutsideClient>();
        services.AddHostedService<CheckResourcesHourly>();
        services.AddHostedService<SweepFilesDaily>();
        services.AddTransient<IClaimsTransformation, LearnersEyes>();
    }

    public void Map(IEndpointRouteBuilder endpoints)
    {
        AssetFiles.Map(endpoints);
        Feeds.Map(endpoints);
        Downloads.Map(endpoints);
        AnnouncementFeed.Map(endpoints);
    }
}

/// <summary>Marks the module's texts: Resources/Text.ro.resx and Text.it.resx.</summary>
internal sealed class Text;
