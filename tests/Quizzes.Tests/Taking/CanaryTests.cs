using AngleSharp;
using AngleSharp.Dom;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Quizzes.Contracts;
using MoocPlatform.Quizzes.Domain;
using MoocPlatform.TestKit;
using Xunit;
using static MoocPlatform.Quizzes.Tests.Taking.AttemptPages;

namespace MoocPlatform.Quizzes.Tests.Taking;

/// <summary>
/// A word is planted in every key and feedback of a quiz. Whoever learns, or only visits, follows every link there is: before its
/// moment the word is in no page, answer, file, feed or mail. So does whoever asks for every address that the app has.
/// </summary>
public sealed class CanaryTests(World world) : IClassFixture<World>
{
    private const int MostPages = 500;

    [Fact]
    public async Task No_address_that_a_learner_or_a_visitor_can_reach_tells_what_is_right_before_its_moment()
    {
        var course = await QuizCourse.Make(world, "review: { after: none }\n", days: 3);
        var ana = await course.Learner("Ana");
        var page = await ana.Start(course);
        var attempt = await course.AttemptOf("Ana");
        await Crawl(ana, course, attempt);

        var answer = await ana.SendSteps(course, attempt, Guid.CreateVersion7(), (1, 0, "1"), (2, 1, "2"), (3, 2, "1"), (4, 3, "wrong"));
        Assert.DoesNotContain(QuizCourse.Canary, await answer.Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);
        await ana.Submit(page, SubmitButton, AllRight);
        await world.Settle();

        var seen = await Crawl(ana, course, attempt);
        Assert.Contains(course.AttemptPath(attempt) + "/result", seen);
        await Crawl(world.As(null), course, attempt);
        await world.Person("Bob");
        await Crawl(world.As("Bob"), course, attempt);
        Assert.DoesNotContain(await world.MailsTo("ana@example.org"), m => m.Contains(QuizCourse.Canary, StringComparison.OrdinalIgnoreCase));

        await world.At(course.Run.End);
        Assert.Contains(QuizCourse.Canary, (await ana.Open(course.AttemptPath(attempt))).ToHtml(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task The_open_edition_of_a_course_with_lessons_holds_no_key_and_no_lesson_before_its_moment()
    {
        var run = await world.ARun();
        await world.Person("Dan");
        foreach (var browser in new[] { world.As(null), world.As("Dan"), world.As("Ioana Marin") })
        {
            var answer = await browser.Client.GetAsync(new Uri($"/courses/{run.Term.CourseSlug}/download", UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal("application/zip", answer.Content.Headers.ContentType?.MediaType);
            var text = await Unzipped(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
            Assert.Contains("The **first** lesson.", text, StringComparison.Ordinal);
            Assert.DoesNotContain("CANARY", text, StringComparison.Ordinal);
            Assert.DoesNotContain("3145", text, StringComparison.Ordinal);
        }

        var whole = await world.As("Dan").Client.GetAsync(new Uri($"/teach/{run.Term.CourseSlug}/export", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, whole.StatusCode);
    }

    // Follows links from the pages of the course and of the person, and asks for what has no link but an address.
    private async Task<HashSet<string>> Crawl(Browser browser, QuizCourse course, Attempt attempt)
    {
        var (c, r, i) = (course.Run.CourseSlug, course.Run.RunSlug, course.Item.Slug);
        var waiting = new Queue<string>(
        [
            "/", $"/?q={QuizCourse.Canary}", "/my", CourseLinks.Course(c), CourseLinks.Learn(c, r), CourseLinks.Item(c, r, i), QuizLinks.Quiz(c, r, i), EnrollmentLinks.Progress(c, r),
            $"/learn/{c}/{r}/search?q={QuizCourse.Canary}", $"/courses/{c}/download", $"/courses/{c}.zip", $"/courses/{c}/export", $"/teach/{c}/export", "/sitemap.xml", "/feed.xml",
            .. Addresses(course, attempt),
        ]);
        var seen = new HashSet<string>(waiting, StringComparer.Ordinal);
        for (var pages = 0; pages < MostPages && waiting.TryDequeue(out var path); pages++)
        {
            var answer = await browser.Client.GetAsync(new Uri(path, UriKind.Relative));
            if (answer.Headers.Location is { } to)
                Add(to.ToString());
            var bytes = await answer.Content.ReadAsByteArrayAsync();
            var body = System.Text.Encoding.UTF8.GetString(bytes);
            if (answer.Content.Headers.ContentType?.MediaType == "application/zip")
                body = await Unzipped(bytes);
            // A search page says again what was searched for; what is planted goes on after the word.
            var planted = path.Contains("?q=", StringComparison.Ordinal) ? QuizCourse.Canary + " " : QuizCourse.Canary;
            Assert.False(body.Contains(planted, StringComparison.OrdinalIgnoreCase), $"{path} tells what is right");
            if (answer.Content.Headers.ContentType?.MediaType != "text/html")
                continue;
            var document = await BrowsingContext.New(Configuration.Default).OpenAsync(request => request.Content(body));
            foreach (var link in document.QuerySelectorAll("a[href], link[href], [src], [data-src]"))
                Add(link.GetAttribute("href") ?? link.GetAttribute("src") ?? link.GetAttribute("data-src")!);
        }

        return seen;

        void Add(string link)
        {
            var path = link.Split('#')[0].Replace("http://localhost", "", StringComparison.Ordinal);
            if (path.Contains(QuizCourse.Canary, StringComparison.Ordinal))
                return; // the same search in another language or order
            if (path.StartsWith('/') && !path.StartsWith("//", StringComparison.Ordinal) && !path.Contains("/sign-out", StringComparison.Ordinal) && seen.Add(path))
                waiting.Enqueue(path);
        }
    }

    // Every address that answers a GET, of this course, run, quiz, question and attempt, with each of its handlers.
    private List<string> Addresses(QuizCourse course, Attempt attempt)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["course"] = course.Run.CourseSlug,
            ["slug"] = course.Run.CourseSlug,
            ["courseId"] = $"{course.CourseId:N}",
            ["run"] = course.Run.RunSlug,
            ["item"] = course.Item.Slug,
            ["id"] = $"{attempt.Id:N}",
            ["question"] = $"{attempt.Sheet.Questions[0].Version:N}",
        };
        string[] handlers = ["", "?handler=Csv", "?handler=Answers", "?handler=File&format=Gift", "?handler=File&format=Moodle", "?handler=Preview", $"?q={QuizCourse.Canary}"];
        var addresses = world.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") != false)
            .Select(e => e.RoutePattern.PathSegments.Select(s => string.Concat(s.Parts.Select(p => p switch
            {
                RoutePatternLiteralPart literal => literal.Content,
                RoutePatternParameterPart named => known.GetValueOrDefault(named.Name, $"{attempt.Id:N}"),
                _ => "/",
            }))))
            .Select(segments => "/" + string.Join('/', segments)).Where(a => a != "/live" && a != "/account/sign-out").Distinct(StringComparer.Ordinal).ToList();
        Assert.Contains(course.AttemptPath(attempt) + "/steps", addresses);
        Assert.Contains(QuizLinks.Analysis(course.Run.CourseSlug, course.Run.RunSlug, course.Item.Slug), addresses);
        return [.. addresses.SelectMany(a => a.Contains("/quiz/", StringComparison.Ordinal) || a.Contains("/items/", StringComparison.Ordinal) ? handlers.Select(h => a + h) : [a])];
    }

    private static async Task<string> Unzipped(byte[] bytes)
    {
        using var archive = new System.IO.Compression.ZipArchive(new MemoryStream(bytes));
        var texts = new List<string>();
        foreach (var entry in archive.Entries)
        {
            using var reader = new StreamReader(await entry.OpenAsync(TestContext.Current.CancellationToken));
            texts.Add(await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
        }

        return string.Join('\n', texts);
    }
}
