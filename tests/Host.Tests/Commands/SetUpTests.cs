using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using MoocPlatform.Host.Commands;
using MoocPlatform.Host.Tests.Accounts;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Host.Tests.Commands;

/// <summary>A production site that nobody runs yet.</summary>
public sealed class EmptySite() : World(realSignIn: true)
{
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting("FirstStart", "code");
    }

    /// <summary>Starts again; what the console says.</summary>
    public async Task<string> Start()
    {
        await using var scope = Services.CreateAsyncScope();
        await using var console = new StringWriter();
        await scope.ServiceProvider.GetRequiredService<FirstStart>().Run(console, TestContext.Current.CancellationToken);
        return console.ToString();
    }
}

public sealed partial class SetUpTests(EmptySite site) : IClassFixture<EmptySite>
{
    [Fact]
    public async Task The_code_from_the_console_makes_the_first_admin_once()
    {
        var earlier = Code().Match(await site.Start()).Value;
        var code = Code().Match(await site.Start()).Value;
        var (visitor, second) = (site.As(null), site.As(null));
        var late = await second.Open("/setup");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Give(visitor, earlier)).Status); // a new start makes a new code
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Give(visitor, "AAAAA-BBBBB-CCCCC-DDDDD")).Status);

        Assert.Equal("/admin", (await Give(visitor, code)).Path);
        Assert.Equal("Administration", (await visitor.Open("/admin")).QuerySelector("h1")!.TextContent);

        Assert.Equal(HttpStatusCode.NotFound, (await second.Submit(late, "main form", ("Code", code), ("Name", "Second Comer"), ("Mail", "second@example.org"), ("Password", RealSignIn.Password))).Status);
        await visitor.Open("/setup", HttpStatusCode.NotFound);
        Assert.Empty(await site.Start());
    }

    private static async Task<(HttpStatusCode Status, AngleSharp.Html.Dom.IHtmlDocument Page, string Path)> Give(Browser browser, string code) => await browser.Submit(
        await browser.Open("/setup"), "main form", ("Code", code), ("Name", "Ada Lovelace"), ("Mail", "first@example.org"), ("Password", RealSignIn.Password));

    [GeneratedRegex(@"\w{5}-\w{5}-\w{5}-\w{5}", RegexOptions.NonBacktracking)]
    private static partial Regex Code();
}
