using System.Data.Common;
using System.Diagnostics;
using MediatR;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using MoocPlatform.Enrollment.Domain;
using MoocPlatform.Enrollment.Features.Teaching;
using MoocPlatform.Enrollment.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Benchmarks;

/// <summary>
/// The roster of a run of many learners against that of one of few, in one database: the query of its page in each order, filtered, and
/// deep inside by key. The plans of its statements are looked at as well: a scan, or a sort of its own, is an error.
/// </summary>
internal static class RosterBenchmark
{
    private const int WarmUp = 100;
    private const int Rounds = 3;

    /// <param name="pages">How many are asked for in each round.</param>
    public static async Task<IReadOnlyList<Row>> Run(int few, int many, int pages)
    {
        await using var site = await SeededSite.Make(learners: 1);
        var rows = new List<Row>();
        await site.OnRosters(few, many, async (services, small, large) =>
        {
            foreach (var (what, filter, deep) in Asked())
            {
                var (a, b) = (new Page(services, large, filter), new Page(services, small, filter));
                await a.From(deep);
                await b.From(deep);
                await a.Ask(WarmUp);
                await b.Ask(WarmUp);
                var (subject, limit) = (new List<Seen>(), new List<Seen>());
                for (var round = 0; round < Rounds; round++)
                {
                    subject.Add(await a.Ask(pages));
                    limit.Add(await b.Ask(pages));
                }

                rows.Add(new($"{what}, {many:N0} learners", $"{few:N0} learners", PageBenchmark.Median(subject, s => s.PerSecond), PageBenchmark.Median(limit, s => s.PerSecond),
                    PageBenchmark.Median(subject, s => s.P99Milliseconds), PageBenchmark.Median(limit, s => s.P99Milliseconds), await a.Scans(what), 0.25, null, null));
            }
        });
        return rows;
    }

    private static IEnumerable<(string What, RosterFilter Filter, bool Deep)> Asked()
    {
        foreach (var deep in new[] { false, true })
            foreach (var sort in Enum.GetValues<RosterSort>())
                foreach (var down in new[] { false, true })
                    yield return ($"roster by {sort}{(down ? ", down" : "")}{(deep ? ", deep inside" : "")}", new(null, "", sort, down), deep);
        foreach (var standing in Enum.GetValues<Standing>())
            yield return ($"roster of {standing} by grade", new(standing, "", RosterSort.Grade, true), true);
        yield return ("roster of names with b", new(null, "b", RosterSort.Name, false), false);
        yield return ("roster of Completed with b", new(Standing.Completed, "b", RosterSort.Name, false), false);
    }

    /// <summary>One page of a roster, asked for again and again as the web page asks for it.</summary>
    private sealed class Page(IServiceProvider services, (Guid Run, IReadOnlyList<Guid> Some) roster, RosterFilter filter)
    {
        private Guid? after;

        /// <summary>Begins after some learner, with enough others behind for a whole page.</summary>
        public async Task From(bool deep)
        {
            foreach (var learner in deep ? roster.Some : [])
            {
                await using var scope = services.CreateAsyncScope();
                if ((await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new RosterQuery(roster.Run, filter, learner))).Next is null)
                    continue;
                after = learner;
                return;
            }
        }

        public async Task<Seen> Ask(int times)
        {
            var (all, begun) = (new List<double>(times), Stopwatch.GetTimestamp());
            for (var i = 0; i < times; i++)
            {
                var at = Stopwatch.GetTimestamp();
                await using var scope = services.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new RosterQuery(roster.Run, filter, after));
                all.Add(Stopwatch.GetElapsedTime(at).TotalMilliseconds);
            }

            var time = Stopwatch.GetElapsedTime(begun);
            all.Sort();
            return new(times, 0, time, all[(int)(times * 0.99)]);
        }

        /// <summary>How many of the page's statements do not go straight to their rows.</summary>
        public async Task<int> Scans(string what)
        {
            using var heard = new Statements();
            using (DiagnosticListener.AllListeners.Subscribe(heard))
                await Ask(1);
            var scans = 0;
            await using var connection = services.GetRequiredService<Database>().OpenSqlite();
            foreach (var statement in heard.All)
            {
                await using var command = connection.CreateCommand();
                command.CommandText = "EXPLAIN QUERY PLAN " + statement.CommandText;
                foreach (SqliteParameter parameter in statement.Parameters)
                    command.Parameters.AddWithValue(parameter.ParameterName, parameter.Value);
                await using var plan = await command.ExecuteReaderAsync();
                while (await plan.ReadAsync())
                    if (plan.GetString(3) is var step && !step.StartsWith("SEARCH", StringComparison.Ordinal))
                    {
                        Console.Error.WriteLine($"{what}: {step}");
                        scans++;
                    }
            }

            return heard.All.Count > 0 ? scans : throw new InvalidOperationException("No statement was heard.");
        }
    }

    /// <summary>Hears which statements EF sends.</summary>
    private sealed class Statements : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
    {
        private readonly List<IDisposable> subscribed = [];

        public List<DbCommand> All { get; } = [];

        public void OnNext(DiagnosticListener value)
        {
            if (string.Equals(value.Name, "Microsoft.EntityFrameworkCore", StringComparison.Ordinal))
                subscribed.Add(value.Subscribe(this));
        }

        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (value.Value is CommandEventData said && string.Equals(value.Key, RelationalEventId.CommandExecuting.Name, StringComparison.Ordinal))
                All.Add(Kept(said.Command));
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }

        public void Dispose() => subscribed.ForEach(s => s.Dispose());

        // EF clears a command when it has read it.
        private static SqliteCommand Kept(DbCommand command)
        {
            var kept = new SqliteCommand(command.CommandText);
            foreach (DbParameter parameter in command.Parameters)
                kept.Parameters.AddWithValue(parameter.ParameterName, parameter.Value);
            return kept;
        }
    }
}
