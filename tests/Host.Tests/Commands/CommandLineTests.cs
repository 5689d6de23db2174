using Microsoft.Extensions.DependencyInjection;
using MoocPlatform.Host.Accounts;
using MoocPlatform.Host.Commands;
using MoocPlatform.Kernel;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Host.Tests.Commands;

public sealed class CommandLineTests(World world) : IClassFixture<World>
{
    [Theory]
    [InlineData]
    [InlineData("serve")]
    [InlineData("serve", "--urls", "http://localhost:5099")]
    [InlineData("--environment=Testing")]
    public void Without_a_word_it_serves(params string[] args)
    {
        var command = CommandLine.Read(args);
        Assert.Null(command.Says);
        Assert.Null(command.Work);
        Assert.DoesNotContain("serve", command.Settings!);
    }

    [Theory]
    [InlineData(0, "--help")]
    [InlineData(2, "inport", "folder")]
    [InlineData(2, "import")]
    public void What_is_not_understood_is_answered_with_the_words_there_are(int result, params string[] args)
    {
        var command = CommandLine.Read(args);
        Assert.Equal(result, command.Result);
        Assert.Contains("create-admin MAIL", command.Says, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_admin_makes_an_admin_who_chooses_a_password_by_the_link_and_asking_twice_makes_one()
    {
        var (result, said) = await Run("create-admin", "head@example.org");
        Assert.Equal(0, result);
        Assert.Equal(0, (await Run("create-admin", "head@example.org")).Result);

        var browser = world.As(null);
        var path = new Uri((await Run("create-admin", "head@example.org")).Said.Split('\n')[1].Trim()).PathAndQuery;
        var done = await browser.Submit(await browser.Open(path), "main form", ("Password", "a sentence for the head"));
        Assert.Equal("/account/sign-in", done.Path);
        Assert.Contains("head@example.org", said, StringComparison.Ordinal);
        await using var scope = world.Services.CreateAsyncScope();
        Assert.True(await scope.ServiceProvider.GetRequiredService<AccountMaker>().HasAdmin(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Import_of_what_is_no_course_folder_says_so()
    {
        var (result, said) = await Run("import", world.Folder);
        Assert.Equal(2, result);
        Assert.Contains("course.yaml", said, StringComparison.Ordinal);
    }

    private async Task<(int Result, string Said)> Run(params string[] args)
    {
        await using var console = new StringWriter();
        var result = await CommandLine.Read(args).Work!(world.Services, console, TestContext.Current.CancellationToken);
        return (result, console.ToString());
    }
}
