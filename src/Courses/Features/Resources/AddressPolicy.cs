using System.Net;
using System.Net.Sockets;

namespace MoocPlatform.Courses.Features.Resources;

/// <summary>To which addresses this site goes by itself when an author has written a link.</summary>
internal sealed class AddressPolicy(Func<IPAddress, int, bool> allows)
{
    // IANA special-purpose address registries, RFC 6890 and its updates: what is not globally reachable, and what leads to it by translation.
    private static readonly IPNetwork[] NotPublic =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
            "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
        }.Select(n => IPNetwork.Parse(n)),
    ];

    private static readonly IPNetwork Global = IPNetwork.Parse("2000::/3");

    /// <summary>The public network, and in it the ports of the web.</summary>
    public static AddressPolicy Public { get; } = new((address, port) => port is 80 or 443 && IsPublic(address));

    public bool Allows(IPAddress address, int port) => allows(address, port);

    /// <summary>Whether an address is reachable by everyone, and so nothing behind our own walls.</summary>
    public static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return (address.AddressFamily == AddressFamily.InterNetwork || (address.AddressFamily == AddressFamily.InterNetworkV6 && Global.Contains(address)))
            && !NotPublic.Any(n => n.Contains(address));
    }
}
