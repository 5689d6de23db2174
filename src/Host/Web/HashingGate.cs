using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace MoocPlatform.Host.Web;

/// <summary>
/// A password hash takes a tenth of a second of a core. Half of the cores at most are hashing, so that a flood of sign-ins never stops
/// the reading of lessons; 500 wait, and who comes after them is asked to come back.
/// </summary>
internal sealed class HashingGate : IDisposable
{
    private readonly ConcurrencyLimiter limiter;

    public HashingGate()
        : this(Math.Max(1, Environment.ProcessorCount / 2), 500)
    {
    }

    internal HashingGate(int atOnce, int queue) =>
        limiter = new(new ConcurrencyLimiterOptions { PermitLimit = atOnce, QueueLimit = queue, QueueProcessingOrder = QueueProcessingOrder.OldestFirst });

    /// <summary>Hashes when it is its turn. Throws <see cref="Busy"/> when too many wait already.</summary>
    public async Task<T> Run<T>(Func<Task<T>> hash, CancellationToken ct)
    {
        using var turn = await limiter.AcquireAsync(1, ct);
        if (!turn.IsAcquired)
            throw new Busy();
        await Task.Yield(); // whoever gave the turn back goes on meanwhile
        return await hash();
    }

    public void Dispose() => limiter.Dispose();
}

/// <summary>The process has too much to do just now. The answer is 503 with a time to come back.</summary>
internal sealed class Busy() : Exception("Too many requests wait for the same thing.");

/// <summary>Answers <see cref="Busy"/>.</summary>
internal sealed class BusyFilter : IExceptionFilter
{
    private const string Seconds = "10";

    public void OnException(ExceptionContext context)
    {
        if (context.Exception is not Busy)
            return;
        context.HttpContext.Response.Headers.RetryAfter = Seconds;
        context.Result = new StatusCodeResult(StatusCodes.Status503ServiceUnavailable);
        context.ExceptionHandled = true;
    }
}
