using System.Diagnostics;
using System.Text.Json;
using AngleSharp;
using AngleSharp.Html.Dom;
using Microsoft.Data.Sqlite;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Contracts;

namespace MoocPlatform.Benchmarks;

/// <summary>
/// Quiz submissions through HTTP (sign-in cookie, antiforgery token, graded, answered after the commit) against SQLite alone writing the
/// same rows, a thousand submissions to a transaction, both with synchronous=FULL.
/// </summary>
internal static class SubmitBenchmark
{
    private const int Connections = 64;
    private const int WarmUps = 17;

    // As one is written: those of the site are told and deleted before one could look.
    private static readonly string Fact = JsonSerializer.Serialize(
        new AttemptGraded(Guid.Empty, Guid.Empty, Guid.Empty, Guid.Empty, 1, 7.5m, 10m, true, TimeProvider.System.GetUtcNow()) { Receipt = "K7MQ-2XDA" });

    public static async Task<Row> Run(string what, SeededSite site, Running subject, int rounds, double goal)
    {
        var (submits, limits) = (new List<Seen>(), new List<Seen>());
        // The first quarter makes the site warm, with rests: compiled code is made better while it runs, and what is measured is the state of
        // a site that has been up for a while. Each form is saved again and again with other answers, then submitted.
        var forms = await Task.WhenAll(Enumerable.Range(0, site.Attempts.Count).Select(i => Form(site, subject.Address, i)));
        var warm = forms.Length / 4;
        for (var pass = 0; pass < WarmUps; pass++)
        {
            var isLast = pass == WarmUps - 1;
            await Load.Each(subject.Address, [.. forms[..warm].Select(f => isLast ? f.Submit : f.Save[pass % 2])], Connections, expectedStatus: 302);
            if (isLast || pass % 4 == 3)
                await subject.Rest();
        }

        foreach (var round in forms[warm..].Chunk((forms.Length - warm + rounds - 1) / rounds))
        {
            submits.Add(await Load.Each(subject.Address, [.. round.Select(f => f.Submit)], Connections, expectedStatus: 302));
            await subject.Rest();
            limits.Add(Limit(site, site.Written(round[0].Attempt), round.Length));
        }

        return new(what, "SQLite, same rows, 1,000 to a transaction", PageBenchmark.Median(submits, s => s.PerSecond), PageBenchmark.Median(limits, s => s.PerSecond),
            PageBenchmark.Median(submits, s => s.P99Milliseconds), double.NaN, submits.Sum(s => s.Errors), goal, null, 100);
    }

