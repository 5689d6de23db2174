using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MoocPlatform.Enrollment.Features.Appearing;
using MoocPlatform.Enrollment.Features.Credentials;
using MoocPlatform.Enrollment.Features.Diary;
using MoocPlatform.Enrollment.Features.Dashboard;
using MoocPlatform.Enrollment.Features.Grading;
using MoocPlatform.Enrollment.Features.Learning;
using MoocPlatform.Enrollment.Features.Leaving;
using MoocPlatform.Enrollment.Features.Numbers;
using MoocPlatform.Enrollment.Features.Teaching;
using MoocPlatform.Enrollment.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Enrollment;

/// <summary>The module's door: all else here is internal.</summary>
public sealed class EnrollmentModule : IModule
{
    public void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddModuleDb<EnrollmentDb>("enrollment");
        services.AddScoped<IPersonalData, LearnerData>();
        services.AddSingleton<EnrolmentRead>();
        services.AddCredentials();
        services.AddNumbers();
        services.AddScoped<DiaryBook>();
        services.AddSingleton<RosterBell>();
        services.AddScoped<ILiveChannel, LearnersChannel>();
        services.AddScoped<ILiveChannel, ProgressChannel>();
        services.AddScoped<GradeBases>();
        services.AddScoped<GradeSweep>();
        services.AddScoped<MyCalendar>();
        services.AddSingleton<KnownNames>();
    }

    public void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapSeen();
        endpoints.MapBadgeFiles();
        endpoints.MapBadgeExport();
        endpoints.MapOpenData();
        endpoints.MapDiary();
        MyCalendar.Map(endpoints);
    }
}

/// <summary>Marks the module's texts: Resources/Text.ro.resx and Text.it.resx.</summary>
internal sealed class Text;
