using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MoocPlatform.Kernel;
using MoocPlatform.Courses.Persistence;

namespace MoocPlatform.Courses;

/// <summary>The module's door: all else here is internal.</summary>
public sealed class CoursesModule : IModule
{
    public void Add(IServiceCollection services, IConfiguration configuration) => services.AddModuleDb<CoursesDb>("courses");
}

/// <summary>Marks the module's texts: Resources/Text.ro.resx and Text.it.resx.</summary>
internal sealed class Text;
