using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using MoocPlatform.Host.Web;
using MoocPlatform.Kernel;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Host.Tests.Web;

public sealed class SiteTests(World world) : IClassFixture<World>
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("learn.example.org")]
    [InlineData("ftp://learn.example.org")]
    [InlineData("https://learn.example.org/mooc")]
    [InlineData("http://learn.example.org")]
    public void In_production_the_site_does_not_start_without_a_safe_address(string? address)
    {
        var missing = Assert.Throws<SettingMissing>(() => Site(address, "Production"));
        Assert.Contains("Site:Address", missing.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://learn.example.org", "Production", "__Host-form", "https://learn.example.org/x")]
    [InlineData("https://learn.example.org:8443/", "Production", "__Host-form", "https://learn.example.org:8443/x")]
    [InlineData("http://localhost:5080", "Production", "form", "http://localhost:5080/x")]
    [InlineData(null, "Development", "form", "http://localhost:5080/x")]
    public void Links_and_cookies_follow_the_address(string? address, string environment, string cookie, string link)
    {
        var site = Site(address, environment);
        Assert.Equal(cookie, site.Cookie("form"));
        Assert.Equal(link, site.Link("/x"));
    }

    [Fact]
    public async Task It_is_ready_when_it_can_write()
    {
        var client = world.Plain();
        Assert.Equal("alive", await client.GetStringAsync("/health/live"));
        Assert.Equal("ready", await client.GetStringAsync("/health/ready"));
    }

    [Fact]
    public async Task It_says_where_to_report_a_hole()
    {
        var text = await world.Plain().GetStringAsync("/.well-known/security.txt");
        Assert.Contains("Contact: http://localhost/about\nExpires: 2027-05-01T00:00:00Z\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_console_says_where_the_site_is_and_how_to_start_over()
    {
        var folder = Directory.CreateTempSubdirectory("mooc-greeting").FullName;
        var words = Greeting.InWords(Site(null, "Development"), new Database($"Data Source={folder}/mooc.db"), "http://localhost:5080");
        Assert.Contains("http://localhost:5080", words, StringComparison.Ordinal);
        Assert.Contains($"delete the folder {folder}", words, StringComparison.Ordinal);
        Directory.Delete(folder, true);
    }

    private static Site Site(string? address, string environment) => MoocPlatform.Kernel.Site.From(
        new ConfigurationBuilder().AddInMemoryCollection([new("Site:Address", address)]).Build(), new Surroundings { EnvironmentName = environment });

    private sealed class Surroundings : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = "";

        public string ApplicationName { get; set; } = "";

        public string ContentRootPath { get; set; } = "";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
