using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MoocPlatform.Journeys.Tests;

/// <summary>
/// A learner's device in an open attempt, on a bad day: by a seed the network goes, requests or their answers are lost, come twice or late, tabs are
/// closed, crash and are opened again, a second one is open beside the first, and the server is killed and started again.
/// </summary>
internal sealed class CutDevice(IBrowserContext context, RunningSite site, string address, Random random)
{
    private readonly List<IPage> tabs = [];
    private readonly List<(string Url, APIRequestContextOptions Request)> late = [];
    private bool offline;
    private bool whole;
    private Task server = Task.CompletedTask;

    /// <summary>What was given last, by question: as the server keeps it.</summary>
    public Dictionary<int, string> Given { get; } = [];

    /// <summary>How many answers were given.</summary>
    public int Answers { get; private set; }

    /// <summary>How many cuts there were.</summary>
    public int Cuts { get; private set; }

    public async Task Begin()
    {
        await context.RouteAsync("**/steps", Steps);
        await Open();
    }

    /// <summary>Gives an answer on one of the tabs.</summary>
    public async Task Answer(int question)
    {
        var tab = tabs[random.Next(tabs.Count)];
        var section = tab.Locator($"section[data-question='{question}']");
        var boxes = section.Locator("input[type=radio], input[type=checkbox]");
        var count = await boxes.CountAsync();
        Answers++;
        if (count == 0)
        {
            Given[question] = $"{1000 + Answers}";
            await section.Locator("input").FillAsync(Given[question]);
            if (random.Next(2) == 0)
                await section.Locator("input").PressAsync("Enter"); // otherwise it is still being typed
            return;
        }

        var before = Given.GetValueOrDefault(question, "");
        await section.Locator("label.choice").Nth(random.Next(count)).ClickAsync();
        Given[question] = string.Join(',', await boxes.EvaluateAllAsync<string[]>("boxes => boxes.filter(b => b.checked).map(b => b.value)"));
        if (Given[question] == before)
            Answers--;
    }

    /// <summary>Something is cut, or mended.</summary>
    public async Task Something()
    {
        switch (random.Next(12))
        {
            case 0 or 1:
                await Network(!offline);
                break;
            case 2:
                Cuts++;
                await Open();
                await Close(tabs[0], crash: false);
                break;
            case 3:
                Cuts++;
                await Open();
                await Close(tabs[0], crash: true);
                break;
            case 4 when tabs.Count < 3:
                await Open();
                break;
            case 5 when tabs.Count > 1:
                await Close(tabs[random.Next(tabs.Count)], crash: false);
                break;
            case 6:
                await Late();
                break;
        }
    }

    /// <summary>Ends the server at once. It comes back while answers are being given.</summary>
    public async Task KillServer()
    {
        Cuts++;
        await server;
        await site.Kill();
        server = site.Start();
    }

    /// <summary>Everything works again: what has not arrived yet does, and one tab is opened anew.</summary>
    /// <returns>That tab.</returns>
    public async Task<IPage> Mend()
    {
        await Open();
        foreach (var tab in tabs.SkipLast(1).ToList())
            await Close(tab, crash: false);
        whole = true;
        await Late();
        return tabs.Single();
    }

    private async Task Open()
    {
        await server;
        await Network(false);
        var tab = await context.NewPageAsync();
        await tab.GotoAsync(address);
        await Expect(tab.Locator("[data-save-state]")).ToBeVisibleAsync(); // its script runs
        tabs.Add(tab);
    }

    private async Task Close(IPage tab, bool crash)
    {
        tabs.Remove(tab);
        if (crash)
        {
            var ended = new TaskCompletionSource();
            tab.Crash += (_, _) => ended.TrySetResult();
            var session = await context.NewCDPSessionAsync(tab);
            _ = session.SendAsync("Page.crash").ContinueWith(t => t.Exception, TaskScheduler.Default); // nobody is left to answer
            await ended.Task;
        }

        await tab.CloseAsync();
    }

    private async Task Network(bool away)
    {
        if (away)
            Cuts++;
        offline = away;
        await context.SetOfflineAsync(away);
    }

    private async Task Steps(IRoute route)
    {
        if (offline)
        {
            await route.AbortAsync("internetdisconnected");
            return;
        }

        var kind = whole ? 9 : random.Next(10);
        if (kind <= 5)
            Cuts++;
        switch (kind)
        {
            case 0 or 1: // the request is lost
                await route.AbortAsync("connectionreset");
                break;
            case 2 or 3: // its answer is lost
                await Reach(route.Request.Url, await Copy(route.Request));
                await route.AbortAsync("connectionreset");
                break;
            case 4: // it is under way for so long that the page gives up, and it arrives when others have
                var copy = await Copy(route.Request);
                lock (late)
                    late.Add((route.Request.Url, copy));
                await route.AbortAsync("timedout");
                break;
            case 5: // it comes twice
                await Reach(route.Request.Url, await Copy(route.Request));
                await route.ContinueAsync();
                break;
            default:
                await route.ContinueAsync();
                break;
        }
    }

    private async Task Late()
    {
        List<(string Url, APIRequestContextOptions Request)> due;
        lock (late)
        {
            due = [.. late.OrderBy(_ => random.Next())];
            late.Clear();
        }

        await server;
        foreach (var (url, request) in due)
            await Reach(url, request);
    }

    private static async Task<APIRequestContextOptions> Copy(IRequest request) =>
        new() { Method = request.Method, Headers = await request.AllHeadersAsync(), DataByte = request.PostDataBuffer, FailOnStatusCode = false };

    private async Task Reach(string url, APIRequestContextOptions request)
    {
        try
        {
            await context.APIRequest.FetchAsync(url, request);
        }
        catch (PlaywrightException)
        {
            // The server is not there.
        }
    }
}
