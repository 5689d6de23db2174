using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Host.Tests;

public sealed class SmokeTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task A_visitor_opens_a_page()
    {
        var page = await world.As(null).Open("/preferences");
        Assert.Equal("Language and colours", page.QuerySelector("h1")!.TextContent);
    }
}
