using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.RegularExpressions;

namespace MoocPlatform.Benchmarks;

/// <summary>
/// A post on its way to those who are there: to hundreds with the thread open, who ask for what is new as their browsers do, and to
/// thousands who hear that something is new, against bare WebSockets that are sent the same bytes.
/// </summary>
internal static partial class LiveBenchmark
{
    private const int Readers = 500;
    private const int Posts = 12;
    private const int WarmUp = 4;
    private const int FanOuts = 60; // the first half makes it warm

    /// <param name="listeners">How many connections hear of the run's talk; ten of each learner.</param>
    public static async Task Run(int listeners)
    {
        await using var site = await SeededSite.Make(learners: Readers);
        await site.FillTalk(2_000);
        await using var subject = await site.Run();
        var writer = await TalkBenchmark.Open(site, subject.Address, site.ThreadPath, site.Cookies[0]);
        var thread = await Text(site, subject, site.ThreadPath);
        var board = await Text(site, subject, site.BoardPath);

        await subject.Rest();
        var before = subject.Memory;
        // Compiled code is made better while it runs: what is measured is the state of a site that has been up for a while.
        var asked = await Load.Each(subject.Address, [.. Enumerable.Range(0, 10_000).Select(i => Load.Get(subject.Address, $"{site.ThreadPath}/changes?after={long.Parse(Sequence().Match(thread).Groups[1].Value) - 1}", site.Cookies[i % site.Cookies.Count]))], 32, 200);
        Console.WriteLine($"what is new in a thread: {asked.PerSecond:N0} answers a second, p99 {asked.P99Milliseconds:0} ms");
        await subject.Rest();
        var readers = await Task.WhenAll(site.Cookies.Select(c => Listener.Connect(site, subject.Address, c, Channel().Match(thread).Value)));
        var number = long.Parse(Sequence().Match(thread).Groups[1].Value);
        var seen = new List<double>();
        for (var i = 0; i < Posts; i++)
        {
            var (begun, after) = (Stopwatch.GetTimestamp(), number);
            var shown = readers.Select(r => r.Show(site, subject.Address, $"{site.ThreadPath}/changes?after={after}", after)).ToList();
            await Post(site, subject, writer, i);
            var times = await Task.WhenAll(shown);
            number = times.Max(t => t.Number);
            if (i >= WarmUp)
                seen.AddRange(times.Select(t => Stopwatch.GetElapsedTime(begun, t.At).TotalMilliseconds));
            await Task.Delay(1_500); // what comes within a second waits for its end, which is not what is measured
        }

        seen.Sort();
        Console.WriteLine($"post shown to {Readers} readers of one thread: p50 {seen[seen.Count / 2]:0} ms, p95 {seen[seen.Count * 95 / 100]:0} ms (≤ 300), last {seen[^1]:0} ms");
        foreach (var reader in readers)
            reader.Dispose();

        await subject.Rest();
        var quiet = subject.Memory;
        var channel = RunChannel().Match(board).Value;
        var many = new List<Listener>();
        foreach (var some in Enumerable.Range(0, listeners).Chunk(100))
            many.AddRange(await Task.WhenAll(some.Select(i => Listener.Connect(site, subject.Address, site.Cookies[i % site.Cookies.Count], channel))));
        await subject.Rest();
        Console.WriteLine($"memory: {before / 1e6:0} MB before anybody, {subject.Memory / 1e6:0} MB with {listeners:N0} connections, {(subject.Memory - quiet) / 1024.0 / listeners:0} KB each (≤ 60)");

        await using var limit = LimitServer.Start(Directory.CreateTempSubdirectory("mooc-limit-").FullName);
        await limit.Ready("/say");
        var bare = new List<Listener>();
        foreach (var some in Enumerable.Range(0, listeners).Chunk(100))
            bare.AddRange(await Task.WhenAll(some.Select(_ => Listener.Connect(limit.Address))));
        var (ours, theirs, spread, bareSpread) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < FanOuts; round++)
        {
            var rung = All(many);
            var begun = Stopwatch.GetTimestamp();
            await Post(site, subject, writer, Posts + round);
            var heard = await rung;
            var said = All(bare);
            var requested = Stopwatch.GetTimestamp();
            using (var answer = await site.Client.GetAsync(new Uri(limit.Address, "/say")))
                answer.EnsureSuccessStatusCode();
            var bareHeard = await said;
            if (round >= FanOuts / 2)
            {
                ours.Add(Stopwatch.GetElapsedTime(begun, heard.Last).TotalMilliseconds);
                theirs.Add(Stopwatch.GetElapsedTime(requested, bareHeard.Last).TotalMilliseconds);
                spread.Add(Stopwatch.GetElapsedTime(heard.First, heard.Last).TotalMilliseconds);
                bareSpread.Add(Stopwatch.GetElapsedTime(bareHeard.First, bareHeard.Last).TotalMilliseconds);
            }

            await Task.Delay(1_500);
        }

