using Microsoft.Extensions.DependencyInjection;

namespace MoocPlatform.Enrollment.Features.Credentials;

/// <summary>Wires what credentials need.</summary>
internal static class CredentialsRegistration
{
    public static IServiceCollection AddCredentials(this IServiceCollection services) => services
        .AddScoped<BadgeText>().AddScoped<SigningKeys>().AddScoped<StatusLists>().AddScoped<Issuing>().AddScoped<Checking>();
}
