using MoocPlatform.Courses.Contracts;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Courses.Tests;

/// <summary>A course folder written by a test: a good one, to be changed for the worse.</summary>
internal sealed class CourseFolders : IDisposable
{
    public const string Svg = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><title>One</title></svg>""";

    public string Path { get; } = Directory.CreateTempSubdirectory("mooc-course-").FullName;

    /// <summary>Two sections: lessons from the start, and one more a week later.</summary>
    public static CourseFolders Good(string slug = "bees")
    {
        var folder = new CourseFolders();
        folder.Write("course.yaml", $$"""
            format: 1
            slug: {{slug}}
            title: Bees for Beginners
            language: en
            subject: Biology
            summary: What bees do all day, and why we need them.
            description: |
              You need **nothing** but a garden.
            audience: |
              Everyone with a garden.
            objectives:
              - Tell a bee from a wasp
              - Build a small hotel for bees
            effort: { hoursPerWeek: 2, weeks: 2 }
            licence: CC-BY-SA-4.0
            authors:
              - { name: Ștefan Albină, about: "Beekeeper, Timișoara" }
            accessibility: Captions and transcripts
            cover: { pattern: leaves, hue: sand }
            sections:
              - slug: first-flight
                title: First flight
                summary: A day in the hive
                release: { day: 0, time: "00:00" }
              - slug: second-flight
                title: Second flight
                release: { day: 7, time: "08:00" }
            """);
        folder.Lesson("sections/01-first-flight/01-what-a-bee-is.md", "What a bee is", "## Six legs\n\nAn insect with *hair*. ![A bee](assets/bee.svg \"A bee. CC BY 4.0\")\n\n[Next](the-hive)\n");
        folder.Lesson("sections/01-first-flight/02-the-hive.md", "The hive", "Where they live. [Worksheet](assets/tables/worksheet.csv)\n");
        folder.Lesson("sections/02-second-flight/01-flowers.md", "Flowers", "Where they go.\n", "complete: viewed");
        folder.Write("assets/bee.svg", Svg);
        folder.Write("assets/tables/worksheet.csv", "name,legs\nbee,6\n");
        return folder;
    }

    public CourseFolders Write(string file, string text)
    {
        var path = System.IO.Path.Combine(Path, file);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return this;
    }

    public CourseFolders Lesson(string file, string title, string markdown, string more = "minutes: 10") =>
        Write(file, $"---\ntitle: {title}\nkind: lesson\n{more}\n---\n{markdown}");

    public CourseFolders Change(string file, string from, string to)
    {
        var text = File.ReadAllText(System.IO.Path.Combine(Path, file));
        Assert.Contains(from, text, StringComparison.Ordinal);
        return Write(file, text.Replace(from, to, StringComparison.Ordinal));
    }

    public void Remove(string file) => File.Delete(System.IO.Path.Combine(Path, file));

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

/// <summary>Courses in the world of a test.</summary>
internal static class GivenCourses
{
    /// <summary>A good course, owned by Ioana. The slug is unique to the test.</summary>
    public static async Task<Guid> Course(this World world, string slug)
    {
        using var folder = CourseFolders.Good(slug);
        var report = await world.Send(new ImportFolder(folder.Path, await world.Person("Ioana", "teacher")));
        Assert.Empty(report.Problems);
        await world.Settle();
        return report.CourseId!.Value;
    }

    /// <summary>A published run "now" of so many days, in UTC, starting so many hours from the world's now.</summary>
    public static async Task<Guid> Run(this World world, Guid course, double startsInHours, int days = 14, string slug = "now", string zone = "UTC")
    {
        var start = TimeZoneInfo.ConvertTime(world.Clock.Now.AddHours(startsInHours), TimeZoneInfo.FindSystemTimeZoneById(zone)).DateTime;
        var run = await world.Send(new PlanRun(course, await world.Person("Ioana", "teacher"), slug, start, start.AddDays(days), zone));
        await world.Settle();
        return run;
    }
}