        var (mine, raw) = (Median(ours), Median(theirs));
        Console.WriteLine($"fan-out to {listeners:N0}, from the request to the last receipt: {mine:0} ms, bare WebSocket {raw:0} ms, ratio {mine / raw:0.00} (≤ 1.5); from the first receipt {Median(spread):0} and {Median(bareSpread):0} ms");
    }

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);

    private static async Task<(long First, long Last)> All(IEnumerable<Listener> all)
    {
        var heard = await Task.WhenAll(all.Select(l => l.Heard()));
        return (heard.Min(), heard.Max());
    }

    private static async Task Post(SeededSite site, Running subject, (string Cookie, string Token) writer, int number)
    {
        var request = Load.PostByScript(subject.Address, site.ThreadPath + "?handler=Reply", writer.Cookie, writer.Token, ("key", Guid.CreateVersion7().ToString("N")), ("Markdown", $"Live **{number}**."));
        if ((await Load.Each(subject.Address, [request], 1, 302)).Errors > 0)
            throw new InvalidOperationException("The post was refused.");
    }

    private static async Task<string> Text(SeededSite site, Running subject, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(subject.Address, path));
        request.Headers.Add("Cookie", site.Cookies[0]);
        using var response = await site.Client.SendAsync(request);
        return await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
    }

    [GeneratedRegex("thread:[0-9a-f]{32}")]
    private static partial Regex Channel();

    [GeneratedRegex("talk:[0-9a-f]{32}")]
    private static partial Regex RunChannel();

    [GeneratedRegex("data-sequence=\"([0-9]+)\"")]
    private static partial Regex Sequence();

    /// <summary>One connection, as a page has it.</summary>
    private sealed partial class Listener(ClientWebSocket socket, string cookie) : IDisposable
    {
        private readonly byte[] buffer = new byte[4096];

        /// <summary>To a site's hub, listening to a channel.</summary>
        public static async Task<Listener> Connect(SeededSite site, Uri address, string cookie, string channel)
        {
            var listener = await Open(new Uri($"ws://{address.Authority}/live"), address, cookie);
            await listener.Say("""{"protocol":"json","version":1}""");
            await listener.Say($$"""{"type":1,"invocationId":"1","target":"Listen","arguments":["{{channel}}"]}""");
            while (!(await listener.Next()).Contains("\"invocationId\":\"1\"", StringComparison.Ordinal))
            {
                // The hand-shake, and how many are here.
            }

            return listener;
        }

        /// <summary>To the limit.</summary>
        public static Task<Listener> Connect(Uri address) => Open(new Uri($"ws://{address.Authority}/ws"), address, "");

        /// <summary>When the next message that something is new is here.</summary>
        public async Task<long> Heard()
        {
            while (!(await Next()).Contains("\"reply\"", StringComparison.Ordinal))
            {
                // Who is here, or a sign of life.
            }

            return Stopwatch.GetTimestamp();
        }

        /// <summary>Hears of something new, asks for it and has it whole.</summary>
        public async Task<(long At, long Number)> Show(SeededSite site, Uri address, string changes, long after)
        {
            long number;
            do
            {
                var text = await Next();
                number = Reply().Match(text) is { Success: true } m ? long.Parse(m.Groups[1].Value) : 0;
            }
            while (number <= after);

            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, $"{changes}&heard={number}")) { Headers = { { "Cookie", cookie }, { "Accept-Encoding", "br" }, { "X-Requested-With", "fetch" } } };
            using var response = await site.Client.SendAsync(request);
            if ((await response.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync()).Length < 200)
                throw new InvalidOperationException("There was nothing new.");
            return (Stopwatch.GetTimestamp(), number);
        }

        public void Dispose() => socket.Dispose();

        private static async Task<Listener> Open(Uri hub, Uri site, string cookie)
        {
            var socket = new ClientWebSocket();
            socket.Options.SetRequestHeader("Cookie", cookie);
            socket.Options.SetRequestHeader("Origin", site.GetLeftPart(UriPartial.Authority));
            await socket.ConnectAsync(hub, CancellationToken.None);
            return new(socket, cookie);
        }

        private Task Say(string message) => socket.SendAsync(Encoding.UTF8.GetBytes(message + '\u001e'), WebSocketMessageType.Text, true, CancellationToken.None);

        private async Task<string> Next()
        {
            var read = await socket.ReceiveAsync(buffer, CancellationToken.None);
            return read.MessageType == WebSocketMessageType.Close ? throw new InvalidOperationException("The connection was closed.") : Encoding.UTF8.GetString(buffer, 0, read.Count);
        }

        [GeneratedRegex("\"reply\",([0-9]+)")]
        private static partial Regex Reply();
    }
}
