using System.Diagnostics;
using Microsoft.Data.Sqlite;
using MoocPlatform.Kernel;

namespace MoocPlatform.Benchmarks;

/// <summary>
/// Posts through HTTP (sign-in cookie, antiforgery token, Markdown rendered, answered after the commit) against SQLite alone writing the same
/// rows, a thousand posts to a transaction, both with synchronous=FULL. Each learner answers in a thread of their own.
/// </summary>
internal static class PostBenchmark
{
    private const int Clients = 64;
    private const int Rounds = 5;

    private static readonly string[] Tables = ["boards", "threads", "posts", "places", "participants", "outbox", "words"];

    public static async Task<Row> Run(SeededSite site, Running subject, int posts, double goal)
    {
        var (seen, limits) = (new List<Seen>(), new List<Seen>());
        var pages = await Task.WhenAll(site.Cookies.Select((cookie, i) => TalkBenchmark.Open(site, subject.Address, Thread(site, i), cookie)));
        for (var warm = 0; warm < Rounds; warm++) // compiled code is made better while it runs
        {
            await Load.Each(subject.Address, Requests(site, subject, pages, posts), Clients, 302);
            await subject.Rest();
        }

        for (var round = 0; round < Rounds; round++)
        {
            seen.Add(await Load.Each(subject.Address, Requests(site, subject, pages, posts), Clients, 302));
            await subject.Rest();
            limits.Add(Limit(site, posts));
        }

        return new($"posts, {Clients} clients", "SQLite, same rows, 1,000 to a transaction", PageBenchmark.Median(seen, s => s.PerSecond), PageBenchmark.Median(limits, s => s.PerSecond),
            PageBenchmark.Median(seen, s => s.P99Milliseconds), double.NaN, seen.Sum(s => s.Errors), goal, null, 100);
    }

    private static string Thread(SeededSite site, int learner) => site.NewThreadPaths[learner % site.NewThreadPaths.Count];

    // Each reply has a key of its own, as the form of the page gives it.
    private static List<byte[]> Requests(SeededSite site, Running subject, (string Cookie, string Token)[] pages, int posts) => [.. Enumerable.Range(0, posts).Select(i => Load.PostByScript(
        subject.Address, Thread(site, i % pages.Length) + "?handler=Reply", pages[i % pages.Length].Cookie, pages[i % pages.Length].Token,
        ("key", Guid.CreateVersion7().ToString("N")), ("Markdown", $"Reply **{i}** with a few words.")))];

