using System.Net;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MoocPlatform.Host.Accounts;
using MoocPlatform.Host.Web;
using MoocPlatform.Kernel;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Host.Tests.Web;

public sealed class ErrorPagesTests(World world) : IClassFixture<World>
{
    private static readonly Dictionary<string, Func<Exception>> Faults = new(StringComparer.Ordinal)
    {
        ["absent"] = () => new NotFound(),
        ["raced"] = () => new DbUpdateConcurrencyException("secret-word"),
        ["busy"] = () => new DbUpdateException("secret-word", new SqliteException("database is locked", 5)),
        ["full"] = () => new SqliteException("database or disk is full", 13),
        ["large"] = () => new BadHttpRequestException("secret-word", 413),
        ["fault"] = () => new InvalidOperationException("secret-word"),
    };

    private static WebApplicationFactory<Program> Faulty(World world) => world.WithWebHostBuilder(b => b.ConfigureTestServices(s =>
        s.Configure<MvcOptions>(o => o.Filters.Add(new Fault()))));

    [Theory]
    [InlineData("absent", 404, "This page does not exist")]
    [InlineData("refused", 409, "Write your mail address")]
    [InlineData("raced", 409, "Somebody else was quicker")]
    [InlineData("busy", 503, "The site is busy")]
    [InlineData("full", 503, "The site is busy")]
    [InlineData("large", 413, "This is too big")]
    [InlineData("fault", 500, "Something went wrong")]
    public async Task A_person_reads_what_happened_and_nothing_of_the_inside(string fault, int status, string words)
    {
        await using var faulty = Faulty(world);
        using var answer = await faulty.Plain().GetAsync($"/about?fault={fault}");
        var html = await answer.Content.ReadAsStringAsync();
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Contains(words, html, StringComparison.Ordinal);
        foreach (var inside in new[] { "secret-word", "Exception", "MoocPlatform.", "   at ", "SQLite", ".cs:" })
            Assert.DoesNotContain(inside, html, StringComparison.Ordinal);
        Assert.Equal(status == 503, answer.Headers.RetryAfter is not null);
        Assert.Contains("default-src 'none'", string.Join(' ', answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_post_that_fails_says_that_nothing_was_saved_in_the_readers_language()
    {
        await using var faulty = Faulty(world);
        var client = faulty.Plain();
        client.DefaultRequestHeaders.Add("Accept-Language", "it");
        using var answer = await client.PostAsync("/preferences?fault=refused", Variations.Form(("theme", "dark")));
        var html = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("Scrivi il tuo indirizzo e-mail", html, StringComparison.Ordinal);
        Assert.Contains("Non è stato salvato nulla", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Our_own_faults_have_a_number_to_tell()
    {
        await using var faulty = Faulty(world);
        var html = await faulty.Plain().GetStringAsync("/about");
        Assert.DoesNotContain("the number", html, StringComparison.Ordinal);
        using var answer = await faulty.Plain().GetAsync("/about?fault=fault");
        Assert.Matches(@"the number \S{8,}\.", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused_with_a_page()
    {
        await world.Person("Ana");
        using var answer = await world.As("Ana").Client.PostAsync("/preferences", Variations.Form(("theme", "dark")));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("This form was not accepted", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_gets_a_sentence_instead_of_a_page()
    {
        var client = world.Plain();
        client.DefaultRequestHeaders.Add("X-Requested-With", "XMLHttpRequest");
        using var answer = await client.GetAsync("/no-such-page");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("text/plain", answer.Content.Headers.ContentType!.MediaType);
        Assert.DoesNotContain("<", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_with_too_many_fields_is_too_big()
    {
        await world.Person("Ana");
        var fields = Enumerable.Range(0, 600).Select(i => ($"field{i}", "1")).Append(("theme", "dark")).ToArray();
        using var answer = await world.As("Ana").Client.PostAsync("/preferences", Variations.Form(fields));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains("This is too big", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private sealed class Fault : IAsyncResourceFilter
    {
        public async Task OnResourceExecutionAsync(ResourceExecutingContext context, ResourceExecutionDelegate next)
        {
            var http = context.HttpContext;
            if (http.Request.Query["fault"].ToString() is { Length: > 0 } fault && http.Request.Path != Mishap.Page)
            {
                if (fault == "refused")
                    await http.RequestServices.GetRequiredService<IMediator>().Send(new ForgotPassword(""));
                throw Faults[fault]();
            }

            await next();
        }
    }
}
