using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Kernel;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Courses.Tests.Scheduling;

public sealed class RunChannelTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task Everyone_may_listen_to_a_published_run()
    {
        var run = await world.Run(await world.Course("channel-open"), 2);
        Assert.True(await Channel().MayListen(run, new(), default));
    }

    [Fact]
    public async Task A_draft_is_heard_by_its_team_and_who_runs_the_site()
    {
        var run = await world.Run(await world.Course("channel-draft"), 2);
        await world.Db<CoursesDb, int>(async db =>
        {
            (await db.Runs.SingleAsync(r => r.Id == run)).PublishedAt = null;
            return await db.SaveChangesAsync();
        });
        Assert.False(await Channel().MayListen(run, new(), default));
        Assert.False(await Channel().MayListen(run, Claims(await world.Person("Elena")), default));
        Assert.True(await Channel().MayListen(run, Claims(await world.Person("Ioana", "teacher")), default));
        Assert.True(await Channel().MayListen(run, Claims(await world.Person("Elena"), Policies.Admin), default));
    }

    [Fact]
    public async Task Nobody_listens_to_what_does_not_exist() => Assert.False(await Channel().MayListen(Guid.Empty, new(), default));

    private ILiveChannel Channel() => world.Services.GetServices<ILiveChannel>().Single(c => c.Kind == "run");

    private static ClaimsPrincipal Claims(Guid id, params string[] roles) =>
        new(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, id.ToString()), .. roles.Select(r => new Claim(ClaimTypes.Role, r))], "Test"));
}