    // The posts that the site has just taken, with all that it wrote for each, by prepared statements and nothing else.
    private static Seen Limit(SeededSite site, int posts)
    {
        var file = Path.GetTempFileName();
        try
        {
            using var bare = new SqliteConnection($"Data Source={file};Pooling=False");
            bare.Open();
            Database.Prepare(bare);
            var (names, rows) = Taken(site, bare, posts);
            using var post = Command(bare, $"INSERT INTO discussions_posts ({string.Join(", ", names.Select(n => $"\"{n}\""))}) VALUES ({string.Join(", ", names.Select((_, i) => $"$p{i}"))})", names.Count);
            using var words = Command(bare, "INSERT INTO discussions_words (rowid, title, text) VALUES ($p0, '', $p1)", 2);
            using var board = Command(bare, """UPDATE discussions_boards SET "LastSequence" = "LastSequence" + 1""", 0);
            using var thread = Command(bare, """UPDATE discussions_threads SET "Replies" = "Replies" + 1, "LastAt" = $p0, "LastNumber" = $p1, "Sequence" = $p1 WHERE "Id" = $p2""", 3);
            using var participant = Command(bare, """INSERT INTO discussions_participants ("RunId", "PersonId", "Known", "ReadTo", "InHour") VALUES ($p0, $p1, 1, 0, 1) ON CONFLICT DO UPDATE SET "InHour" = "InHour" + 1""", 2);
            using var place = Command(bare, """INSERT INTO discussions_places ("PersonId", "ThreadId", "RunId", "Read", "Follows", "AsTeam") VALUES ($p0, $p1, $p2, $p3, 1, 0) ON CONFLICT DO UPDATE SET "Read" = $p3""", 4);
            using var fact = Command(bare, """INSERT INTO discussions_outbox ("Id", "Fact", "Body", "At", "NextAt", "Attempts", "Heard", "Parked") VALUES ($p0, 'MoocPlatform.Discussions.Contracts.ReplyPosted', $p1, 1, 1, 0, '', 0)""", 2);
            var (id, run, of, author, number, at, text) = (names.IndexOf("Id"), names.IndexOf("RunId"), names.IndexOf("ThreadId"), names.IndexOf("AuthorId"), names.IndexOf("Number"), names.IndexOf("At"), names.IndexOf("Markdown"));
            var body = new string('x', 250);
            var started = Stopwatch.GetTimestamp();
            foreach (var thousand in rows.Chunk(1000))
            {
                using var transaction = bare.BeginTransaction();
                foreach (var row in thousand)
                {
                    Do(board, transaction);
                    Do(post, transaction, row);
                    Do(words, transaction, row[number], row[text]);
                    Do(thread, transaction, row[at], row[number], row[of]);
                    Do(participant, transaction, row[run], row[author]);
                    Do(place, transaction, row[author], row[of], row[run], row[number]);
                    Do(fact, transaction, row[id], body);
                }

                transaction.Commit();
            }

            return new(rows.Count, 0, Stopwatch.GetElapsedTime(started), double.NaN);
        }
        finally
        {
            File.Delete(file);
        }
    }

    // Makes the tables with their indices, and the rows that posts change; gives the newest posts.
    private static (List<string> Names, List<object[]> Rows) Taken(SeededSite site, SqliteConnection bare, int posts)
    {
        using (var attach = Command(bare, "ATTACH $p0 AS site", 1))
        {
            attach.Parameters[0].Value = site.DatabaseFile;
            attach.ExecuteNonQuery();
        }

        var made = new List<string>();
        using (var tables = Command(bare, $"SELECT sql FROM site.sqlite_master WHERE sql IS NOT NULL AND tbl_name IN ({string.Join(", ", Tables.Select(t => $"'discussions_{t}'"))}) ORDER BY type DESC", 0))
        using (var reader = tables.ExecuteReader())
            while (reader.Read())
                made.Add(reader.GetString(0));
        foreach (var sql in made.Append("INSERT INTO discussions_boards SELECT * FROM site.discussions_boards")
            .Append("""INSERT INTO discussions_threads SELECT * FROM site.discussions_threads WHERE "Id" IN (SELECT "ThreadId" FROM site.discussions_posts ORDER BY "Number" DESC LIMIT 2000)"""))
            using (var command = Command(bare, sql, 0))
                command.ExecuteNonQuery();

        var (names, rows) = (new List<string>(), new List<object[]>());
        using (var newest = Command(bare, $"SELECT * FROM site.discussions_posts ORDER BY \"Number\" DESC LIMIT {posts}", 0))
        using (var reader = newest.ExecuteReader())
        {
            names.AddRange(Enumerable.Range(0, reader.FieldCount).Select(reader.GetName));
            while (reader.Read())
            {
                var row = new object[reader.FieldCount];
                reader.GetValues(row);
                rows.Add(row);
            }
        }

        rows.Reverse();
        using (var detach = Command(bare, "DETACH site", 0))
            detach.ExecuteNonQuery();
        return (names, rows);
    }

    private static void Do(SqliteCommand command, SqliteTransaction transaction, params object[] values)
    {
        command.Transaction = transaction;
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i];
        command.ExecuteNonQuery();
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql, int parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < parameters; i++)
            command.Parameters.Add(new SqliteParameter { ParameterName = $"$p{i}" });
        return command;
    }
}
