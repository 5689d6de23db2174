using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using MediatR;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MoocPlatform.Courses;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Features.Catalogue;
using MoocPlatform.Discussions;
using MoocPlatform.Enrollment;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Enrollment.Features.Learning;
using MoocPlatform.Host;
using MoocPlatform.Host.Accounts;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes;
using MoocPlatform.Quizzes.Contracts;
using MoocPlatform.Quizzes.Features.Shared;
using MoocPlatform.Quizzes.Features.Taking;
using MoocPlatform.Quizzes.Persistence;

namespace MoocPlatform.Benchmarks;

/// <summary>A site on SQLite with the demo course, many learners signed in, and for each of them an open attempt at its first quiz.</summary>
internal sealed partial class SeededSite : IAsyncDisposable
{
    private static readonly string Root =
        typeof(SeededSite).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "RepositoryRoot").Value!;

    private readonly string folder = Directory.CreateTempSubdirectory("mooc-bench-").FullName;
    private readonly int port = FreePort();

    public List<string> Cookies { get; } = [];

    /// <summary>A hundred learners, or as many as there are, who stand at different places in the course.</summary>
    public IReadOnlyList<string> Readers => [.. Cookies.Take(100)];

    /// <summary>Whose they are.</summary>
    public List<Guid> Learners { get; } = [];

    /// <summary>Path of each learner's attempt, in the order of <see cref="Cookies"/>.</summary>
    public List<string> Attempts { get; } = [];

    /// <summary>How the tables of Quizzes were made, for the limit.</summary>
    public List<string> Tables { get; } = [];

    public string CoursePath { get; private set; } = "";

    public string LessonPath { get; private set; } = "";

    /// <summary>The course's outline as its team edits it.</summary>
    public string WorkshopPath { get; private set; } = "";

    /// <summary>Of the one who has made the course.</summary>
    public string TeacherCookie { get; private set; } = "";

    public int Questions { get; private set; }

    public HttpClient Client { get; } = new(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false });

    /// <summary>Keeps the preparation from flooding the site it prepares.</summary>
    public SemaphoreSlim Throttle { get; } = new(16);

    private string[] Settings =>
    [
        $"--ConnectionStrings:Database=Data Source={DatabaseFile}", $"--Assets:Folder={Path.Combine(folder, "assets")}",
        $"--Mail:Folder={Path.Combine(folder, "mail")}", $"--Site:Address=http://127.0.0.1:{port}", "--environment=Benchmark", "--Limits:Factor=0", "--FirstStart=none", "--Discussions:PostsAtOnce=1000000",
    ];

    /// <param name="copies">How many more courses there are, each with the outline and texts of the demo course.</param>
    /// <param name="items">How many items each course has at least; those added have the texts of the demo course's lessons.</param>
    public static async Task<SeededSite> Make(int learners, int copies = 0, int items = 0)
    {
        var site = new SeededSite();
        await site.Within(async services =>
        {
            await site.Fill(services, learners);
            await Lengthen(services, items);
            await Copy(services, copies);
        });
        return site;
    }

    /// <summary>Gives every open attempt an answer to each question and the same deadline, as if all had been started at once with a limit.</summary>
    public Task ExpireTogether(DateTimeOffset deadline) => Within(async services =>
    {
        foreach (var ids in Attempts.Select(a => Guid.ParseExact(a[(a.LastIndexOf('/') + 1)..], "N")).Chunk(200))
        {
            await using var scope = services.CreateAsyncScope();
            var (db, shelf) = (scope.ServiceProvider.GetRequiredService<QuizzesDb>(), scope.ServiceProvider.GetRequiredService<QuestionShelf>());
            foreach (var attempt in await db.Attempts.Where(a => ids.Contains(a.Id)).ToListAsync())
            {
                var (page, questions) = (attempt.Id, await shelf.Of(attempt.Sheet, CancellationToken.None));
                for (var question = 0; question < questions.Count; question++)
                    db.Add(attempt.Keep(page, question + 1, question, questions[question].Read(["1"], attempt.Sheet.Questions[question].Order, CultureInfo.InvariantCulture), attempt.StartedAt));
                db.Announce(new AttemptTimed(attempt.Id, deadline));
            }

            await db.SaveChangesAsync();
            await db.InTurn(ct => db.Attempts.Where(a => ids.Contains(a.Id)).ExecuteUpdateAsync(s => s.SetProperty(a => a.Deadline, deadline), ct), CancellationToken.None);
        }

        await Settle(services);
    });

    public string DatabaseFile => Path.Combine(folder, "mooc.db");

    /// <summary>A figure of the database, read beside the running process.</summary>
    public async Task<long> Count(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={DatabaseFile};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    // Works on the site's services while its process is not running.
    private async Task Within(Func<IServiceProvider, Task> work)
    {
        IModule[] modules = [new CoursesModule(), new EnrollmentModule(), new QuizzesModule(), new DiscussionsModule()];
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = Settings, ContentRootPath = Path.Combine(Root, "src", "Host") });
        builder.Logging.ClearProviders();
        builder.AddPlatform(modules);
        await using var app = builder.Build();
        await app.Services.MigrateModules(CancellationToken.None);
        await work(app.Services);
    }

    /// <summary>Starts the real process on the site.</summary>
    public async Task<Running> Run()
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Platform).Assembly.Location, .. Settings, $"--urls=http://127.0.0.1:{port}"])
        {
            WorkingDirectory = Path.Combine(Root, "src", "Host"),
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        var running = new Running(process, new Uri($"http://127.0.0.1:{port}"));
        await running.Ready("/health/ready");
        return running;
    }

    private async Task Fill(IServiceProvider services, int learners)
    {
        var clock = services.GetRequiredService<TimeProvider>();
        (var owner, TeacherCookie) = await NewLearner(services, clock, "Teacher");
        var teacher = owner.Id;
        var report = await Send(services, new ImportFolder(DemoCourse(), teacher));
        var today = clock.GetUtcNow().Date;
        var runId = await Send(services, new PlanRun(report.CourseId!.Value, teacher, "bench", today.AddDays(-21), today.AddDays(21), "Europe/Bucharest"));
        await Settle(services);
        var term = (await Send(services, new RunTermQuery(runId)))!;
        var outline = (await Send(services, new OutlineQuery(runId)))!;
        var quiz = outline.Items.First(i => i.Kind == ItemKind.Quiz);
        CoursePath = CourseLinks.Course(term.CourseSlug);
        WorkshopPath = CourseLinks.Teach(term.CourseSlug);
        LessonPath = CourseLinks.Item(term.CourseSlug, term.RunSlug, outline.Items.First(i => i.Kind == ItemKind.Lesson).Slug);

        await Parallel.ForEachAsync(Enumerable.Range(0, learners), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, ct) =>
        {
            var (account, cookie) = await NewLearner(services, clock, $"Learner {i}");
            await Send(services, new JoinRun(runId, account.Id));
            foreach (var lesson in outline.Items.Where(l => l.Kind == ItemKind.Lesson).Take(i < 500 ? i % 10 : 0))
                await Send(services, new CompleteItem(term, lesson, term.Start, account.Id, Undo: false));
            var attempt = await Send(services, new StartAttempt(new(term.CourseSlug, term.RunSlug, quiz.Slug), clock.NewKey(), account.Id));
            lock (Cookies)
            {
                Cookies.Add(cookie);
                Learners.Add(account.Id);
                Attempts.Add($"{QuizLinks.Quiz(term.CourseSlug, term.RunSlug, quiz.Slug)}/attempt/{attempt:N}");
            }
        });
        await Settle(services);
        Read(services.GetRequiredService<Database>(), quiz.Id);
    }

    // The demo course, with five questions more in its first quiz: ten answers has the submission of which the goals speak.
    private string DemoCourse()
    {
        var (demo, copy) = (Path.Combine(Root, "src", "Host", "Demo", "oer-in-practice"), Path.Combine(folder, "course"));
        foreach (var file in Directory.EnumerateFiles(demo, "*", SearchOption.AllDirectories))
        {
            var to = Path.Combine(copy, Path.GetRelativePath(demo, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }

        var quizzes = Directory.GetFiles(copy, "*-quiz-*.md", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
        var more = File.ReadAllText(quizzes[1]).Split("\n## ").Skip(1).Take(5);
        File.AppendAllText(quizzes[0], string.Concat(more.Select(question => "\n## " + question.Replace("{#", "{#more-", StringComparison.Ordinal))));
        return copy;
    }

    // An added lesson has the key of the one that it repeats but for its first two digits, which differ from those of any key made now.
    private static async Task Lengthen(IServiceProvider services, int items)
    {
        await using var connection = services.GetRequiredService<Database>().OpenSqlite();
        var columns = ((string)(await Scalar(connection, "SELECT group_concat(name, ' ') FROM pragma_table_info('courses_items')"))!).Split(' ');
        for (var round = 1; Convert.ToInt32(await Scalar(connection, "SELECT count(*) FROM courses_items"), CultureInfo.InvariantCulture) is var has && has < items; round++)
        {
            var values = columns.Select(c => c switch
            {
                "Id" => $"'{0xFF - round:X2}' || substr(\"Id\", 3)",
                "Slug" => $"\"Slug\" || '-again-{round}'",
                "Number" or "Position" => $"\"{c}\" + {1000 * round}",
                _ => $"\"{c}\"",
            });
            await Scalar(connection, $"INSERT INTO courses_items ({string.Join(", ", columns.Select(c => $"\"{c}\""))}) SELECT {string.Join(", ", values)} FROM courses_items WHERE \"Kind\" = {(int)ItemKind.Lesson} AND \"Number\" < 1000 LIMIT {items - has}");
        }
    }

    // A copy has the keys of the first course but for their last twelve digits, which count the copies.
    private static async Task Copy(IServiceProvider services, int copies)
    {
        await using var connection = services.GetRequiredService<Database>().OpenSqlite();
        var id = (Guid)(await Scalar(connection, "SELECT \"Id\" FROM courses_courses") is string text ? Guid.Parse(text) : throw new InvalidOperationException());
        await using (var transaction = connection.BeginTransaction())
        {
            for (var copy = 1; copy <= copies; copy++)
                foreach (var table in new[] { "courses", "sections", "items", "runs" })
                {
                    await using var command = connection.CreateCommand();
                    command.Transaction = transaction;
                    command.CommandText = await Copying(connection, "courses_" + table, copy);
                    command.Parameters.AddWithValue("$course", id.ToString().ToUpperInvariant());
                    await command.ExecuteNonQueryAsync();
                }

            transaction.Commit();
        }

        for (var copy = 1; copy <= copies; copy++)
            await Send(services, new IndexCourse(Guid.Parse(id.ToString()[..24] + copy.ToString("x12", CultureInfo.InvariantCulture))));
    }

    private static async Task<string> Copying(SqliteConnection connection, string table, int copy)
    {
        var columns = ((string)(await Scalar(connection, $"SELECT group_concat(name, ' ') FROM pragma_table_info('{table}')"))!).Split(' ');
        var values = columns.Select(c => c switch
        {
            "Id" or "CourseId" or "SectionId" => $"substr(\"{c}\", 1, 24) || printf('%012X', {copy})",
            "Slug" or "Title" when table == "courses_courses" => $"\"{c}\" || '-{copy}'",
            "Subject" => $"'Subject {copy % 12}'",
            _ => $"\"{c}\"",
        });
        var mine = table == "courses_courses" ? "Id" : "CourseId";
        return $"INSERT INTO {table} ({string.Join(", ", columns.Select(c => $"\"{c}\""))}) SELECT {string.Join(", ", values)} FROM {table} WHERE \"{mine}\" = $course";
    }

    private static async Task<object?> Scalar(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync();
    }

    private static async Task<(Account Account, string Cookie)> NewLearner(IServiceProvider services, TimeProvider clock, string name)
    {
        await using var scope = services.CreateAsyncScope();
        var mail = $"{name.Replace(' ', '.')}@example.org";
        var account = new Account { Id = clock.NewKey(), UserName = mail, Email = mail, EmailConfirmed = true, Name = name, JoinedAt = clock.GetUtcNow() };
        var made = await scope.ServiceProvider.GetRequiredService<UserManager<Account>>().CreateAsync(account);
        if (!made.Succeeded)
            throw new InvalidOperationException(string.Join(' ', made.Errors.Select(e => e.Description)));

        var principal = await scope.ServiceProvider.GetRequiredService<IUserClaimsPrincipalFactory<Account>>().CreateAsync(account);
        var options = services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(IdentityConstants.ApplicationScheme);
        var now = clock.GetUtcNow();
        // Once a minute the site looks at the account and renews the cookie, which a browser takes and these requests do not: so it is young all along.
        var properties = new AuthenticationProperties { IssuedUtc = now.AddHours(1), ExpiresUtc = now.AddHours(12) };
        properties.Items[TicketAge.Since] = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var ticket = new AuthenticationTicket(principal, properties, IdentityConstants.ApplicationScheme);
        return (account, $"{options.Cookie.Name}={options.TicketDataFormat.Protect(ticket)}");
    }

    private void Read(Database database, Guid quiz)
    {
        using var connection = database.OpenSqlite();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND tbl_name IN ('quizzes_attempts', 'quizzes_steps', 'quizzes_outbox') ORDER BY type DESC";
        using (var reader = command.ExecuteReader())
        {
            while (reader.Read())
                Tables.Add(reader.GetString(0));
        }

        command.CommandText = "SELECT count(*) FROM quizzes_questions WHERE \"QuizId\" = $quiz";
        command.Parameters.AddWithValue("$quiz", quiz);
        Questions = Convert.ToInt32(command.ExecuteScalar());
    }

    /// <summary>What has been written of an attempt that was submitted.</summary>
    /// <param name="attempt">Its address.</param>
    public Written Written(string attempt)
    {
        using var connection = new SqliteConnection($"Data Source={DatabaseFile};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """SELECT "Sheet", "Held" FROM quizzes_attempts WHERE "Id" = $id""";
        command.Parameters.AddWithValue("$id", Guid.Parse(attempt[(attempt.LastIndexOf('/') + 1)..]));
        using var row = command.ExecuteReader();
        row.Read();
        var (sheet, held) = (row.GetString(0), row.GetString(1));
        row.Close();

        command.CommandText = """SELECT "Answer" FROM quizzes_steps WHERE "AttemptId" = $id""";
        using var steps = command.ExecuteReader();
        var answers = new List<string>();
        while (steps.Read())
            answers.Add(steps.GetString(0));
        return new(sheet, held, answers);
    }

    private static async Task<T> Send<T>(IServiceProvider services, IRequest<T> request)
    {
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request);
    }

    private static async Task Settle(IServiceProvider services)
    {
        while (await services.GetRequiredService<OutboxPump>().Deliver(CancellationToken.None))
        {
        }
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        Throttle.Dispose();
        SqliteConnection.ClearAllPools();
        await Task.Yield();
        Directory.Delete(folder, recursive: true);
    }
}

/// <summary>The texts of an attempt's rows.</summary>
internal sealed record Written(string Sheet, string Held, IReadOnlyList<string> Answers);
