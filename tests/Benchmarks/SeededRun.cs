using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Enrollment.Domain;
using MoocPlatform.Enrollment.Features.Grading;
using MoocPlatform.Enrollment.Persistence;
using MoocPlatform.Host.Accounts;
using MoocPlatform.Host.Persistence;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Contracts;

namespace MoocPlatform.Benchmarks;

/// <summary>Many learners of a run, who do not sign in.</summary>
internal sealed partial class SeededSite
{
    private const decimal FullScore = 10;

    /// <summary>Where the team ends the run.</summary>
    public string ClosePath => $"{CourseLinks.Teach(CourseSlug)}/runs/{RunSlug}/close";

    private string CourseSlug => LessonPath.Split('/')[2];

    private string RunSlug => LessonPath.Split('/')[3];

    /// <summary>Lets so many learners into the run of the site, each with an account and a score at every quiz.</summary>
    /// <param name="good">How many of them have full scores; the others reached a half.</param>
    public Task FillRun(int learners, int good) => Within(async services =>
    {
        var run = (await Send(services, new RunBySlugQuery(CourseSlug, RunSlug)))!;
        var quizzes = (await Send(services, new OutlineQuery(run.RunId)))!.Items.Where(i => i.Kind == ItemKind.Quiz).ToList();
        var clock = services.GetRequiredService<TimeProvider>();
        var now = clock.GetUtcNow().AddDays(-7);
        for (var from = 0; from < learners; from += AtOnce)
        {
            var some = Enumerable.Range(from, Math.Min(AtOnce, learners - from)).Select(i => (Number: i, Id: clock.NewKey(), Name: SomeName(i))).ToList();
            await using var scope = services.CreateAsyncScope();
            var host = scope.ServiceProvider.GetRequiredService<HostDb>();
            host.AddRange(some.Select(s => AccountOf(s.Id, s.Number, s.Name, now)));
            await host.SaveChangesAsync();

            var db = scope.ServiceProvider.GetRequiredService<EnrollmentDb>();
            foreach (var (number, id, name) in some)
            {
                db.Append(Enrolment.In(run, id, name, now));
                // Those who are good are spread among the others.
                var score = number % 4 == 0 && number < 4 * good ? FullScore : FullScore / 2;
                foreach (var quiz in quizzes)
                {
                    var kept = new AttemptScore { AttemptId = clock.NewKey(), RunId = run.RunId, LearnerId = id, ItemId = quiz.Id };
                    kept.Hear(new AttemptGraded(kept.AttemptId, run.RunId, quiz.Id, id, 1, score, FullScore, score == FullScore, now));
                    db.Append(kept);
                }
            }

            await db.SaveChangesAsync();
            await db.InTurn(ct => db.CountLearners(run.RunId, some.Count, ct), CancellationToken.None);
        }
    });

    /// <summary>From now on the course is complete for who has its mark when the grade is final, whatever steps are done.</summary>
    public Task GradeByMark() => Within(async services =>
    {
        var run = (await Send(services, new RunBySlugQuery(CourseSlug, RunSlug)))!;
        await Send(services, new WritePlan(run.CourseId, Guid.Empty, GradePlan.Usual with { Steps = 0, NeedsMark = true }, 0));
        await Settle(services);
    });

    /// <summary>
    /// Makes two more runs, of few learners and of many, whose names, progress, grades, last visits and standings are in no order, and
    /// works on them: with each run comes a handful of its learners, from the middle of each standing.
    /// </summary>
    public Task OnRosters(int few, int many, Func<IServiceProvider, (Guid Run, IReadOnlyList<Guid> Some), (Guid Run, IReadOnlyList<Guid> Some), Task> work) => Within(async services =>
        await work(services, await Roster(services, "few", few), await Roster(services, "many", many)));

    private async Task<(Guid Run, IReadOnlyList<Guid> Some)> Roster(IServiceProvider services, string slug, int learners)
    {
        var (clock, dice) = (services.GetRequiredService<TimeProvider>(), new Random(1));
        var today = clock.GetUtcNow().Date;
        var course = (await Send(services, new RunBySlugQuery(CourseSlug, RunSlug)))!.CourseId;
        var runId = await Send(services, new PlanRun(course, Guid.Empty, slug, today.AddDays(-21), today.AddDays(21), "Europe/Bucharest"));
        await Settle(services);
        var run = (await Send(services, new RunTermQuery(runId)))!;
        var outline = (await Send(services, new OutlineQuery(runId)))!;
        var items = outline.Items.ToList();
        var final = new GradeBasis(run, outline, GradePlan.Usual with { Steps = 0, NeedsMark = true }, new Dictionary<Guid, QuizRule>(), Final: true);
        var some = new List<Guid>();
        for (var from = 0; from < learners; from += AtOnce)
        {
            await using var scope = services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<EnrollmentDb>();
            for (var i = from; i < Math.Min(learners, from + AtOnce); i++)
            {
                var (id, now) = (Guid.NewGuid(), run.Start.AddSeconds(dice.Next(1_500_000)));
                var enrolment = Enrolment.In(run, id, SomeName(i), now);
                for (var step = dice.Next(items.Count); step > 0; step--)
                    enrolment.Does(Guid.Empty, ActivityKind.Completed, items[step], completes: true, now);
                enrolment.Saw(items[0].Id, now);
                enrolment.Takes(final, (decimal)dice.Next(10_001) / 100, now); // two of five have the mark
                if (dice.Next(10) == 0)
                    enrolment.Leave(now);
                db.Append(enrolment);
                if (i >= learners / 2 && some.Count < 30)
                    some.Add(id);
            }

            await db.SaveChangesAsync();
            await db.InTurn(ct => db.CountLearners(runId, Math.Min(AtOnce, learners - from), ct), CancellationToken.None);
        }

        return (runId, some);
    }

    private static Account AccountOf(Guid id, int number, string name, DateTimeOffset now)
    {
        var mail = $"learner.{number}@example.net";
        return new()
        {
            Id = id,
            UserName = mail,
            NormalizedUserName = mail.ToUpperInvariant(),
            Email = mail,
            NormalizedEmail = mail.ToUpperInvariant(),
            EmailConfirmed = true,
            Name = name,
            JoinedAt = now,
            SecurityStamp = id.ToString("N"),
            ConcurrencyStamp = id.ToString("N"),
        };
    }

    // Names in no order, a few of them the same, as people are called.
    private static string SomeName(int number)
    {
        var dice = new Random(number);
        return $"{(char)('A' + dice.Next(26))}{(char)('a' + dice.Next(26))}{(char)('a' + dice.Next(26))}{(char)('a' + dice.Next(26))} {(char)('A' + dice.Next(26))}{dice.Next(1000):x}";
    }
}
