using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Web;

/// <summary>
/// How much one person or address may ask for. Counted in this process: with several nodes the numbers hold for each of them; what must
/// hold over all (failed sign-ins, mails to one address) is counted in the database by accounts.
/// </summary>
internal static class Brakes
{
    private const int AtOnceInAll = 2_000;

    /// <param name="configuration"><c>Limits:Factor</c> multiplies every number; 0 takes the limits away (load tests).</param>
    public static IServiceCollection AddBrakes(this IServiceCollection services, IConfiguration configuration)
    {
        var factor = configuration.GetValue("Limits:Factor", 1.0);
        return services.AddRateLimiter(o =>
        {
            o.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            o.OnRejected = (context, _) =>
            {
                var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(5);
                context.HttpContext.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
                return ValueTask.CompletedTask;
            };
            if (factor <= 0)
            {
                foreach (var name in new[] { Limits.Login, Limits.Mail, Limits.Post })
                    o.AddPolicy(name, _ => RateLimitPartition.GetNoLimiter(""));
                return;
            }

            // A school may sit behind one address: the pages of visitors are cheap, so the bucket is deep.
            o.GlobalLimiter = PartitionedRateLimiter.CreateChained(
                PartitionedRateLimiter.Create<HttpContext, string>(c => RateLimitPartition.GetTokenBucketLimiter(Who(c), _ => Bucket(600, 60, TimeSpan.FromSeconds(1)))),
                PartitionedRateLimiter.Create<HttpContext, string>(c => c.WebSockets.IsWebSocketRequest || c.Request.Path.StartsWithSegments(LiveHub.Path, StringComparison.OrdinalIgnoreCase)
                    ? RateLimitPartition.GetNoLimiter("live")
                    : RateLimitPartition.GetConcurrencyLimiter("all", _ => new ConcurrencyLimiterOptions { PermitLimit = AtOnceInAll, QueueLimit = AtOnceInAll })));
            o.AddPolicy(Limits.Login, c => Posts(c, Source(c), key => RateLimitPartition.GetFixedWindowLimiter(key, _ => Window(30, TimeSpan.FromMinutes(5)))));
            o.AddPolicy(Limits.Mail, c => Posts(c, Who(c), key => RateLimitPartition.GetFixedWindowLimiter(key, _ => Window(5, TimeSpan.FromHours(1)))));
            o.AddPolicy(Limits.Post, c => Posts(c, Who(c), key => RateLimitPartition.GetTokenBucketLimiter(key, _ => Bucket(6, 1, TimeSpan.FromSeconds(10)))));
        });

        int Times(int number) => Math.Max(1, (int)(number * factor));

        TokenBucketRateLimiterOptions Bucket(int most, int each, TimeSpan period) =>
            new() { TokenLimit = Times(most), TokensPerPeriod = Times(each), ReplenishmentPeriod = period, QueueLimit = 0 };

        FixedWindowRateLimiterOptions Window(int most, TimeSpan window) => new() { PermitLimit = Times(most), Window = window, QueueLimit = 0 };
    }

    /// <summary>The person, or else where the request comes from.</summary>
    public static string Who(HttpContext context) => context.User.IdOrNull() is { } id ? id.ToString("N") : Source(context);

    /// <summary>The address, of IPv6 only the network that one household has (/64).</summary>
    public static string Source(HttpContext context) => Source(context.Connection.RemoteIpAddress);

    internal static string Source(IPAddress? address)
    {
        if (address is null)
            return "none";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? new IPNetwork(Masked(address), 64).ToString() : address.ToString();
    }

    private static IPAddress Masked(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        Array.Clear(bytes, 8, 8);
        return new IPAddress(bytes);
    }

    // Looking at a page costs nothing of these: only what is posted counts.
    private static RateLimitPartition<string> Posts(HttpContext context, string who, Func<string, RateLimitPartition<string>> limit) =>
        HttpMethods.IsPost(context.Request.Method) ? limit(who) : RateLimitPartition.GetNoLimiter("");
}
