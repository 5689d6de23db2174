using System.Net;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Enrollment.Domain;
using MoocPlatform.Enrollment.Persistence;
using MoocPlatform.Kernel;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Enrollment.Tests;

public sealed class JoiningTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task A_learner_who_clicks_join_twice_is_enrolled_once()
    {
        var run = await world.ARun();
        var ana = await world.Person("Ana");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => world.Send(new JoinRun(run.RunId, ana))));

        Assert.Equal(1, (await world.Send(new LearnerCountsQuery([run.RunId])))[run.RunId]);
        Assert.Equal(1, await Log(run, ana, ActivityKind.Joined));
    }

    [Fact]
    public async Task A_rush_of_learners_is_counted_exactly()
    {
        var run = await world.ARun();
        var learners = Enumerable.Range(0, 100).Select(_ => world.Clock.NewKey()).ToList();
        await Task.WhenAll(learners.Concat(learners).Select(l => world.Send(new JoinRun(run.RunId, l))));
        Assert.Equal(100, (await world.Send(new LearnerCountsQuery([run.RunId])))[run.RunId]);
    }

    [Fact]
    public async Task Leaving_keeps_everything_and_coming_back_restores_it()
    {
        var run = await world.ARun();
        await world.Person("Bogdan");
        var browser = world.As("Bogdan");
        await browser.Submit(await browser.Open(run.At("join")), "main form");
        await browser.Submit(await browser.Open(run.At("first")), "form.lesson-end");

        var left = await browser.Submit(await browser.Open(run.At("leave")), "main form");
        Assert.Equal("/my", left.Path);
        Assert.Equal(0, (await world.Send(new LearnerCountsQuery([run.RunId])))[run.RunId]);

        await browser.Submit(await browser.Open(run.At("join")), "main form");
        var state = (await world.Send(new EnrolmentQuery(run.RunId, await world.Person("Bogdan"))))!;
        Assert.True(state.Active && state.IsDone(run.Item("first").Number));
        Assert.Equal(1, (await world.Send(new LearnerCountsQuery([run.RunId])))[run.RunId]);
    }

    [Fact]
    public async Task After_the_end_nobody_joins_and_the_reason_is_said()
    {
        var run = await world.ARun(new DateTime(2026, 9, 1), new DateTime(2026, 10, 1));
        await world.Person("Carmen");
        var browser = world.As("Carmen");
        var (status, page, _) = await browser.Submit(await browser.Open(run.At("join")), "main form");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("This run ended on", page.QuerySelector("#refused")!.TextContent, StringComparison.Ordinal);
        Assert.Null(await world.Send(new EnrolmentQuery(run.RunId, await world.Person("Carmen"))));
    }

    [Fact]
    public async Task A_visitor_is_asked_to_sign_in_before_joining()
    {
        var run = await world.ARun();
        var response = await world.As(null).Client.GetAsync(new Uri(run.At("join"), UriKind.Relative));
        Assert.NotEqual(HttpStatusCode.OK, response.StatusCode);
    }

    private Task<int> Log(GivenRun run, Guid learner, ActivityKind kind) =>
        world.Db((EnrollmentDb db) => db.Activities.CountAsync(a => a.RunId == run.RunId && a.LearnerId == learner && a.Kind == kind));
}
