using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MoocPlatform.Discussions.Features.Beside;
using MoocPlatform.Discussions.Features.Feeds;
using MoocPlatform.Discussions.Features.Leaving;
using MoocPlatform.Discussions.Features.Posting;
using MoocPlatform.Discussions.Features.Reading;
using MoocPlatform.Discussions.Features.Shared;
using MoocPlatform.Discussions.Features.Threads;
using MoocPlatform.Discussions.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Discussions;

/// <summary>The module's door: all else here is internal.</summary>
public sealed class DiscussionsModule : IModule
{
    public void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddModuleDb<DiscussionsDb>("discussions");
        services.AddScoped<IPersonalData, TalkData>();
        services.AddScoped<Rooms>();
        services.AddScoped<ILiveChannel, TalkChannel>();
        services.AddScoped<ILiveChannel, ThreadChannel>();
        services.AddScoped<ILiveChannel, BoardChannel>();
        services.AddScoped<Arrival>();
        services.AddScoped<TalkFeeds>();
        services.AddScoped<TalkWords>();
        services.AddSingleton<ThreadNews>();
        services.AddScoped<Viewers>();
        services.AddSingleton<Bell>();
        services.AddSingleton<RestraintRead>();
        services.AddSingleton<SettingsRead>();
        services.AddSingleton<VoteRead>();
        services.AddSingleton<PostedRead>();
        services.AddSingleton<PostingPace>();
        services.AddSingleton<BesideShelf>();
        services.AddSingleton<UnreadShelf>();
    }

    public void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPreview();
        endpoints.MapPictures();
        endpoints.MapPermalink();
        TalkFeeds.Map(endpoints);
    }
}

/// <summary>Marks the module's texts: Resources/Text.ro.resx and Text.it.resx.</summary>
internal sealed class Text;
