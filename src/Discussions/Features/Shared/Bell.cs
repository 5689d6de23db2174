using System.Collections.Concurrent;
using Microsoft.Extensions.Caching.Memory;
using MoocPlatform.Discussions.Contracts;
using MoocPlatform.Kernel;

namespace MoocPlatform.Discussions.Features.Shared;

/// <summary>
/// Tells the listeners of a run's talk and of a thread that something is new: its number, never a text or who wrote it. However much
/// happens, once a second on each channel, and the last number is always told.
/// </summary>
internal sealed class Bell(Live live, TimeProvider clock, IMemoryCache cache)
{
    private static readonly TimeSpan Once = TimeSpan.FromSeconds(1);

    private readonly Live live = live;
    private readonly TimeProvider clock = clock;
    private readonly ConcurrentDictionary<string, Channel> channels = new(StringComparer.Ordinal);

    /// <summary>Where a thread is kept while many ask what is new in it: forgotten with every change.</summary>
    public static object Kept(Guid threadId) => (nameof(Bell), threadId);

    public void Ring(Guid runId, Guid threadId, string kind, long number)
    {
        cache.Remove(Kept(threadId));
        Of(TalkLinks.Channel(runId)).Ring(kind, number);
        Of(TalkLinks.ThreadChannel(threadId)).Ring(kind, number);
    }

    private Channel Of(string channel) => channels.GetOrAdd(channel, name => new(name, this));

    /// <summary>One channel. It is forgotten after a quiet second.</summary>
    private sealed class Channel(string name, Bell bell)
    {
        private readonly Lock one = new();
        private ITimer? pause;
        private (string Kind, long Number)? waiting;
        private bool isOver;

        public void Ring(string kind, long number)
        {
            lock (one)
            {
                if (!isOver)
                {
                    if (pause is not null)
                    {
                        waiting = (kind, Math.Max(number, waiting?.Number ?? 0));
                        return;
                    }

                    bell.live.Tell(name, kind, number);
                    pause = bell.clock.CreateTimer(_ => Over(), null, Once, Once);
                    return;
                }
            }

            bell.Of(name).Ring(kind, number);
        }

        private void Over()
        {
            lock (one)
            {
                if (waiting is { } last)
                {
                    bell.live.Tell(name, last.Kind, last.Number);
                    waiting = null;
                    return;
                }

                isOver = true;
                bell.channels.TryRemove(new(name, this));
                pause?.Dispose();
            }
        }
    }
}
