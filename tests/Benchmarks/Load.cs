using System.Buffers;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MoocPlatform.Benchmarks;

/// <summary>What a load saw.</summary>
internal sealed record Seen(int Requests, int Errors, TimeSpan Time, double P99Milliseconds)
{
    public double PerSecond => Requests / Time.TotalSeconds;
}

/// <summary>
/// A client that costs little: raw sockets kept open, requests made beforehand, answers read to their end and only their status looked at.
/// Client and server share the machine, so a costly client would flatter every ratio.
/// </summary>
internal static class Load
{
    /// <summary>Sends the requests in turn, again and again, over so many connections for so long.</summary>
    public static Task<Seen> For(Uri address, IReadOnlyList<byte[]> requests, int connections, TimeSpan time, int expectedStatus = 200)
    {
        var until = Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency);
        var next = -1;
        return Run(address, connections, () => Stopwatch.GetTimestamp() < until ? requests[(Interlocked.Increment(ref next) & int.MaxValue) % requests.Count] : null, expectedStatus);
    }

    /// <summary>Sends each of the requests once.</summary>
    public static Task<Seen> Each(Uri address, IReadOnlyList<byte[]> requests, int connections, int expectedStatus)
    {
        var next = -1;
        return Run(address, connections, () => Interlocked.Increment(ref next) is var i && i < requests.Count ? requests[i] : null, expectedStatus);
    }

    /// <summary>
    /// Sends the requests in turn, so many a second whatever the server does, until it is told to end. An answer's time counts from the
    /// moment at which its request was due: what had to wait behind a slow one is slow too.
    /// </summary>
    public static async Task<Seen> Paced(Uri address, IReadOnlyList<byte[]> requests, int perSecond, CancellationToken end)
    {
        const int Connections = 32;
        var (all, errors, next, started) = (new List<double>(), 0, -1, Stopwatch.GetTimestamp());
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(async () =>
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(IPAddress.Loopback, address.Port, CancellationToken.None);
            var buffer = new byte[1 << 17];
            while (!end.IsCancellationRequested)
            {
                var number = Interlocked.Increment(ref next);
                var due = started + (long)(number / (double)perSecond * Stopwatch.Frequency);
                if (Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due) is { Ticks: > 0 } early)
                    await Task.Delay(early, CancellationToken.None);
                await socket.SendAsync(requests[number % requests.Count], CancellationToken.None);
                var wrong = await Answer(socket, buffer) != 200;
                var time = Stopwatch.GetElapsedTime(due).TotalMilliseconds;
                lock (all)
                {
                    all.Add(time);
                    errors += wrong ? 1 : 0;
                }
            }
        })));
        all.Sort();
        return new(all.Count, errors, Stopwatch.GetElapsedTime(started), all.Count == 0 ? double.NaN : all[(int)(all.Count * 0.99)]);
    }

    /// <summary>A GET as a browser would send it, without compression: what is compared is the making of pages.</summary>
    public static byte[] Get(Uri address, string path, string? cookie) => Encoding.ASCII.GetBytes(
        $"GET {path} HTTP/1.1\r\nHost: {address.Authority}\r\nAccept: text/html\r\nAccept-Language: en\r\n{(cookie is null ? "" : $"Cookie: {cookie}\r\n")}\r\n");

    /// <summary>A form as a browser would post it.</summary>
    public static byte[] Post(Uri address, string path, string cookie, string form) => Encoding.ASCII.GetBytes(
        $"POST {path} HTTP/1.1\r\nHost: {address.Authority}\r\nOrigin: {address.GetLeftPart(UriPartial.Authority)}\r\nSec-Fetch-Site: same-origin\r\n"
        + $"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {form.Length}\r\nCookie: {cookie}\r\n\r\n{form}");

    /// <summary>A form as the site's scripts post it: in parts, with the token beside it.</summary>
    public static byte[] PostByScript(Uri address, string path, string cookie, string token, params (string Name, string Value)[] fields)
    {
        const string Boundary = "----WebKitFormBoundary7MA4YWxkTrZu0gW";
        var body = string.Concat(fields.Select(f => $"--{Boundary}\r\nContent-Disposition: form-data; name=\"{f.Name}\"\r\n\r\n{f.Value}\r\n")) + $"--{Boundary}--\r\n";
        return Encoding.ASCII.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: {address.Authority}\r\nOrigin: {address.GetLeftPart(UriPartial.Authority)}\r\nSec-Fetch-Site: same-origin\r\nX-Requested-With: XMLHttpRequest\r\n"
            + $"RequestVerificationToken: {token}\r\nContent-Type: multipart/form-data; boundary={Boundary}\r\nContent-Length: {body.Length}\r\nCookie: {cookie}\r\n\r\n{body}");
    }

    private static async Task<Seen> Run(Uri address, int connections, Func<byte[]?> next, int expectedStatus)
    {
        var all = new List<double>();
        var errors = 0;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(IPAddress.Loopback, address.Port);
            var times = new List<double>();
            var buffer = ArrayPool<byte>.Shared.Rent(1 << 17);
            var wrong = 0;
            while (next() is { } request)
            {
                var begun = Stopwatch.GetTimestamp();
                await socket.SendAsync(request);
                if (await Answer(socket, buffer) != expectedStatus)
                    wrong++;
                times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            }

            ArrayPool<byte>.Shared.Return(buffer);
            lock (all)
            {
                all.AddRange(times);
                errors += wrong;
            }
        })));
        var time = Stopwatch.GetElapsedTime(started);
        all.Sort();
        return new(all.Count, errors, time, all.Count == 0 ? double.NaN : all[(int)(all.Count * 0.99)]);
    }

    // Reads one answer whole and returns its status: by Content-Length, or until the last chunk.
    private static async Task<int> Answer(Socket socket, byte[] buffer)
    {
        var filled = 0;
        var head = -1;
        while (head < 0)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(filled));
            if (read == 0)
                throw new IOException("The server closed the connection.");
            filled += read;
            head = buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8);
        }

        var status = ((buffer[9] - '0') * 100) + ((buffer[10] - '0') * 10) + (buffer[11] - '0');
        var headers = Encoding.ASCII.GetString(buffer, 0, head);
        var length = Header(headers, "Content-Length: ");
        var body = head + 4;
        if (length is not null)
        {
            for (var left = int.Parse(length) - (filled - body); left > 0;)
                left -= await socket.ReceiveAsync(buffer.AsMemory(0, Math.Min(left, buffer.Length)));
        }
        else if (headers.Contains("chunked", StringComparison.OrdinalIgnoreCase))
        {
            while (!buffer.AsSpan(0, filled).EndsWith("0\r\n\r\n"u8))
            {
                if (filled > buffer.Length / 2)
                {
                    // Only the end matters: keep what the last chunk's mark may need.
                    buffer.AsSpan(filled - 8, 8).CopyTo(buffer);
                    filled = 8;
                }

                var read = await socket.ReceiveAsync(buffer.AsMemory(filled));
                if (read == 0)
                    throw new IOException("The server closed the connection.");
                filled += read;
            }
        }

        return status;
    }

    private static string? Header(string headers, string name)
    {
        var at = headers.IndexOf(name, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
            return null;
        var end = headers.IndexOf('\r', at);
        return headers[(at + name.Length)..(end < 0 ? headers.Length : end)];
    }
}
