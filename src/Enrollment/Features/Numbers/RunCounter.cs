using System.Numerics;
using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Enrollment.Domain;
using MoocPlatform.Enrollment.Persistence;
using MoocPlatform.Quizzes.Contracts;

namespace MoocPlatform.Enrollment.Features.Numbers;

/// <summary>
/// Counts a run: one pass over its enrolments, O(learners × steps) bits, and a look into the log for who has finished since the last time.
/// Nothing is counted while learners work, so opening a lesson costs the same however many learn.
/// </summary>
internal sealed class RunCounter(EnrollmentDb db, IMediator mediator, TimeProvider clock)
{
    private const int ChunkOfLearners = 500;

    /// <returns>The numbers, and who finished and is not kept yet.</returns>
    public async Task<(RunNumbers Numbers, IReadOnlyList<Finish> Found)> Count(RunTerm run, CancellationToken ct)
    {
        var items = (await mediator.Send(new OutlineQuery(run.RunId), ct))?.Items.ToList() ?? [];
        var quizzes = await mediator.Send(new QuizFiguresQuery(run.RunId), ct);
        var kept = await db.Set<Finish>().AsNoTracking().Where(f => f.RunId == run.RunId && f.Steps == items.Count).ToDictionaryAsync(f => f.LearnerId, f => f.At, ct);

        var sums = new Sums(items, TimeZoneInfo.FindSystemTimeZoneById(run.Zone), clock.GetUtcNow().AddDays(-RunNumbers.QuietDays));
        var rows = db.Enrolments.AsNoTracking().Where(e => e.RunId == run.RunId)
            .Select(e => new EnrolmentRow(e.LearnerId, e.Active, e.JoinedAt, e.LastSeenAt, e.LastItemId, e.Done)).AsAsyncEnumerable();
        await foreach (var row in rows.WithCancellation(ct))
            sums.Add(row);

        var found = new List<Finish>();
        foreach (var chunk in sums.Finished.Keys.Where(l => !kept.ContainsKey(l)).Chunk(ChunkOfLearners))
            foreach (var (learner, at) in await WhenFinished(run.RunId, chunk, [.. items.Select(i => i.Number)], ct))
            {
                kept[learner] = at;
                found.Add(new Finish { RunId = run.RunId, LearnerId = learner, Steps = items.Count, At = at });
            }

        var badges = await db.Credentials.CountAsync(c => c.RunId == run.RunId && c.RevokedAt == null, ct);
        return (sums.Numbers(kept) with { Quizzes = quizzes, Badges = badges }, found);
    }

    // The moment at which the last of the steps was done for the first time.
    private async Task<IEnumerable<(Guid Learner, DateTimeOffset At)>> WhenFinished(Guid runId, Guid[] learners, HashSet<int> steps, CancellationToken ct)
    {
        var log = await db.Activities.AsNoTracking().Where(a => a.RunId == runId && learners.Contains(a.LearnerId) && a.Completes)
            .Select(a => new { a.LearnerId, a.ItemNumber, a.At }).ToListAsync(ct);
        return log.Where(a => steps.Contains(a.ItemNumber)).GroupBy(a => a.LearnerId)
            .Select(l => (l.Key, l.GroupBy(a => a.ItemNumber).Max(i => i.Min(a => a.At))));
    }

    private sealed record EnrolmentRow(Guid LearnerId, bool Active, DateTimeOffset JoinedAt, DateTimeOffset LastSeenAt, Guid? LastItemId, byte[] Done);

    private sealed class Sums
    {
        private readonly List<OutlineItem> items;
        private readonly TimeZoneInfo zone;
        private readonly DateTimeOffset quietSince;
        private readonly int[] placeOfNumber;
        private readonly Dictionary<Guid, int> placeOfItem = [];
        private readonly SortedDictionary<DateOnly, int> joined = [];
        private readonly int[] furthest;
        private readonly int[] done;
        private readonly int[] stopped;
        private int learners;
        private int ever;
        private int active;

        public Sums(List<OutlineItem> items, TimeZoneInfo zone, DateTimeOffset quietSince)
        {
            (this.items, this.zone, this.quietSince) = (items, zone, quietSince);
            placeOfNumber = Enumerable.Repeat(-1, items.Count == 0 ? 0 : items.Max(i => i.Number) + 1).ToArray();
            foreach (var (place, item) in items.Index())
                (placeOfNumber[item.Number], placeOfItem[item.Id]) = (place, place);
            (furthest, done, stopped) = (new int[items.Count], new int[items.Count], new int[items.Count]);
        }

        /// <summary>Who has done all steps, with when they joined.</summary>
        public Dictionary<Guid, DateTimeOffset> Finished { get; } = [];

        public void Add(EnrolmentRow row)
        {
            ever++;
            var quiet = !row.Active || row.LastSeenAt < quietSince;
            if (row.Active)
                learners++;
            if (!quiet)
                active++;
            var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(row.JoinedAt, zone).DateTime);
            joined[day] = joined.GetValueOrDefault(day) + 1;

            var far = row.LastItemId is { } last && placeOfItem.TryGetValue(last, out var open) ? open : -1;
            var steps = 0;
            for (var i = 0; i < row.Done.Length; i++)
                for (int bits = row.Done[i]; bits != 0; bits &= bits - 1)
                {
                    var number = (i * 8) + BitOperations.TrailingZeroCount(bits);
                    if (number >= placeOfNumber.Length || placeOfNumber[number] is not (>= 0 and var place))
                        continue; // not in the course any more
                    (far, steps) = (Math.Max(far, place), steps + 1);
                    done[place]++;
                }

            if (far >= 0)
                furthest[far]++;
            if (steps == items.Count && steps > 0)
                Finished[row.LearnerId] = row.JoinedAt;
            else if (far >= 0 && quiet)
                stopped[far]++;
        }

        public RunNumbers Numbers(Dictionary<Guid, DateTimeOffset> finishedAt)
        {
            var days = Finished.Where(f => finishedAt.ContainsKey(f.Key)).Select(f => Math.Max(0, (finishedAt[f.Key] - f.Value).TotalDays)).Order().ToList();
            var weeks = new int[days.Count == 0 ? 0 : (int)(days[^1] / 7) + 1];
            foreach (var took in days)
                weeks[(int)(took / 7)]++;

            var reached = 0;
            var steps = new ItemNumbers[items.Count];
            for (var i = items.Count - 1; i >= 0; i--)
            {
                reached += furthest[i];
                steps[i] = new(items[i].Id, items[i].Title, reached, done[i], stopped[i]);
            }

            return new()
            {
                Learners = learners,
                Ever = ever,
                Active = active,
                Finished = Finished.Count,
                Joined = [.. joined.Select(j => new DayCount(j.Key, j.Value))],
                Items = steps,
                WeeksToFinish = weeks,
                MedianDays = days.Count == 0 ? null : days[(days.Count - 1) / 2],
            };
        }
    }
}
