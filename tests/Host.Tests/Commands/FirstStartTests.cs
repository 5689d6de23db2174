using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Host.Commands;
using MoocPlatform.Host.Persistence;
using MoocPlatform.Host.Tests.Accounts;
using MoocPlatform.Kernel;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Host.Tests.Commands;

/// <summary>A clone of the repository, started for the first time.</summary>
public sealed class FreshClone() : World(realSignIn: true)
{
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting("FirstStart", "demo");
        builder.UseSetting("Demo:Folder", Write(Path.Combine(Folder, "course")));
    }

    // Six weeks of one lesson each.
    internal static string Write(string folder)
    {
        string[] weeks = ["one", "two", "three", "four", "five", "six"];
        foreach (var (week, number) in weeks.Select((w, i) => (w, i + 1)))
        {
            var section = Directory.CreateDirectory(Path.Combine(folder, "sections", $"{number:00}-week-{week}")).FullName;
            File.WriteAllText(Path.Combine(section, $"01-lesson-{week}.md"), $"---\ntitle: Lesson {week}\nkind: lesson\nminutes: 5\n---\nText of week {week}.\n");
        }

        File.WriteAllText(Path.Combine(folder, "course.yaml"), $$"""
            format: 1
            slug: small-course
            title: A Small Course
            language: en
            subject: Education
            summary: Six short weeks.
            description: |
              For trying the first start.
            audience: |
              Everyone.
            objectives:
              - Read six lessons
            effort: { hoursPerWeek: 1, weeks: 6 }
            licence: CC-BY-4.0
            authors:
              - { name: Ioana Marin, about: "Lecturer" }
            accessibility: Text only
            cover: { pattern: arches, hue: sea }
            sections:
            {{string.Join('\n', weeks.Select((w, i) => $"  - slug: week-{w}\n    title: Week {w}\n    summary: Week {w}\n    release: {{ day: {i * 7}, time: \"00:00\" }}"))}}
            """);
        return folder;
    }
}

public sealed class FirstStartTests(FreshClone clone) : IClassFixture<FreshClone>
{
    private const string Course = "small-course";

    [Fact]
    public async Task The_demo_course_is_there_with_a_run_under_way_a_run_to_come_a_team_and_learners()
    {
        var (running, coming) = await Runs();
        Assert.Equal(RunState.Running, running.StateAt(clone.Clock.Now));
        Assert.Equal(RunState.Announced, coming.StateAt(clone.Clock.Now));
        Assert.Equal(4, (await clone.Send(new OutlineQuery(running.RunId)))!.Sections.Count(s => s.ReleasedAt <= clone.Clock.Now));

        var team = await clone.Send(new CourseTeamQuery(running.CourseId));
        Assert.Equal(CourseRole.Owner, team[await Id("ioana@example.org")]);
        Assert.Equal(CourseRole.Instructor, team[await Id("luca@example.org")]);
        Assert.True((await clone.Send(new EnrolmentQuery(running.RunId, await Id("kofi@example.org"))))!.Active);
        Assert.Null(await clone.Send(new EnrolmentQuery(running.RunId, await Id("teresa@example.org"))));
    }

    [Fact]
    public async Task Every_demo_person_signs_in_with_the_password_printed()
    {
        foreach (var person in DemoPeople.All)
        {
            var (_, _, path) = await RealSignIn.SignIn(clone.As(null), person.Mail, person.Password, "/account/sign-in?returnUrl=/account");
            Assert.Equal("/account", path);
        }
    }

    [Fact]
    public async Task Started_again_even_after_a_crash_half_way_nothing_is_there_twice()
    {
        var before = await Everything();
        Assert.DoesNotContain("Imported", await Start(), StringComparison.Ordinal);
        Assert.Equal(before, await Everything());

        await clone.Db<HostDb, int>(async db =>
        {
            (await db.Marks.SingleAsync(m => m.Key == FirstStart.DemoMark)).Value = "begun";
            return await db.SaveChangesAsync();
        });
        Assert.Contains("Imported", await Start(), StringComparison.Ordinal);
        Assert.Equal(before, await Everything());
    }

    [Fact]
    public async Task Nobody_outside_development_is_offered_a_password()
    {
        var page = (await clone.As(null).Open("/account/sign-in")).DocumentElement.OuterHtml;
        Assert.All(DemoPeople.All, p => Assert.DoesNotContain(p.Password, page, StringComparison.Ordinal));
    }

    private async Task<string> Start()
    {
        await using var scope = clone.Services.CreateAsyncScope();
        await using var console = new StringWriter();
        await scope.ServiceProvider.GetRequiredService<FirstStart>().Run(console, TestContext.Current.CancellationToken);
        return console.ToString();
    }

    private async Task<(int People, Guid Running, Guid Coming, int Team, int Learners)> Everything()
    {
        var (running, coming) = await Runs();
        var learners = await clone.Send(new LearnerCountsQuery([running.RunId]));
        return (await clone.Db<HostDb, int>(db => db.Users.CountAsync()), running.RunId, coming.RunId,
            (await clone.Send(new CourseTeamQuery(running.CourseId))).Count, learners.GetValueOrDefault(running.RunId));
    }

    // The clock of the tests stands on 2 November 2026: three weeks before is 12 October, ten weeks later 11 January.
    private async Task<(RunTerm Running, RunTerm Coming)> Runs() =>
        ((await clone.Send(new RunBySlugQuery(Course, "2026-10")))!, (await clone.Send(new RunBySlugQuery(Course, "2027-01")))!);

    private async Task<Guid> Id(string mail) => (await clone.Send(new PersonByMailQuery(mail)))!.Id;
}
