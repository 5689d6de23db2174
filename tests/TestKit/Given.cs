using MoocPlatform.Courses.Contracts;

namespace MoocPlatform.TestKit;

/// <summary>A course with a published run, and who teaches it.</summary>
public sealed record GivenRun(RunTerm Term, Outline Outline, Guid TeacherId)
{
    public Guid RunId => Term.RunId;

    /// <summary>An address inside the run: <c>At("talk")</c>.</summary>
    public string At(string rest) => $"/learn/{Term.CourseSlug}/{Term.RunSlug}/{rest}";

    public OutlineItem Item(string slug) => Outline.Items.First(i => i.Slug == slug);
}

/// <summary>What tests begin with. Everything is made as the process itself makes it: a folder is imported, a run is planned.</summary>
public static class Given
{
    /// <summary>A quiz with one question of each kind; the right answers are CC BY, Captions and A transcript, 3145, public domain.</summary>
    public const string Quiz = """
        ---
        title: "Quiz: open or not"
        kind: quiz
        minutes: 10
        attempts: 2
        pass: 60
        ---
        Four questions.

        ## Free to translate {#free single points=1}
        Which of these may you translate?

        - ( ) CC BY-ND
          > CANARY-FEEDBACK No derivatives.
        - (x) CC BY
        - ( ) No licence

        > CANARY-GENERAL Look for ND.

        ## Video for all {#video multiple points=2 grading=partial}
        Which make a video usable by everyone?

        - [x] Captions
        - [x] A transcript
        - [ ] Music

        ## Traffic {#traffic numeric points=1 unit=MB}
        How many MB travel in all?

        = 3145 +- 0.5

        ## Rights ended {#ended short points=1}
        What do we call works whose rights have ended?

        = public domain
        """;

    /// <summary>
    /// A course by the teacher "Ioana Marin" with two sections: two lessons and a quiz, released at once, and a lesson released a week after
    /// the start. Its run starts on 2 November 2026 at 00:00 and ends on 14 December at 00:00 in Bucharest, unless told otherwise.
    /// </summary>
    public static async Task<GivenRun> ARun(this World world, DateTime? start = null, DateTime? end = null, string? quiz = null)
    {
        var slug = "c" + world.Clock.NewSlug();
        var teacher = await world.Person("Ioana Marin", Kernel.Policies.Teacher);
        var folder = Directory.CreateTempSubdirectory("mooc-course-").FullName;
        try
        {
            await Write(folder, slug, quiz ?? Quiz);
            var report = await world.Send(new ImportFolder(folder, teacher));
            if (report.Problems.Count > 0)
                throw new InvalidOperationException(string.Join('\n', report.Problems));
            var run = await world.Send(new PlanRun(
                report.CourseId!.Value, teacher, "2026-11", start ?? new DateTime(2026, 11, 2), end ?? new DateTime(2026, 12, 14), "Europe/Bucharest"));
            await world.Settle();
            return new((await world.Send(new RunTermQuery(run)))!, (await world.Send(new OutlineQuery(run)))!, teacher);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task Write(string folder, string slug, string quiz)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["course.yaml"] = $$"""
                format: 1
                slug: {{slug}}
                title: Open things
                language: en
                subject: Education
                summary: A course made for a test.
                objectives:
                  - Tell what is open
                effort: { hoursPerWeek: 2, weeks: 6 }
                licence: CC-BY-4.0
                authors:
                  - { name: Ioana Marin, about: Lecturer }
                sections:
                  - { slug: begin, title: Begin, summary: First things, release: { day: 0, time: "00:00" } }
                  - { slug: go-on, title: Go on, summary: Later things, release: { day: 7, time: "08:00" } }
                """,
            ["sections/01-begin/01-first.md"] = "---\ntitle: First lesson\nkind: lesson\nminutes: 5\n---\nThe **first** lesson.\n\n## A heading\n\nText.\n",
            ["sections/01-begin/02-second.md"] = "---\ntitle: Second lesson\nkind: lesson\nminutes: 5\ncomplete: viewed\n---\nThe second lesson.\n",
            ["sections/01-begin/03-check.md"] = quiz,
            ["sections/02-go-on/01-later.md"] = "---\ntitle: Later lesson\nkind: lesson\nminutes: 5\n---\nCANARY-LATER The later lesson.\n",
        };
        foreach (var (path, text) in files)
        {
            var file = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(file, text);
        }
    }

    private static string NewSlug(this TimeProvider clock) => Kernel.Keys.NewKey(clock).ToString("N")[16..];
}
