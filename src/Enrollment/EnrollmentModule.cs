using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MoocPlatform.Kernel;
using MoocPlatform.Enrollment.Persistence;

namespace MoocPlatform.Enrollment;

/// <summary>The module's door: all else here is internal.</summary>
public sealed class EnrollmentModule : IModule
{
    public void Add(IServiceCollection services, IConfiguration configuration) => services.AddModuleDb<EnrollmentDb>("enrollment");
}

/// <summary>Marks the module's texts: Resources/Text.ro.resx and Text.it.resx.</summary>
internal sealed class Text;
