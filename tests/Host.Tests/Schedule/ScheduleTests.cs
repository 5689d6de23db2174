using System.Net;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using MoocPlatform.Host.Schedule;
using MoocPlatform.Kernel;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Host.Tests.Schedule;

public sealed class ScheduleTests(World world) : IClassFixture<World>
{
    private ISchedule Schedule => world.Services.GetRequiredService<ISchedule>();

    [Fact]
    public async Task What_waits_stands_soonest_first_and_a_key_only_once()
    {
        var now = world.Clock.Now;
        await Schedule.At("order/late", now.AddHours(3), Any(), CancellationToken.None);
        await Schedule.At("order/soon", now.AddHours(1), Any(), CancellationToken.None);
        await Schedule.At("order/moved", now.AddMinutes(1), Any(), CancellationToken.None);
        await Schedule.At("order/moved", now.AddHours(2), Any(), CancellationToken.None);
        await Schedule.At("order/gone", now.AddHours(2), Any(), CancellationToken.None);
        await Schedule.Cancel("order/gone", CancellationToken.None);
        await Schedule.Cancel("order/never-there", CancellationToken.None);

        var waiting = (await Schedule.Waiting(500, CancellationToken.None)).Where(w => w.Key.StartsWith("order/", StringComparison.Ordinal)).ToList();
        Assert.Equal(["order/soon", "order/moved", "order/late"], waiting.Select(w => w.Key));
        Assert.Equal(new Waiting("order/soon", nameof(Probe), now.AddHours(1), null), waiting[0]);
    }

    [Fact]
    public async Task What_comes_again_and_again_stands_with_its_interval()
    {
        await Schedule.Every("every/day", TimeSpan.FromDays(1), Any(), CancellationToken.None);
        await Schedule.Every("every/day", TimeSpan.FromHours(12), Any(), CancellationToken.None);
        var waiting = Assert.Single(await Schedule.Waiting(500, CancellationToken.None), w => w.Key == "every/day");
        Assert.Equal(TimeSpan.FromHours(12), waiting.Every);
    }

    [Fact]
    public async Task Nothing_but_ids_and_instants_is_kept()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Schedule.At("names/nobody", world.Clock.Now, new Greet("Ana"), CancellationToken.None));
        Assert.DoesNotContain(await Schedule.Waiting(500, CancellationToken.None), w => w.Key == "names/nobody");
    }

    [Fact]
    [Trait("Engine", "Hangfire")]
    public async Task The_engines_own_pages_are_for_admins_and_only_there_the_policy_lets_styles_in()
    {
        var pages = world.Services.GetRequiredService<IEngine>().Pages;
        Assert.SkipWhen(pages is null, "This engine has no pages.");
        await world.Person("Ada", Policies.Admin);
        await world.Person("Tom", Policies.Teacher);
        var (ada, tom) = (world.As("Ada"), world.As("Tom"));

        using var shown = await ada.Client.GetAsync(new Uri(pages, UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
        Assert.Contains("style-src 'self' 'unsafe-inline'; ", Assert.Single(shown.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Contains("script-src 'self'; ", Assert.Single(shown.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);

        using var elsewhere = await ada.Client.GetAsync(new Uri("/admin/jobs", UriKind.Relative));
        Assert.DoesNotContain("unsafe", Assert.Single(elsewhere.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.NotNull((await ada.Open("/admin/jobs")).QuerySelector($"a[href='{pages}']"));

        foreach (var path in new[] { pages, $"{pages}/jobs/failed", $"{pages}/stats" })
        {
            await tom.Open(path, HttpStatusCode.NotFound);
            using var visited = await world.As(null).Client.GetAsync(new Uri(path, UriKind.Relative));
            Assert.NotEqual(HttpStatusCode.OK, visited.StatusCode);
        }

        // Even an admin acts there only with the token of a page.
        using var forged = await ada.Client.PostAsync(new Uri($"{pages}/jobs/scheduled/delete", UriKind.Relative), Variations.Form(("jobs[]", "1")));
        Assert.Equal(HttpStatusCode.Forbidden, forged.StatusCode);
    }

    private static Probe Any() => new(Guid.Empty);

    internal sealed record Greet(string Name) : IRequest;
}
