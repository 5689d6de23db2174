using MoocPlatform.Courses.Contracts;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Quizzes.Contracts;
using MoocPlatform.Quizzes.Domain;
using MoocPlatform.Quizzes.Persistence;
using MoocPlatform.TestKit;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace MoocPlatform.Quizzes.Tests.Taking;

/// <summary>A course with one quiz, made as an author makes it: from a folder.</summary>
internal sealed class QuizCourse
{
    /// <summary>Planted in everything that is right; a page before submitting must not hold it.</summary>
    public const string Canary = "kanarienvogel";

    public const string Questions = $"""
        Four questions.

        ## Free {"{#free single}"}
        Which may you translate?

        - ( ) A no-derivatives sheet
          > {Canary} wrong.
        - (x) An attribution sheet
          > {Canary} right.

        > {Canary} general.

        ## Video {"{#video multiple points=2}"}
        Which make a video usable?

        - [x] Captions
        - [x] A transcript
        - [ ] Music
          > {Canary} music.

        ## Traffic {"{#traffic numeric unit=MB}"}
        How many MB travel?

        = 3145 +- 0.5
          > {Canary} number.

        ## Rights {"{#rights short}"}
        What are works called whose rights have ended?

        = public domain
          > {Canary} text.
        = {Canary}
        """;

    private readonly World world;
    private readonly string slug;

    private QuizCourse(World world, string slug) => (this.world, this.slug) = (world, slug);

    public Guid CourseId { get; private set; }

    public Guid RunId { get; private set; }

    public OutlineItem Item { get; private set; } = null!;

    public RunTerm Run { get; private set; } = null!;

    public string Path => QuizLinks.Quiz(slug, "one", "the-quiz");

    public string Analysis => QuizLinks.Analysis(slug, "one", "the-quiz");

    /// <param name="settings">Further lines of the quiz's front matter.</param>
    /// <param name="start">Days after today.</param>
    /// <param name="release">Days after the start.</param>
    /// <param name="store">Questions of a second quiz; null: there is none.</param>
    public static async Task<QuizCourse> Make(World world, string settings = "", int start = -1, int days = 30, int release = 0, string questions = Questions, string? store = null)
    {
        var course = new QuizCourse(world, "c" + Guid.CreateVersion7().ToString("N")[20..]);
        var owner = await world.Person("Owner");
        await course.Import(owner, settings, release, questions, store);
        var local = world.Clock.Now.UtcDateTime.Date.AddDays(start);
        course.RunId = await world.Send(new PlanRun(course.CourseId, owner, "one", local, local.AddDays(days), "UTC"));
        await world.Settle();
        course.Run = (await world.Send(new RunTermQuery(course.RunId)))!;
        course.Item = (await world.Send(new OutlineQuery(course.RunId)))!.Items.Single(i => i.Slug == "the-quiz");
        return course;
    }

    /// <param name="store">Questions of a second quiz; null: there is none.</param>
    public async Task Import(Guid owner, string settings = "", int release = 0, string questions = Questions, string? store = null)
    {
        var folder = Directory.CreateTempSubdirectory("quiz-course-").FullName;
        try
        {
            await File.WriteAllTextAsync(System.IO.Path.Combine(folder, "course.yaml"), $$"""
                format: 1
                slug: {{slug}}
                title: Quiz course
                language: en
                subject: Education
                summary: A course with a quiz.
                description: A course.
                audience: Everyone
                objectives: [Answer questions]
                effort: { hoursPerWeek: 1, weeks: 1 }
                licence: CC-BY-4.0
                authors: [{ name: Ana Pop, about: Teacher }]
                accessibility: Text only
                cover: { pattern: arches, hue: sea }
                sections:
                  - slug: only
                    title: Only section
                    summary: All of it
                    release: { day: {{release}}, time: "00:00" }
                """);
            Directory.CreateDirectory(System.IO.Path.Combine(folder, "sections/01-only"));
            await File.WriteAllTextAsync(
                System.IO.Path.Combine(folder, "sections/01-only/01-the-quiz.md"), $"---\ntitle: The quiz\nkind: quiz\nminutes: 5\n{settings}---\n{questions}\n");
            if (store is not null)
                await File.WriteAllTextAsync(System.IO.Path.Combine(folder, "sections/01-only/02-the-store.md"), $"---\ntitle: The store\nkind: quiz\nminutes: 5\n---\n{store}\n");
            var report = await world.Send(new ImportFolder(folder, owner));
            Assert.Empty(report.Problems);
            CourseId = report.CourseId!.Value;
            await world.Settle();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>A browser of somebody who has joined.</summary>
    public async Task<Browser> Learner(string name)
    {
        var id = await world.Person(name);
        await world.Send(new JoinRun(RunId, id));
        await world.Settle();
        return world.As(name);
    }

    public async Task<Attempt> AttemptOf(string name, int number = 1)
    {
        var id = await world.Person(name);
        return await world.Db<QuizzesDb, Attempt>(db => db.Attempts.AsNoTracking().SingleAsync(a => a.RunId == RunId && a.LearnerId == id && a.Number == number));
    }

    public Task<int> CountAttempts() => world.Db<QuizzesDb, int>(db => db.Attempts.CountAsync(a => a.RunId == RunId));

    public string AttemptPath(Attempt attempt) => QuizLinks.Attempt(slug, "one", "the-quiz", attempt.Id);
}
