using MoocPlatform.Kernel;
using Xunit;

namespace MoocPlatform.Host.Tests.Kernel;

public sealed class UnhurriedThreadTests : IDisposable
{
    private readonly UnhurriedThread thread = new();

    [Fact]
    public async Task Work_is_done_here_before_and_after_what_it_awaits()
    {
        var places = new List<bool>();
        await thread.Run(
            async () =>
            {
                places.Add(IsHere);
                await Task.Delay(1);
                places.Add(IsHere);
                await Elsewhere();
                places.Add(IsHere);
            },
            CancellationToken.None);
        Assert.Equal([true, true, true], places);
        Assert.False(IsHere); // who asked goes on where they were
    }

    [Fact]
    public async Task However_much_waits_it_takes_one_core()
    {
        var (now, most) = (0, 0);
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => thread.Run(
            async () =>
            {
                for (var i = 0; i < 3; i++)
                {
                    most = Math.Max(most, Interlocked.Increment(ref now));
                    Thread.SpinWait(10_000);
                    Interlocked.Decrement(ref now);
                    await Task.Yield();
                }
            },
            CancellationToken.None)));
        Assert.Equal(1, most);
    }

    [Fact]
    public async Task A_piece_gives_its_result_and_its_error()
    {
        Assert.Equal(7, await thread.Run(() => Task.FromResult(7), rests: 2, CancellationToken.None));
        var error = await Assert.ThrowsAsync<InvalidOperationException>(
            () => thread.Run(() => Task.FromException<int>(new InvalidOperationException("asked to fail")), rests: 2, CancellationToken.None));
        Assert.Equal("asked to fail", error.Message);
    }

    [Fact]
    public async Task What_has_begun_when_the_process_ends_ends_as_well()
    {
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var work = thread.Run(
            async () =>
            {
                begun.SetResult();
                await go.Task;
            },
            CancellationToken.None);
        await begun.Task;
        thread.Dispose();
        go.SetResult();
        await work;
    }

    private static bool IsHere => Thread.CurrentThread.Name == nameof(UnhurriedThread);

    private static async Task Elsewhere() => await Task.Run(() => Assert.False(IsHere)).ConfigureAwait(false);

    public void Dispose() => thread.Dispose();
}
