using System.Collections.Concurrent;
using System.Diagnostics;

namespace MoocPlatform.Kernel;

/// <summary>
/// The thread of work that nobody waits for: facts, mails, attempts that are over. The pool has as many threads as there are cores, and a
/// page waits behind whatever holds them; a thread beside them the system interrupts for a page at once. It rests for as long as it worked,
/// so that all such work together takes half of one core.
/// </summary>
public sealed class UnhurriedThread : TaskScheduler, IDisposable
{
    private readonly BlockingCollection<Task> waiting = [];
    private readonly Thread thread;

    public UnhurriedThread()
    {
        thread = new(Work) { IsBackground = true, Name = nameof(UnhurriedThread) };
        thread.Start();
    }

    /// <summary>Does work here, and all that follows its awaits.</summary>
    public Task Run(Func<Task> work, CancellationToken ct) => Task.Factory.StartNew(work, ct, TaskCreationOptions.DenyChildAttach, this).Unwrap();

    /// <summary>Does a piece of much work here, and pauses behind it for what else waits for this thread or for the write gate.</summary>
    /// <param name="rests">For how many times as long as the piece took.</param>
    public async Task<T> Run<T>(Func<Task<T>> piece, int rests, CancellationToken ct)
    {
        var (result, took) = await Task.Factory.StartNew(Timed, ct, TaskCreationOptions.DenyChildAttach, this).Unwrap();
        await Task.Delay(rests * took, ct);
        return result;

        async Task<(T, TimeSpan)> Timed()
        {
            var begun = Stopwatch.GetTimestamp();
            return (await piece(), Stopwatch.GetElapsedTime(begun));
        }
    }

    protected override void QueueTask(Task task)
    {
        try
        {
            waiting.Add(task);
        }
        catch (InvalidOperationException)
        {
            ThreadPool.UnsafeQueueUserWorkItem(_ => TryExecuteTask(task), null); // the process ends: what had begun ends in the pool
        }
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        Thread.CurrentThread == thread && !taskWasPreviouslyQueued && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => waiting;

    private void Work()
    {
        var rested = 0L; // the moment at which it has rested enough
        foreach (var task in waiting.GetConsumingEnumerable())
        {
            if (Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), rested) is { TotalMilliseconds: >= 1 } rest)
                Thread.Sleep(rest);
            var begun = Stopwatch.GetTimestamp();
            TryExecuteTask(task);
            rested = Math.Max(rested, begun) + (2 * (Stopwatch.GetTimestamp() - begun));
        }
    }

    public void Dispose() => waiting.CompleteAdding();
}
