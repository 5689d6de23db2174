using MoocPlatform.Kernel;
using Xunit;

namespace MoocPlatform.Host.Tests.Kernel;

public sealed class KeptTests
{
    private readonly Stopped clock = new();
    private long version = 1;
    private int loads;
    private int looks;

    [Fact]
    public async Task However_many_ask_at_once_it_is_loaded_once()
    {
        var go = new TaskCompletionSource();
        var kept = Of(async () => await go.Task);
        var asked = Enumerable.Range(0, 50).Select(_ => kept.Get(default).AsTask()).ToList();
        go.SetResult();
        var answers = await Task.WhenAll(asked);
        Assert.Single(answers.Distinct());
        Assert.Equal(1, loads);
    }

    [Fact]
    public async Task Within_a_second_the_database_is_not_asked_and_after_it_only_for_the_version()
    {
        var kept = Of();
        await kept.Get(default);
        await kept.Get(default);
        Assert.Equal((1, 0), (loads, looks));
        clock.Ticks += TimeSpan.TicksPerSecond;
        await kept.Get(default);
        Assert.Equal((1, 1), (loads, looks));
    }

    [Fact]
    public async Task A_change_made_elsewhere_is_seen_after_a_second()
    {
        var kept = Of();
        await kept.Get(default);
        version = 2;
        Assert.Equal("1", await kept.Get(default));
        clock.Ticks += TimeSpan.TicksPerSecond;
        Assert.Equal("2", await kept.Get(default));
    }

    [Fact]
    public async Task A_change_made_here_is_seen_at_once()
    {
        var kept = Of();
        await kept.Get(default);
        version = 2;
        kept.Forget();
        Assert.Equal("2", await kept.Get(default));
    }

    [Fact]
    public async Task What_was_read_before_a_change_is_not_kept_after_it()
    {
        var (reading, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        var kept = Of(async () =>
        {
            reading.TrySetResult();
            await go.Task;
        });
        var early = kept.Get(default).AsTask();
        await reading.Task;
        version = 2; // saved while the other still reads
        kept.Forget();
        go.SetResult();
        Assert.Equal("1", await early);
        Assert.Equal("2", await kept.Get(default));
    }

    private Kept<string> Of(Func<Task>? before = null) => new(clock, _ =>
    {
        looks++;
        return Task.FromResult<long?>(version);
    }, async _ =>
    {
        loads++;
        var read = version;
        if (before is not null)
            await before();
        return (read.ToString(System.Globalization.CultureInfo.InvariantCulture), read);
    });

    private sealed class Stopped : TimeProvider
    {
        public long Ticks { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Ticks;
    }
}
