using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Xunit;

namespace MoocPlatform.Journeys.Tests;

public sealed class KillTest(RunningSite site) : IClassFixture<RunningSite>
{
    private static readonly (string Mail, string Password)[] People =
        [("elena@example.org", "nine herons by the bridge"), ("kofi@example.org", "warm bread before the bus"), ("teresa@example.org", "quiet lamps along the canal")];

    private static readonly string[] Quizzes = ["quiz-five-permissions", "quiz-choosing-a-licence", "quiz-finding-and-judging", "quiz-adapting-for-everyone"];

    [Fact]
    public async Task A_process_killed_while_it_writes_loses_nothing_that_it_has_confirmed()
    {
        const int rounds = 3;
        const int enough = 400;
        var run = await site.Run();
        var learners = new List<AutosavingLearner>();
        foreach (var (mail, password) in People)
            foreach (var quiz in Quizzes)
                learners.Add(await AutosavingLearner.Begin(site, mail, password, run, quiz));

        var journal = new ConcurrentQueue<AcknowledgedStep>();
        for (var round = 1; round <= rounds; round++)
        {
            var before = journal.Count;
            var reached = new TaskCompletionSource();
            var saving = learners.Select(l => l.Autosave(step =>
            {
                journal.Enqueue(step);
                if (journal.Count - before >= enough)
                    reached.TrySetResult();
            })).ToList();
            var stopped = Task.WhenAll(saving);
            Assert.Same(reached.Task, await Task.WhenAny(reached.Task, stopped));

            await site.Kill();
            await stopped;
            await site.Start();
            await Check(journal);
        }

        Assert.True(journal.Count >= rounds * enough);
        learners.ForEach(l => l.Dispose());
    }

    private async Task Check(IReadOnlyCollection<AcknowledgedStep> journal)
    {
        await using var connection = new SqliteConnection($"Data Source={site.DatabaseFile};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var integrity = connection.CreateCommand();
        integrity.CommandText = "PRAGMA integrity_check";
        Assert.Equal("ok", await integrity.ExecuteScalarAsync(TestContext.Current.CancellationToken));

        await using var read = connection.CreateCommand();
        read.CommandText = "SELECT AttemptId, Page, Sequence, json_extract(Answer, '$.Text') FROM quizzes_steps";
        var kept = new List<AcknowledgedStep>();
        await using (var rows = await read.ExecuteReaderAsync(TestContext.Current.CancellationToken))
        {
            while (await rows.ReadAsync(TestContext.Current.CancellationToken))
                kept.Add(new AcknowledgedStep(rows.GetGuid(0), rows.GetGuid(1), rows.GetInt64(2), rows.GetString(3)));
        }

        Assert.Equal(kept.Count, kept.DistinctBy(s => (s.Attempt, s.Page, s.Sequence)).Count());
        Assert.Empty(journal.Except(kept));

        // At most the one step of each page that was on its way may be there unconfirmed.
        Assert.All(kept.Except(journal).GroupBy(s => s.Page), unconfirmed => Assert.Single(unconfirmed));
    }
}
