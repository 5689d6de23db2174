using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using MoocPlatform.TestKit;

namespace MoocPlatform.Host.Tests;

internal static class Variations
{
    /// <summary>The same app on the same database with other settings.</summary>
    public static WebApplicationFactory<Program> With(this World world, params (string Key, string Value)[] settings) =>
        world.WithWebHostBuilder(b =>
        {
            foreach (var (key, value) in settings)
                b.UseSetting(key, value);
        });

    /// <summary>A client that follows no redirects.</summary>
    public static HttpClient Plain<T>(this WebApplicationFactory<T> factory, string address = "http://localhost")
        where T : class =>
        factory.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, BaseAddress = new Uri(address) });

    public static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) =>
        new(fields.Select(f => new KeyValuePair<string, string>(f.Name, f.Value)));
}
