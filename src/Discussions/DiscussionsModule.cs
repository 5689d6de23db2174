using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MoocPlatform.Kernel;
using MoocPlatform.Discussions.Persistence;

namespace MoocPlatform.Discussions;

/// <summary>The module's door: all else here is internal.</summary>
public sealed class DiscussionsModule : IModule
{
    public void Add(IServiceCollection services, IConfiguration configuration) => services.AddModuleDb<DiscussionsDb>("discussions");
}

/// <summary>Marks the module's texts: Resources/Text.ro.resx and Text.it.resx.</summary>
internal sealed class Text;
