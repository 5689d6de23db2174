using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Enrollment.Domain;
using MoocPlatform.Enrollment.Features.Grading;
using MoocPlatform.Enrollment.Persistence;
using MoocPlatform.Enrollment.Reactions;
using MoocPlatform.Enrollment.Tests.Credentials;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Contracts;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Enrollment.Tests;

/// <summary>The end of a run, in a world of its own: its clock goes on.</summary>
public sealed class ClosingTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task At_the_end_of_a_run_grades_become_final_and_who_reached_the_mark_has_completed()
    {
        var run = await world.ARun(world.Clock.Now.DateTime.AddDays(-1), world.Clock.Now.DateTime.AddDays(7));
        var (good, poor, gone) = (await Joined(run, "Ana"), await Joined(run, "Bela"), await Joined(run, "Cora"));
        await world.Send(new WritePlan(run.Term.CourseId, run.TeacherId, GradePlan.Usual with { Steps = 0, NeedsMark = true }, 0));
        await Graded(run, good, 4);
        await Graded(run, poor, 2);
        await Graded(run, gone, 5);
        await world.Send(new Features.Joining.LeaveRun(run.RunId, gone));
        Assert.Null((await Row(run, good)).CompletedAt); // not before the grade is final

        await world.At(run.Term.End.AddMinutes(1));
        await world.At(run.Term.End.AddMinutes(2));
        var rows = await world.Db((EnrollmentDb db) => db.Enrolments.AsNoTracking().Where(e => e.RunId == run.RunId).ToDictionaryAsync(e => e.LearnerId));
        Assert.All(rows.Values, e => Assert.True(e.GradeFinal));
        Assert.Equal((Standing.Completed, 8000), (rows[good].Standing, rows[good].Grade));
        Assert.Equal((Standing.Learning, 4000), (rows[poor].Standing, rows[poor].Grade));
        Assert.Equal((Standing.Left, 10000), (rows[gone].Standing, rows[gone].Grade));
        Assert.Null(rows[gone].CompletedAt);

        // What the team changes now is for runs to come.
        await world.Send(new WritePlan(run.Term.CourseId, run.TeacherId, GradePlan.Usual with { PassMark = 90 }, 1));
        await world.At(run.Term.End.AddMinutes(3));
        Assert.Equal(60, (await world.Send(new LearnerGradeQuery(run.RunId, poor)))!.Basis.Plan.PassMark);

        // A regrade after the end lifts a final grade over the mark: then, too, the course is completed.
        await world.Send(new SetResult(world.Clock.NewKey(), run.RunId, poor, run.Item("check").Id, 60, "The key was wrong.", run.TeacherId));
        Assert.Equal((Standing.Completed, 6000), ((await Row(run, poor)).Standing, (await Row(run, poor)).Grade));
        Assert.Contains("Your final grade is 80", (await world.As("Ana").Open(run.At("progress"))).QuerySelector("section[aria-labelledby=grade]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_closing_that_was_killed_goes_on_where_it_was()
    {
        var run = await world.ARun(world.Clock.Now.DateTime.AddDays(-1), world.Clock.Now.DateTime.AddDays(30));
        var learners = Enumerable.Range(0, 1203).Select(_ => world.Clock.NewKey()).ToList();
        await world.Db(async (EnrollmentDb db) =>
        {
            foreach (var learner in learners)
                db.Append(Enrolment.In(run.Term, learner, "", world.Clock.Now));
            return await db.SaveChangesAsync();
        });
        world.Clock.Now = run.Term.End.AddDays(1);

        // Begun, and killed with half of it done.
        await world.Db(async (EnrollmentDb db) =>
        {
            db.Add(new ClosedGrades { RunId = run.RunId, At = world.Clock.Now });
            await db.SaveChangesAsync();
            var half = learners.Order().Take(600).ToList();
            return await db.InTurn(ct => db.Enrolments.Where(e => e.RunId == run.RunId && half.Contains(e.LearnerId)).ExecuteUpdateAsync(s => s.SetProperty(e => e.GradeFinal, true).SetProperty(e => e.Version, 77), ct), default);
        });
        await world.Send(new MakeGradesFinal(run.RunId));
        await world.Send(new MakeGradesFinal(run.RunId));

        var rows = await world.Db((EnrollmentDb db) => db.Enrolments.AsNoTracking().Where(e => e.RunId == run.RunId).Select(e => new { e.GradeFinal, e.Grade, e.Version }).ToListAsync());
        Assert.Equal(1203, rows.Count(r => r.GradeFinal));
        Assert.Equal(600, rows.Count(r => r is { Version: 77, Grade: -1 })); // what was final was not touched again
        Assert.Equal(603, rows.Count(r => r is { Version: 1, Grade: 0 }));
        Assert.NotNull(await world.Db((EnrollmentDb db) => db.ClosedGrades.Where(c => c.RunId == run.RunId).Select(c => c.DoneAt).SingleAsync()));
    }

    [Fact]
    public async Task Who_completes_at_the_end_of_a_run_gets_one_badge_however_often_that_is_told()
    {
        var run = await world.ARun(world.Clock.Now.DateTime.AddDays(-1), world.Clock.Now.DateTime.AddDays(7));
        await world.GiveBadge(run);
        await world.Send(new WritePlan(run.Term.CourseId, run.TeacherId, GradePlan.Usual with { Steps = 0, NeedsMark = true }, 0));
        var learners = new List<Guid>();
        foreach (var name in new[] { "Ena", "Fil", "Gil", "Hal", "Ivo" })
        {
            learners.Add(await Joined(run, name));
            await Graded(run, learners[^1], name == "Ivo" ? 2 : 4);
        }

        await world.At(run.Term.End.AddMinutes(1));
        await world.At(run.Term.End.AddMinutes(2));
        Assert.Equal(learners.Take(4).Order(), await Owners(run));

        // Killed after the grades were kept, and before the badges of two were: whichever is told of first, both get theirs.
        await world.Db((EnrollmentDb db) => db.InTurn(
            async ct =>
            {
                await db.Credentials.Where(c => c.RunId == run.RunId && (c.PersonId == learners[0] || c.PersonId == learners[1])).ExecuteDeleteAsync(ct);
                return await db.Set<Merit>().Where(m => m.RunId == run.RunId && (m.PersonId == learners[0] || m.PersonId == learners[1])).ExecuteUpdateAsync(s => s.SetProperty(m => m.Rewarded, false), ct);
            },
            default));
        var at = (await Row(run, learners[0])).CompletedAt!.Value;
        await world.Tell(new CourseCompleted(run.RunId, run.Term.CourseId, learners[1], at, 80));
        Assert.Equal(learners.Take(4).Order(), await Owners(run));

        foreach (var learner in learners.Take(4))
            await world.Tell(new CourseCompleted(run.RunId, run.Term.CourseId, learner, at, 80));
        Assert.Equal(learners.Take(4).Order(), await Owners(run));
        var places = await world.Db((EnrollmentDb db) => db.Credentials.Select(c => new { c.ListNumber, c.ListIndex }).ToListAsync());
        Assert.Equal(places.Count, places.Distinct().Count());
    }

    [Fact]
    public async Task A_run_whose_end_was_moved_is_not_closed_by_an_old_job()
    {
        var run = await world.ARun(world.Clock.Now.DateTime.AddDays(-1), world.Clock.Now.DateTime.AddYears(1));
        var learner = await Joined(run, "Dan");
        await world.Send(new MakeGradesFinal(run.RunId));
        Assert.False((await Row(run, learner)).GradeFinal);
    }

    private async Task<Guid> Joined(GivenRun run, string name)
    {
        var learner = await world.Person(name);
        await world.Send(new JoinRun(run.RunId, learner));
        return learner;
    }

    private async Task Graded(GivenRun run, Guid learner, decimal score)
    {
        await using var scope = world.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<WhenAttemptGraded>().Handle(
            [new(world.Clock.NewKey(), run.RunId, run.Item("check").Id, learner, 1, score, 5, score >= 3, world.Clock.Now)], default);
    }

    private Task<List<Guid>> Owners(GivenRun run) =>
        world.Db((EnrollmentDb db) => db.Credentials.Where(c => c.RunId == run.RunId).OrderBy(c => c.PersonId).Select(c => c.PersonId).ToListAsync());

    private Task<Enrolment> Row(GivenRun run, Guid learner) =>
        world.Db((EnrollmentDb db) => db.Enrolments.AsNoTracking().SingleAsync(e => e.RunId == run.RunId && e.LearnerId == learner));
}
