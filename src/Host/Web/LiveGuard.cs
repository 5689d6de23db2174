using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.SignalR;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Web;

/// <summary>How much one person or address may ask of the hub: connections, calls, channels on one connection.</summary>
internal sealed class LiveGuard(IConfiguration configuration, LiveSessions sessions, ILogger<LiveGuard> log) : IHubFilter
{
    internal const int ConnectionsOfOnePerson = 10;

    private const int ConnectionsOfOneAddress = 300; // visitors of a school behind one address
    private const int CallsAtOnce = 40;
    private const int CallsASecond = 10;
    private const int CallsTooMany = 200;

    private readonly ConcurrentDictionary<string, int> connections = new(StringComparer.Ordinal);
    private readonly bool isOff = configuration.GetValue("Limits:Factor", 1.0) <= 0;

    public async Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        var http = context.Context.GetHttpContext();
        var who = http is null ? "none" : Brakes.Who(http);
        var most = context.Context.User?.IdOrNull() is null ? ConnectionsOfOneAddress : ConnectionsOfOnePerson;
        if (connections.AddOrUpdate(who, 1, (_, n) => n + 1) > most && !isOff)
        {
            Leave(who);
            throw new HubException("Too many connections.");
        }

        context.Context.Items[nameof(LiveGuard)] = who;
        context.Context.Items[nameof(Allowance)] = new Allowance();
        try
        {
            sessions.Enter(context.Context);
            await next(context);
        }
        catch
        {
            Left(context.Context); // the framework tells of leaving only for who came in
            throw;
        }
    }

    public async Task OnDisconnectedAsync(HubLifetimeContext context, Exception? exception, Func<HubLifetimeContext, Exception?, Task> next)
    {
        Left(context.Context);
        await next(context, exception);
    }

    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        var allowance = (Allowance)invocationContext.Context.Items[nameof(Allowance)]!;
        if (!isOff && !allowance.Take())
        {
            if (allowance.Refused > CallsTooMany)
                invocationContext.Context.Abort(); // it does not want to hear
            throw new HubException("Too many calls. Try again in a few seconds.");
        }

        try
        {
            return await next(invocationContext);
        }
        catch (Exception e) when (e is not (HubException or OperationCanceledException))
        {
            // The framework would write every "no" down as an error; it is silenced in appsettings.json, and real faults are told here.
            log.LogError(e, "{Method} of the hub failed", invocationContext.HubMethodName);
            throw;
        }
    }

    private void Left(HubCallerContext connection)
    {
        if (connection.Items.TryGetValue(nameof(LiveGuard), out var who))
            Leave((string)who!);
        sessions.Leave(connection);
    }

    private void Leave(string who)
    {
        while (connections.TryGetValue(who, out var n))
            if (n > 1 ? connections.TryUpdate(who, n - 1, n) : connections.TryRemove(new(who, n)))
                return;
    }

    /// <summary>A token bucket. One call at a time on a connection, so no lock.</summary>
    private sealed class Allowance
    {
        private double left = CallsAtOnce;
        private long since = Stopwatch.GetTimestamp();

        public int Refused { get; private set; }

        public bool Take()
        {
            left = Math.Min(CallsAtOnce, left + (Stopwatch.GetElapsedTime(since).TotalSeconds * CallsASecond));
            since = Stopwatch.GetTimestamp();
            if (left < 1)
            {
                Refused++;
                return false;
            }

            left--;
            return true;
        }
    }
}
