using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace MoocPlatform.Kernel;

/// <summary>One room of the house. The process holds one array of them; everything else is derived from it.</summary>
public interface IModule
{
    /// <summary>Registers what the module needs. Its handlers and reactions are found by themselves.</summary>
    void Add(IServiceCollection services, IConfiguration configuration);

    /// <summary>Maps what is not a Razor page (those are found by themselves): feeds, files, small endpoints.</summary>
    void Map(IEndpointRouteBuilder endpoints)
    {
    }
}
