using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MoocPlatform.Courses.Features.Resources;

/// <summary>
/// Reads pages elsewhere, for a link that an author has written, and trusts nothing of it: the address is judged when the connection is made, so
/// that no name can lead inside between the look-up and the call; redirects are followed by hand and judged anew; time and size are bounded;
/// nothing of ours (cookies, proxy, credentials) goes along.
/// </summary>
internal sealed class OutsideClient : IDisposable
{
    /// <summary>Bytes of an answer that are read, unpacked.</summary>
    public const int MostBytes = 1 << 20;

    /// <summary>The name under which robots.txt may speak to us.</summary>
    public const string Name = "MoocPlatform";

    private const int MostRedirects = 5;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private readonly HttpClient client;

    public OutsideClient(AddressPolicy policy)
    {
        client = new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.All,
            MaxResponseHeadersLength = 32,
            MaxConnectionsPerServer = 1,
            PooledConnectionLifetime = TimeSpan.Zero,
            ConnectCallback = (context, ct) => Connect(policy, context.DnsEndPoint, ct),
        })
        { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", $"{Name} (+link check for a course)");
        client.DefaultRequestHeaders.TryAddWithoutValidation("Accept", "text/html, text/plain;q=0.9, */*;q=0.1");
    }

    /// <summary>Reads an address as it stands now.</summary>
    /// <param name="mayRead">Asked before each address, the redirects' too: whether programs are wanted there. Null: nobody asks.</param>
    public async Task<Outside> Read(Uri address, Func<Uri, Task<bool>>? mayRead, CancellationToken ct)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(ct);
        time.CancelAfter(Longest);
        try
        {
            for (var hop = 0; hop <= MostRedirects; hop++)
            {
                if (address.Scheme is not ("http" or "https") || address.UserInfo.Length > 0)
                    return new(OutsideAnswer.NotPublic);
                if (mayRead is not null && !await mayRead(address))
                    return new(OutsideAnswer.Declined);
                using var request = new HttpRequestMessage(HttpMethod.Get, address);
                using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, time.Token);
                if ((int)response.StatusCode is 301 or 302 or 303 or 307 or 308 && response.Headers.Location is { } next)
                {
                    address = new Uri(address, next);
                    continue;
                }

                var text = response.IsSuccessStatusCode && response.Content.Headers.ContentType?.MediaType is "text/html" or "text/plain" or "application/xhtml+xml"
                    ? await Text(response.Content, time.Token)
                    : "";
                return new(response.IsSuccessStatusCode ? OutsideAnswer.Read : OutsideAnswer.Status) { Status = (int)response.StatusCode, Text = text, IsHtml = response.Content.Headers.ContentType?.MediaType is not "text/plain" };
            }

            return new(OutsideAnswer.Failed); // round and round
        }
        catch (HttpRequestException e) when (e.InnerException is NotPublicException || e.GetBaseException() is NotPublicException)
        {
            return new(OutsideAnswer.NotPublic);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or InvalidDataException or UriFormatException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return new(OutsideAnswer.Failed);
        }
    }

    public void Dispose() => client.Dispose();

    private static async ValueTask<Stream> Connect(AddressPolicy policy, DnsEndPoint to, CancellationToken ct)
    {
        var found = await Dns.GetHostAddressesAsync(to.Host, ct);
        // A name that leads anywhere inside is a trick, even if it leads outside as well.
        if (found.Length == 0 || found.Any(a => !policy.Allows(a, to.Port)))
            throw new NotPublicException();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(found, to.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<string> Text(HttpContent content, CancellationToken ct)
    {
        await using var body = await content.ReadAsStreamAsync(ct);
        var bytes = new byte[MostBytes];
        var read = await body.ReadAtLeastAsync(bytes, MostBytes, throwOnEndOfStream: false, ct);
        var encoding = Encoding.UTF8;
        if (content.Headers.ContentType?.CharSet is { Length: > 0 and < 40 } name)
        {
            try
            {
                encoding = Encoding.GetEncoding(name.Trim('"'));
            }
            catch (ArgumentException)
            {
                // One that nobody knows: read as what it most likely is.
            }
        }

        return encoding.GetString(bytes, 0, read);
    }

    private sealed class NotPublicException : Exception;
}

internal enum OutsideAnswer
{
    /// <summary>A page came.</summary>
    Read,

    /// <summary>A status came that is no page.</summary>
    Status,

    /// <summary>Nothing came, or too late.</summary>
    Failed,

    /// <summary>The address is none of the public network, or none of the web.</summary>
    NotPublic,

    /// <summary>Programs are not wanted there.</summary>
    Declined,
}

/// <summary>What came from elsewhere.</summary>
internal sealed record Outside(OutsideAnswer Answer)
{
    public int Status { get; init; }

    /// <summary>The first <see cref="OutsideClient.MostBytes"/> of a text; empty: it was none.</summary>
    public string Text { get; init; } = "";

    public bool IsHtml { get; init; }
}
