using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MoocPlatform.TestKit;

/// <summary>A mail server on this machine that keeps what it is given. It speaks as much of SMTP (RFC 5321) as a sender needs.</summary>
public sealed class SmtpSink : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource closing = new();
    private readonly Task serving;

    public SmtpSink()
    {
        listener.Start();
        serving = Task.Run(Serve);
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>While true, every mail is refused with 451.</summary>
    public bool Refuses { get; set; }

    /// <summary>Called with each mail before it is answered.</summary>
    public Action? Takes { get; set; }

    /// <summary>The mails taken, as they came over the wire.</summary>
    public ConcurrentQueue<string> Taken { get; } = [];

    /// <summary>The receivers named, in order.</summary>
    public ConcurrentQueue<string> Receivers { get; } = [];

    private async Task Serve()
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(closing.Token);
                await Talk(client);
            }
        }
        catch (OperationCanceledException)
        {
            // Closed.
        }
    }

    private async Task Talk(TcpClient client)
    {
        await using var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.UTF8);
        await Answer("220 sink ready");
        while (await reader.ReadLineAsync(closing.Token) is { } line)
        {
            switch (line.ToUpperInvariant())
            {
                case "QUIT":
                    await Answer("221 bye");
                    return;
                case "DATA":
                    await Answer("354 go on");
                    var mail = new StringBuilder();
                    while (await reader.ReadLineAsync(closing.Token) is { } text && text != ".")
                        mail.AppendLine(text.StartsWith('.') ? text[1..] : text);
                    if (!Refuses)
                        Taken.Enqueue(mail.ToString());
                    Takes?.Invoke();
                    await Answer(Refuses ? "451 not now" : "250 taken");
                    break;
                case var to when to.StartsWith("RCPT TO:", StringComparison.Ordinal):
                    Receivers.Enqueue(line["RCPT TO:".Length..].Trim('<', '>', ' '));
                    await Answer("250 ok");
                    break;
                default:
                    await Answer("250 ok");
                    break;
            }
        }

        Task Answer(string text) => stream.WriteAsync(Encoding.ASCII.GetBytes(text + "\r\n"), closing.Token).AsTask();
    }

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        listener.Stop();
        await serving;
        closing.Dispose();
    }
}
