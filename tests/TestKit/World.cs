using System.Collections.Concurrent;
using System.Net;
using System.Security.Claims;
using System.Text.Encodings.Web;
using AngleSharp;
using AngleSharp.Html.Dom;
using MediatR;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MoocPlatform.Host.Accounts;
using MoocPlatform.Host.Notifications;
using MoocPlatform.Host.Persistence;
using MoocPlatform.Kernel;
using Npgsql;
using Xunit;

namespace MoocPlatform.TestKit;

/// <summary>
/// The whole app on a throw-away database: SQLite, or PostgreSQL when MOOC_TEST_POSTGRES holds a connection string to a server.
/// Only the clock and the person are fake.
/// </summary>
public class World : WebApplicationFactory<Program>, IAsyncLifetime
{
    private readonly string name = "t" + Guid.CreateVersion7().ToString("N")[12..];
    private readonly string folder;

    private readonly bool realSignIn;

    public World()
        : this(realSignIn: false)
    {
    }

    /// <param name="realSignIn">People sign in by the real pages and cookies; <see cref="As"/> then only opens a browser for a visitor.</param>
    protected World(bool realSignIn)
    {
        this.realSignIn = realSignIn;
        folder = Directory.CreateTempSubdirectory("mooc-test-").FullName;
    }

    /// <summary>Where this world keeps its files.</summary>
    public string Folder => folder;

    /// <summary>The clock of the whole app. Starts on 2 November 2026, 10:00 UTC; goes only when told.</summary>
    public FakeClock Clock { get; } = new(new DateTimeOffset(2026, 11, 2, 10, 0, 0, TimeSpan.Zero));

    /// <summary>Whether this run is on PostgreSQL.</summary>
    public static bool OnPostgres => Postgres is { Length: > 0 };

    private static string? Postgres => Environment.GetEnvironmentVariable("MOOC_TEST_POSTGRES");

