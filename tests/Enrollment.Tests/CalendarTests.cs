using System.Net;
using System.Text;
using AngleSharp.Dom;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Enrollment.Tests;

public sealed class CalendarTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task A_private_calendar_holds_my_dates_until_its_address_is_taken_back()
    {
        var run = await world.ARun();
        await world.Send(new JoinRun(run.RunId, await world.Person("Lia")));
        var browser = world.As("Lia");
        var page = (await browser.Submit(await browser.Open("/my/calendar"), "main form button")).Page;
        var first = new Uri(page.QuerySelector("#address")!.GetAttribute("value")!).AbsolutePath;

        var dates = await Read(first);
        Assert.Contains("SUMMARY:Opens: Go on", dates, StringComparison.Ordinal);
        Assert.Contains("DTSTART:20261101T220000Z", dates, StringComparison.Ordinal); // midnight in Bucharest
        Assert.All(dates.Split("\r\n"), l => Assert.True(Encoding.UTF8.GetByteCount(l) <= 75));
        Assert.DoesNotContain("\n", dates.Replace("\r\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(first, new Uri((await browser.Open("/my/calendar")).QuerySelector("#address")!.GetAttribute("value")!).AbsolutePath);

        page = (await browser.Submit(await browser.Open("/my/calendar"), "main form button")).Page;
        var second = new Uri(page.QuerySelector("#address")!.GetAttribute("value")!).AbsolutePath;
        Assert.NotEqual(first, second);
        await world.As(null).Open(first, HttpStatusCode.NotFound);
        await Read(second);
        await browser.Submit(page, "main form button.button-danger");
        await world.As(null).Open(second, HttpStatusCode.NotFound);
    }

    private async Task<string> Read(string path)
    {
        var answer = await world.As(null).Client.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/calendar", answer.Content.Headers.ContentType!.MediaType);
        return await answer.Content.ReadAsStringAsync();
    }
}
