using Microsoft.Extensions.DependencyInjection;
using MoocPlatform.Kernel;

namespace MoocPlatform.Enrollment.Features.Numbers;

internal static class NumbersRegistration
{
    public static void AddNumbers(this IServiceCollection services)
    {
        services.AddScoped<RunCounter>();
        services.AddScoped<NumbersDesk>();
        services.AddScoped<ILiveChannel, NumbersChannel>();
    }
}