    private string ConnectionString => OnPostgres
        ? new NpgsqlConnectionStringBuilder(Postgres) { Database = name, MaxPoolSize = 20 }.ToString()
        : new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, "mooc.db") }.ToString();

    public async ValueTask InitializeAsync()
    {
        if (OnPostgres)
            await OnServer($"CREATE DATABASE {name}");
        _ = Services; // starts the app
    }

    /// <summary>Mail goes when the test says so, not when the bell of the queue rings.</summary>
    protected static void MailWaits(IServiceCollection services) =>
        services.Remove(services.Single(d => d.ServiceType == typeof(IHostedService) && d.ImplementationFactory?.Method.ReturnType == typeof(MailSender)));

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Testing");
        builder.UseSetting("ConnectionStrings:Database", ConnectionString);
        builder.UseSetting("Mail:Folder", Path.Combine(folder, "mail"));
        builder.UseSetting("Assets:Folder", Path.Combine(folder, "assets"));
        builder.UseSetting("Site:Address", "http://localhost");
        builder.UseSetting("Accounts:HashIterations", "1000");
        builder.UseSetting("Pages:KeptFor", "0"); // the world's clock may go a day while a page is kept for a second
        builder.UseSetting("Schedule:Runs", "false"); // the world's clock is not the machine's: what waits runs when the world is moved, and only then
        builder.UseSetting("Limits:Factor", "0"); // thousands of requests from one address, in seconds: tests of the limits set it
        builder.ConfigureTestServices(services =>
        {
            services.AddSingleton<TimeProvider>(Clock);
            services.AddSingleton<IStartupFilter, FakeAddress>();
            if (realSignIn)
                return;
            services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, FakePerson>(FakePerson.Scheme, null);
            services.PostConfigure<AuthenticationOptions>(o =>
            {
                o.DefaultAuthenticateScheme = FakePerson.Scheme;
                o.DefaultScheme = FakePerson.Scheme;
            });
        });
        builder.ConfigureLogging(l => l.SetMinimumLevel(LogLevel.Error));
    }

    /// <summary>Sends a request as the module's own code would, in a scope of its own.</summary>
    public async Task<T> Send<T>(IRequest<T> request)
    {
        await using var scope = Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Works on a module's context in a scope of its own.</summary>
    public async Task<T> Db<TDb, T>(Func<TDb, Task<T>> work)
        where TDb : notnull
    {
        await using var scope = Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<TDb>());
    }

    /// <summary>Delivers facts until none is due.</summary>
    public async Task Settle()
    {
        var pump = Services.GetRequiredService<OutboxPump>();
        while (await pump.Deliver(TestContext.Current.CancellationToken))
        {
        }
    }

    /// <summary>Moves the clock to an instant, runs what the schedule holds until then in order, delivers the facts, and runs what they put on the schedule for now.</summary>
    public async Task At(DateTimeOffset instant)
    {
        await Settle();
        Clock.Now = instant;
        var due = Services.GetRequiredService<Host.Schedule.DueJobs>();
        for (var round = 0; round < 2; round++)
        {
            await due.RunUntil(instant, TestContext.Current.CancellationToken);
            await Settle();
        }
    }

    /// <summary>A person with an account, made on first use of the name.</summary>
    public async Task<Guid> Person(string personName, params string[] roles)
    {
        if (people.TryGetValue(personName, out var known))
            return known.Id;
        await using var scope = Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        var roleManager = scope.ServiceProvider.GetRequiredService<RoleManager<IdentityRole<Guid>>>();
        var mail = $"{personName.ToLowerInvariant().Replace(' ', '.')}@example.org";
        var account = new Account { Id = Clock.NewKey(), UserName = mail, Email = mail, EmailConfirmed = true, Name = personName, JoinedAt = Clock.Now };
        var made = await users.CreateAsync(account);
        if (!made.Succeeded)
            throw new InvalidOperationException(string.Join(", ", made.Errors.Select(e => e.Description)));
        foreach (var role in roles)
        {
            if (!await roleManager.RoleExistsAsync(role))
                await roleManager.CreateAsync(new IdentityRole<Guid>(role) { Id = Clock.NewKey() });
            await users.AddToRoleAsync(account, role);
        }

        people[personName] = (account.Id, roles);
        return account.Id;
    }

    /// <summary>The texts of the mails queued to an address, oldest first.</summary>
    public Task<List<string>> MailsTo(string address) =>
        Db<HostDb, List<string>>(db => db.Mails.Where(m => m.To == address).OrderBy(m => m.QueuedAt).ThenBy(m => m.Id).Select(m => m.Body).ToListAsync());

    /// <summary>Takes the mails to an address out of the queue, as if they had never been written.</summary>
    public Task<int> LoseMailsTo(string address) => Db<HostDb, int>(db => db.InTurn(ct => db.Mails.Where(m => m.To == address).ExecuteDeleteAsync(ct), default));

    /// <summary>Makes the address of a person one that was never confirmed.</summary>
    public Task<int> Unconfirm(string address) =>
        Db<HostDb, int>(db => db.InTurn(ct => db.Users.Where(u => u.Email == address).ExecuteUpdateAsync(s => s.SetProperty(u => u.EmailConfirmed, false), ct), default));

    /// <summary>A browser without script, as a person (null: a visitor) who was made by <see cref="Person"/>.</summary>
    public Browser As(string? personName)
    {
        var client = CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = true });
        if (personName is not null)
        {
            var (id, roles) = people[personName];
            client.DefaultRequestHeaders.Add(FakePerson.Header, $"{id};{string.Join(',', roles)};{Uri.EscapeDataString(personName)}");
        }

        return new Browser(client);
    }

    /// <summary>A browser that comes from an address of its own.</summary>
    public Browser From(string address)
    {
        var browser = As(null);
        browser.Client.DefaultRequestHeaders.Add(FakeAddress.Header, address);
        return browser;
    }

    private readonly ConcurrentDictionary<string, (Guid Id, string[] Roles)> people = new(StringComparer.Ordinal);

    private static async Task OnServer(string sql)
    {
        await using var connection = new NpgsqlConnection(Postgres);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        SqliteConnection.ClearAllPools();
        NpgsqlConnection.ClearAllPools();
        if (OnPostgres)
            await OnServer($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (IOException)
        {
            // A file still open elsewhere: the system clears its temporary folder itself.
        }
    }
}

/// <summary>A clock that stands still until it is moved.</summary>
public sealed class FakeClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}

/// <summary>Believes a header where a request comes from.</summary>
internal sealed class FakeAddress : IStartupFilter
{
    public const string Header = "X-Test-Address";

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((context, go) =>
        {
            context.Connection.RemoteIpAddress = IPAddress.TryParse(context.Request.Headers[Header], out var address) ? address : IPAddress.Loopback;
            return go(context);
        });
        next(app);
    };
}

