using System.IO.Compression;
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

    [Fact]
    public async Task A_course_brought_by_the_command_line_and_written_out_by_it_twice_is_the_same_course()
    {
        await Run("create-admin", "head@example.org");
        var (from, first, second) = (Path.Combine(world.Folder, "brought"), Path.Combine(world.Folder, "first"), Path.Combine(world.Folder, "second.zip"));
        FreshClone.Write(from);
        var (result, said) = await Run("import", from, "--owner", "head@example.org");
        Assert.True(result == 0, said);

        (result, said) = await Run("export", "small-course", first);
        Assert.True(result == 0, said);
        Assert.Contains("6 sections, 6 lessons", said, StringComparison.Ordinal);
        Assert.Equal(0, (await Run("import", first)).Result);
        Assert.Equal(0, (await Run("export", "small-course", second)).Result);
        await using var zip = await ZipFile.OpenReadAsync(second, TestContext.Current.CancellationToken);
        var files = Directory.EnumerateFiles(first, "*", SearchOption.AllDirectories).ToDictionary(f => Path.GetRelativePath(first, f).Replace('\\', '/'), File.ReadAllBytes, StringComparer.Ordinal);
        Assert.Equal(files.Keys.Order(StringComparer.Ordinal), zip.Entries.Select(e => e.FullName).Order(StringComparer.Ordinal));
        foreach (var entry in zip.Entries)
        {
            using var bytes = new MemoryStream();
            await using (var content = await entry.OpenAsync(TestContext.Current.CancellationToken))
                await content.CopyToAsync(bytes, TestContext.Current.CancellationToken);
            Assert.Equal(files[entry.FullName], bytes.ToArray());
        }

        Assert.Equal(2, (await Run("export", "small-course", first)).Result); // nothing is written over
        Assert.Equal(2, (await Run("export", "no-such-course")).Result);
    }

    private async Task<(int Result, string Said)> Run(params string[] args)
    {
        await using var console = new StringWriter();
        var result = await CommandLine.Read(args).Work!(world.Services, console, TestContext.Current.CancellationToken);
        return (result, console.ToString());
    }
}
