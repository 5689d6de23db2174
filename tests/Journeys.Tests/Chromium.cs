using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;

namespace MoocPlatform.Journeys.Tests;

/// <summary>A real browser for one test class, on a running site. Every page that breaks the content security policy or throws fails its test.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Flags =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    private static readonly string Axe = File.ReadAllText(Path.Combine(
        typeof(Chromium).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "RepositoryRoot").Value!, "node_modules", "axe-core", "axe.min.js"));

    private IPlaywright playwright = null!;
    private IBrowser browser = null!;

    /// <summary>The site of this class.</summary>
    public RunningSite Site { get; } = new();

    /// <summary>What went wrong in pages: script errors, policy violations.</summary>
    public List<string> Faults { get; } = [];

    public async ValueTask InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(20_000);
        await Site.InitializeAsync();
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("MOOC_TEST_CHROMIUM") ?? "/usr/bin/chromium",
            Args = Flags,
        });
    }

    /// <summary>A new person at a device of their own.</summary>
    public async Task<IPage> Visitor(bool script = true, int width = 1280, string zone = "Europe/Bucharest", ColorScheme scheme = ColorScheme.Light, string language = "en")
    {
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = Site.Address,
            JavaScriptEnabled = script,
            ViewportSize = new() { Width = width, Height = 900 },
            TimezoneId = zone,
            ColorScheme = scheme,
            Locale = language,
        });
        context.SetDefaultTimeout(20_000);
        var page = await context.NewPageAsync();
        page.PageError += (_, error) => Fault($"{page.Url}: {error}");
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && message.Text.Contains("Content Security Policy", StringComparison.Ordinal))
                Fault($"{page.Url}: {message.Text}");
        };
        return page;
    }

    /// <summary>A demo person, signed in by the button of the sign-in page.</summary>
    public async Task<IPage> Person(string name, bool script = true, int width = 1280, ColorScheme scheme = ColorScheme.Light)
    {
        var page = await Visitor(script, width, scheme: scheme);
        await SignIn(page, name);
        return page;
    }

    /// <summary>Signs a demo person in, here and in the other tabs of the same browser.</summary>
    public static async Task SignIn(IPage page, string name)
    {
        await page.GotoAsync("/account/sign-in");
        await page.GetByRole(AriaRole.Button, new() { Name = name }).ClickAsync();
        await Leaves(page, "/account/sign-in");
    }

    /// <summary>Fills in and sends the form that a page shows in a dialog when its session has ended.</summary>
    public static async Task SignInAgain(ILocator dialog, string mail, string password)
    {
        await dialog.GetByLabel("Mail address").FillAsync(mail);
        await dialog.GetByLabel("Password", new() { Exact = true }).FillAsync(password);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
    }

    /// <summary>Waits until another page is there. Playwright's own wait for an address waits for a load too, in vain if that has ended just before.</summary>
    public static Task Leaves(IPage page, string path) =>
        Assertions.Expect(page).Not.ToHaveURLAsync(new Regex(Regex.Escape(path), RegexOptions.None, TimeSpan.FromSeconds(1)));

    /// <summary>Asserts that axe-core finds nothing (WCAG 2.0 to 2.2, A and AA, and best practice) and that the page is not wider than its window.</summary>
    /// <param name="coloursOnly">Only what its colours can break is looked for.</param>
    public static async Task Accessible(IPage page, bool coloursOnly = false)
    {
        if (!await page.EvaluateAsync<bool>("'axe' in window"))
            await page.EvaluateAsync(Axe);
        var found = await page.EvaluateAsync<JsonElement>(
            """
            async (coloursOnly) => {
              const rules = coloursOnly ? { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } } : {};
              const { violations } = await axe.run(document, { resultTypes: ['violations'], ...rules });
              return violations.map(v => v.id + ': ' + v.nodes.map(n => n.target.join(' ') + ' ' + n.html.slice(0, 160)).join(' | '));
            }
            """, coloursOnly);
        var violations = found.EnumerateArray().Select(v => v.GetString()).ToList();
        Assert.True(violations.Count == 0, $"{page.Url}\n{string.Join('\n', violations)}");
        var tooWide = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(tooWide <= 0, $"{page.Url} is {tooWide} px wider than the window");
    }

    private void Fault(string fault)
    {
        lock (Faults)
            Faults.Add(fault);
    }

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
        await Site.DisposeAsync();
        Assert.Empty(Faults);
    }
}
