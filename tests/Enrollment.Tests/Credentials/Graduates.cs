using AngleSharp.Html.Dom;
using Microsoft.Extensions.DependencyInjection;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Enrollment.Persistence;
using MoocPlatform.Enrollment.Reactions;
using MoocPlatform.TestKit;

namespace MoocPlatform.Enrollment.Tests.Credentials;

/// <summary>A course that gives a badge, and people who complete it.</summary>
internal static class Graduates
{
    public const string Teacher = "Ioana Marin";

    /// <summary>Turns the switch of the course by its form.</summary>
    public static async Task GiveBadge(this World world, GivenRun run, bool given = true, params (string Name, string Value)[] facts)
    {
        var browser = world.As(Teacher);
        var page = await browser.Open($"/teach/{run.Term.CourseSlug}/facts");
        ((IHtmlInputElement)page.QuerySelector("input[name=Badge]")!).IsChecked = given;
        await browser.Submit(page, "form[action$=facts]", facts);
    }

    public static async Task<GivenRun> ARunWithBadge(this World world)
    {
        var run = await world.ARun();
        await world.GiveBadge(run);
        return run;
    }

    /// <summary>Joins and completes the run, as the fact tells it.</summary>
    /// <returns>The person's badge of the run; null: none.</returns>
    public static async Task<CredentialCard?> Complete(this World world, GivenRun run, string name, decimal? grade = null)
    {
        var person = await world.Person(name);
        await world.Send(new JoinRun(run.RunId, person));
        await world.Tell(new CourseCompleted(run.RunId, run.Term.CourseId, person, world.Clock.Now, grade));
        return await world.BadgeOf(run, name);
    }

    public static async Task<CredentialCard?> BadgeOf(this World world, GivenRun run, string name) =>
        (await world.Send(new CredentialsQuery(await world.Person(name)))).SingleOrDefault(c => c.RunId == run.RunId);

    /// <summary>The reaction hears the fact, and what follows is delivered.</summary>
    public static async Task Tell(this World world, CourseCompleted fact)
    {
        await using (var scope = world.Services.CreateAsyncScope())
            await ActivatorUtilities.CreateInstance<WhenCourseCompleted>(scope.ServiceProvider).Handle(fact, default);
        await world.Settle();
    }

    public static Task<T> Stored<T>(this World world, Func<EnrollmentDb, Task<T>> work) => world.Db(work);

    /// <summary>What an address answers, as software asks.</summary>
    public static async Task<HttpResponseMessage> Fetch(this World world, string path, string? accept = null, string? person = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.RelativeOrAbsolute));
        if (accept is not null)
            request.Headers.TryAddWithoutValidation("Accept", accept);
        return await world.As(person).Client.SendAsync(request);
    }
}