    // Opens the attempt's page as its learner, answers every question, and returns the requests that would save and submit it.
    private static async Task<(string Attempt, byte[][] Save, byte[] Submit)> Form(SeededSite site, Uri address, int learner)
    {
        await site.Throttle.WaitAsync();
        try
        {
            var path = site.Attempts[learner];
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, path));
            request.Headers.Add("Cookie", site.Cookies[learner]);
            using var response = await site.Client.SendAsync(request);
            response.EnsureSuccessStatusCode();
            var cookies = response.Headers.TryGetValues("Set-Cookie", out var set) ? string.Concat(set.Select(c => "; " + c[..c.IndexOf(';', StringComparison.Ordinal)])) : "";
            var page = await BrowsingContext.New().OpenAsync(r => r.Content(response.Content.ReadAsStream()));
            var form = page.Forms.First(f => f.HasAttribute("data-attempt"));
            byte[] Post(int option, string act) => Load.Post(address, path, site.Cookies[learner] + cookies, $"{Answered(form, option)}&act={act}");
            return (path, [Post(1, "save"), Post(0, "save")], Post(0, "submit"));
        }
        finally
        {
            site.Throttle.Release();
        }
    }

    // Of the options of a question the first or the second, and another text.
    private static string Answered(IHtmlFormElement form, int option)
    {
        var fields = new List<string>();
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var input in form.Elements.OfType<IHtmlInputElement>())
        {
            var value = input.Type switch
            {
                "hidden" => input.Value,
                "radio" or "checkbox" => Number(input.Name!) == option ? input.Value : null,
                _ => input.GetAttribute("inputmode") == "decimal" ? $"314{option}" : option == 0 ? "public domain" : "no rights",
            };
            if (value is not null)
                fields.Add($"{Uri.EscapeDataString(input.Name!)}={Uri.EscapeDataString(value)}");
        }

        return string.Join('&', fields);

        int Number(string name) => seen[name] = seen.TryGetValue(name, out var last) ? last + 1 : 0;
    }

    // The rows of one submission, with their indices, by prepared statements and nothing else: a step for each answer, the attempt, the fact.
    private static Seen Limit(SeededSite site, Written written, int submissions)
    {
        var file = Path.GetTempFileName();
        using (var empty = new SqliteConnection($"Data Source={file};Pooling=False"))
        {
            empty.Open();
            Database.Prepare(empty);
            foreach (var sql in site.Tables)
                Execute(empty, sql);

            using var attempt = Command(empty, """UPDATE quizzes_attempts SET "Held" = $text, "SubmittedAt" = 1, "Score" = '5.0', "Passed" = 1, "ScoreTold" = 1, "Receipt" = $id, "Version" = 2 WHERE "Id" = $id""");
            using var open = Command(empty, """INSERT INTO quizzes_attempts ("Id", "RunId", "ItemId", "LearnerId", "Number", "Allowed", "StartedAt", "ExtraTime", "Sheet", "Held", "Version", "Points", "End", "ScoreTold", "Changes", "Passed") VALUES ($id, 'r', 'i', $id, 1, 2, 1, 0, $text, '[]', 1, '5.0', 0, 0, 0, 0)""");
            using var step = Command(empty, """INSERT INTO quizzes_steps ("AttemptId", "Page", "Sequence", "Question", "Answer", "Try", "At") VALUES ($id, $id, $n, $n, $text, 0, 1)""");
            using var announce = Command(empty, """INSERT INTO quizzes_outbox ("Id", "Fact", "Body", "At", "NextAt", "Attempts", "Heard", "Parked") VALUES ($id, 'MoocPlatform.Quizzes.Contracts.AttemptGraded', $text, 1, 1, 0, '', 0)""");
            var ids = Enumerable.Range(0, submissions).Select(i => Guid.CreateVersion7(DateTimeOffset.UnixEpoch.AddMilliseconds(i)).ToString().ToUpperInvariant()).ToList();
            using (var prepare = empty.BeginTransaction())
            {
                foreach (var id in ids)
                    Row(open, prepare, id, 0, written.Sheet);
                prepare.Commit();
            }

            var started = Stopwatch.GetTimestamp();
            foreach (var thousand in ids.Chunk(1000))
            {
                using var transaction = empty.BeginTransaction();
                foreach (var id in thousand)
                {
                    for (var question = 0; question < written.Answers.Count; question++)
                        Row(step, transaction, id, question, written.Answers[question]);
                    Row(attempt, transaction, id, 0, written.Held);
                    Row(announce, transaction, id, 0, Fact);
                }

                transaction.Commit();
            }

            var time = Stopwatch.GetElapsedTime(started);
            empty.Close();
            File.Delete(file);
            return new(submissions, 0, time, double.NaN);
        }
    }

    private static void Row(SqliteCommand command, SqliteTransaction transaction, string id, int number, string text)
    {
        command.Transaction = transaction;
        command.Parameters["$id"].Value = id;
        command.Parameters["$n"].Value = number;
        command.Parameters["$text"].Value = text;
        command.ExecuteNonQuery();
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$id", "");
        command.Parameters.AddWithValue("$n", 0);
        command.Parameters.AddWithValue("$text", "");
        return command;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
