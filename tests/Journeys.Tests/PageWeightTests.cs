using Microsoft.Playwright;
using Xunit;

namespace MoocPlatform.Journeys.Tests;

/// <summary>
/// What a browser fetches for a lesson, heads and bodies as they come over the wire. The pictures of the lesson itself are left out, for they are
/// its author's; icons, fonts, style and scripts are ours and count.
/// </summary>
public sealed class PageWeightTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const int MostBytesFirst = 60_000;
    private const int MostBytesNext = 15_000;
    private const int MostRequests = 6;

    [Theory]
    [InlineData("what-an-open-resource-is", false)]
    [InlineData("the-public-domain", true)]
    [InlineData("what-open-saves", true)] // and code
    public async Task A_lesson_weighs_little_on_the_first_visit_and_next_to_nothing_on_the_next(string lesson, bool hasFormulas)
    {
        var page = await chromium.Visitor();
        var path = $"{await chromium.Site.Run()}/{lesson}";

        var first = await Fetched(page, path);
        Assert.Equal(hasFormulas, await page.Locator(".prose math").CountAsync() > 0);
        Assert.True(first.Sum(f => f.Bytes) <= MostBytesFirst && first.Count <= MostRequests, Told(first));
        Assert.DoesNotContain(first, f => f.Address.Contains("katex", StringComparison.Ordinal) || f.Address.Contains("/hub-", StringComparison.Ordinal));

        var next = await Fetched(page, path);
        Assert.True(next.Sum(f => f.Bytes) <= MostBytesNext && next.Count <= MostRequests, Told(next));
        Assert.Contains(next, f => f.Address.EndsWith(lesson, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_next_lesson_costs_its_own_text_alone()
    {
        var page = await chromium.Visitor();
        var run = await chromium.Site.Run();
        await Fetched(page, $"{run}/what-an-open-resource-is");

        var next = await Fetched(page, $"{run}/how-copyright-begins");
        Assert.True(next.Sum(f => f.Bytes) <= MostBytesNext && next.Count <= MostRequests, Told(next));
    }

    private static async Task<IReadOnlyList<(string Address, int Bytes)>> Fetched(IPage page, string path)
    {
        var network = await page.Context.NewCDPSessionAsync(page);
        var asked = new Dictionary<string, (string Address, bool Counts)>(StringComparer.Ordinal);
        var fetched = new List<(string, int)>();
        network.Event("Network.responseReceived").OnEvent += (_, e) =>
        {
            var response = e!.Value.GetProperty("response");
            var isKept = response.GetProperty("fromDiskCache").GetBoolean();
            asked[e.Value.GetProperty("requestId").GetString()!] = (response.GetProperty("url").GetString()!, !isKept && e.Value.GetProperty("type").GetString() != "Image");
        };
        network.Event("Network.loadingFinished").OnEvent += (_, e) =>
        {
            var bytes = (int)e!.Value.GetProperty("encodedDataLength").GetDouble();
            if (bytes > 0 && asked.TryGetValue(e.Value.GetProperty("requestId").GetString()!, out var what) && what.Counts)
                fetched.Add((what.Address, bytes));
        };
        await network.SendAsync("Network.enable");
        await page.GotoAsync(path, new() { WaitUntil = WaitUntilState.NetworkIdle });
        await network.DetachAsync();
        return fetched;
    }

    private static string Told(IReadOnlyList<(string Address, int Bytes)> fetched) =>
        $"{fetched.Count} requests, {fetched.Sum(f => f.Bytes)} bytes:\n{string.Join('\n', fetched.Select(f => $"{f.Bytes,7} {f.Address}"))}";
}