/// <summary>Believes a header who the person is. The rest of the app cannot tell.</summary>
internal sealed class FakePerson(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public new const string Scheme = "Test";
    public const string Header = "X-Test-Person";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers[Header].ToString() is not { Length: > 0 } person)
            return Task.FromResult(AuthenticateResult.NoResult());
        var parts = person.Split(';');
        var identity = new ClaimsIdentity(
            [new(ClaimTypes.NameIdentifier, parts[0]), new(PersonClaims.NameClaim, Uri.UnescapeDataString(parts[2])), .. parts[1].Split(',', StringSplitOptions.RemoveEmptyEntries).Select(r => new Claim(ClaimTypes.Role, r))], Scheme);
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme)));
    }
}

/// <summary>Opens pages, fills in their real forms and posts them, like a browser without script.</summary>
public sealed class Browser(HttpClient client)
{
    /// <summary>The underlying client: no redirects, cookies kept.</summary>
    public HttpClient Client => client;

    /// <summary>Opens a page, following redirects; fails on any status but the expected.</summary>
    public async Task<IHtmlDocument> Open(string path, HttpStatusCode expected = HttpStatusCode.OK)
    {
        var (response, document) = await Follow(await client.GetAsync(new Uri(path, UriKind.RelativeOrAbsolute)));
        if (response.StatusCode != expected)
            throw new InvalidOperationException($"{path}: expected {(int)expected}, was {(int)response.StatusCode}\n{document.Body?.TextContent.Trim()}");
        return document;
    }

    /// <summary>Posts the form found by a selector (the form or an element in it) with its own fields, those given replaced or added.</summary>
    public async Task<(HttpStatusCode Status, IHtmlDocument Page, string Path)> Submit(IHtmlDocument page, string selector, params (string Name, string Value)[] fields)
    {
        var element = page.QuerySelector(selector) ?? throw new InvalidOperationException($"The page has no {selector}.");
        var form = element as IHtmlFormElement ?? (element as IHtmlButtonElement)?.Form ?? (IHtmlFormElement)element.Closest("form")!;
        var values = new List<KeyValuePair<string, string>>();
        foreach (var field in form.Elements)
        {
            switch (field)
            {
                case IHtmlInputElement { Name: { Length: > 0 } n } input when !fields.Any(f => f.Name == n):
                    if (input.Type is "checkbox" or "radio" ? input.IsChecked : input.Type is not ("submit" or "button" or "file"))
                        values.Add(new(n, input.Value));
                    break;
                case IHtmlTextAreaElement { Name: { Length: > 0 } n } area when !fields.Any(f => f.Name == n):
                    values.Add(new(n, area.Value));
                    break;
                case IHtmlSelectElement { Name: { Length: > 0 } n } select when !fields.Any(f => f.Name == n):
                    values.Add(new(n, select.Value ?? ""));
                    break;
            }
        }

        if (element is IHtmlButtonElement { Name: { Length: > 0 } button } pressed)
            values.Add(new(button, pressed.Value));
        values.AddRange(fields.Select(f => new KeyValuePair<string, string>(f.Name, f.Value)));

        var action = (element as IHtmlButtonElement)?.GetAttribute("formaction") ?? form.GetAttribute("action");
        var target = string.IsNullOrEmpty(action) ? page.DocumentUri : new Uri(new Uri(page.DocumentUri), action).ToString();
        var first = form.Method?.Equals("get", StringComparison.OrdinalIgnoreCase) == true
            ? await client.GetAsync(target + "?" + await new FormUrlEncodedContent(values).ReadAsStringAsync())
            : await client.PostAsync(target, new FormUrlEncodedContent(values));
        var (response, document) = await Follow(first);
        return (response.StatusCode, document, response.RequestMessage!.RequestUri!.PathAndQuery);
    }

    private async Task<(HttpResponseMessage Response, IHtmlDocument Page)> Follow(HttpResponseMessage response)
    {
        for (var i = 0; i < 10 && response.StatusCode is HttpStatusCode.Redirect or HttpStatusCode.Found or HttpStatusCode.SeeOther; i++)
            response = await client.GetAsync(new Uri(response.RequestMessage!.RequestUri!, response.Headers.Location!));
        var html = await response.Content.ReadAsStringAsync();
        var document = await BrowsingContext.New(Configuration.Default).OpenAsync(r => r.Content(html).Address(response.RequestMessage!.RequestUri!.ToString()));
        return (response, (IHtmlDocument)document);
    }
}
