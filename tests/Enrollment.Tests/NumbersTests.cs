using System.Net;
using System.Text.Json;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Enrollment.Domain;
using MoocPlatform.Enrollment.Features.Numbers;
using MoocPlatform.Enrollment.Persistence;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Enrollment.Tests;

public sealed class NumbersTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task The_team_sees_who_joined_how_far_they_came_and_where_they_stopped()
    {
        var run = await world.ARun();
        await Learners(run, 3, "first", "second");
        await Learners(run, 2, "first");
        await Learners(run, 1);
        var page = await world.As("Ioana Marin").Open(EnrollmentLinks.Numbers(run.Term.CourseSlug, run.Term.RunSlug));

        Assert.Equal(["6", "6", "0"], page.QuerySelectorAll(".stats dd:nth-of-type(1)").Take(3).Select(d => d.TextContent));
        Assert.Equal(("5", "5", "0"), Step(page, "First lesson"));
        Assert.Equal(("3", "3", "0"), Step(page, "Second lesson"));
        Assert.NotNull(page.QuerySelector("figure.chart svg[aria-hidden=true]"));
        Assert.NotNull(page.QuerySelector("figure.chart details table"));
    }

    [Fact]
    public async Task Only_the_team_finds_the_numbers()
    {
        var run = await world.ARun();
        await world.Person("Petra");
        await world.As("Petra").Open(EnrollmentLinks.Numbers(run.Term.CourseSlug, run.Term.RunSlug), HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Numbers_of_a_large_run_are_kept_and_counted_anew_they_are_the_same()
    {
        var run = await world.ARun();
        await Learners(run, 4, "first", "second");
        await Learners(run, 2, "first");
        await SayLarge(run);
        var address = EnrollmentLinks.Numbers(run.Term.CourseSlug, run.Term.RunSlug);
        var teacher = world.As("Ioana Marin");

        Assert.NotNull((await teacher.Open(address)).QuerySelector("#numbers .empty"));
        await world.At(world.Clock.Now);
        var kept = await Kept(run);
        Assert.Equal([6, 4], kept.Items.Take(2).Select(i => i.Reached));

        await Learners(run, 1, "first");
        Assert.Equal(("6", "6", "0"), Step(await teacher.Open(address), "First lesson")); // what is fresh stays
        world.Clock.Now += KeptNumbers.Fresh + TimeSpan.FromSeconds(1);
        await teacher.Open(address);
        await world.At(world.Clock.Now);
        Assert.Equal(("7", "7", "0"), Step(await teacher.Open(address), "First lesson"));

        var before = JsonSerializer.Serialize(await Kept(run));
        await teacher.Submit(await teacher.Open(address), "form[action*=Anew]");
        await world.At(world.Clock.Now);
        Assert.Equal(before, JsonSerializer.Serialize(await Kept(run)));
    }

    [Fact]
    public async Task Who_did_every_step_is_counted_with_the_days_it_took()
    {
        var run = await world.ARun(quiz: "---\ntitle: \"Q\"\nkind: quiz\nminutes: 1\ncomplete: taken\n---\n## A {#a short points=1}\nWhat?\n\n= x\n");
        var started = world.Clock.Now;
        var ids = await Learners(run, 2, "first", "second");
        try
        {
            world.Clock.Now = started.AddDays(9);
            foreach (var learner in ids)
            {
                await Takes(run, learner);
                await world.Send(new Features.Learning.CompleteItem(run.Term, run.Item("later"), started, learner, false));
            }

            var (numbers, found) = await Count(run);
            Assert.Equal(2, numbers.Finished);
            Assert.Equal(9, numbers.MedianDays);
            Assert.Equal([0, 2], numbers.WeeksToFinish);
            Assert.All(found, f => Assert.Equal(world.Clock.Now, f.At));

            world.Clock.Now = started.AddDays(20); // doing it again does not move the day on which it was done
            await Takes(run, ids[0]);
            Assert.Equal(9, (await Count(run)).Numbers.MedianDays);
        }
        finally
        {
            world.Clock.Now = started;
        }
    }

    [Fact]
    public async Task Who_has_gone_quiet_has_stopped_at_their_furthest_step()
    {
        var run = await world.ARun();
        var started = world.Clock.Now;
        await Learners(run, 2, "first", "second");
        try
        {
            world.Clock.Now = started.AddDays(8);
            var numbers = (await Count(run)).Numbers;
            Assert.Equal([0, 2], numbers.Items.Take(2).Select(i => i.Stopped));
            Assert.Equal(0, numbers.Active);
        }
        finally
        {
            world.Clock.Now = started;
        }
    }

    [Fact]
    public async Task What_everyone_sees_hides_numbers_under_five_and_rounds_the_rest()
    {
        var run = await world.ARun();
        await Learners(run, 4, "first", "second");
        await Learners(run, 8, "first");
        var address = EnrollmentLinks.OpenData(run.Term.CourseSlug);
        var visitor = world.As(null);
        var rows = (await visitor.Open(address)).QuerySelectorAll("tbody tr").Select(r => string.Join(' ', r.QuerySelectorAll(".num").Select(c => c.TextContent.Trim()))).ToList();
        Assert.Equal(["10 10", "fewer than 5 fewer than 5"], rows.Take(2));

        var csv = await visitor.Client.GetStringAsync(new Uri(address + ".csv", UriKind.Relative));
        Assert.Contains("2026-11,ever_joined,,10\r\n", csv, StringComparison.Ordinal);
        Assert.Contains("2026-11,did_step,2,<5\r\n", csv, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(await visitor.Client.GetStringAsync(new Uri(address + ".json", UriKind.Relative)));
        var steps = json.RootElement.GetProperty("runs")[0].GetProperty("steps");
        Assert.Equal((10, JsonValueKind.Null), (steps[0].GetProperty("done").GetInt32(), steps[1].GetProperty("done").ValueKind));
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(4, null)]
    [InlineData(5, 5)]
    [InlineData(7, 5)]
    [InlineData(8, 10)]
    public void Open_numbers_are_coarse(int number, int? told) => Assert.Equal(told, OpenNumbersHandler.Coarse(number));

    private async Task Takes(GivenRun run, Guid learner)
    {
        var attempt = Kernel.Keys.NewKey(world.Clock);
        await world.Send(new Features.Learning.CountQuizzes(run.RunId, [new(attempt, run.Item("check").Id, learner, attempt, ActivityKind.QuizTaken, world.Clock.Now, _ => { })]));
    }

    private static (string Reached, string Done, string Stopped) Step(IHtmlDocument page, string title)
    {
        var row = page.QuerySelectorAll("table:has(.bar) tbody tr").First(r => r.QuerySelector("th")!.TextContent == title);
        var cells = row.QuerySelectorAll(".num").Select(c => c.TextContent.Trim().Split(' ')[0]).ToList();
        return (cells[0], cells[1], cells[2]);
    }

    private async Task<List<Guid>> Learners(GivenRun run, int count, params string[] done)
    {
        var ids = new List<Guid>();
        for (var i = 0; i < count; i++)
        {
            var learner = Kernel.Keys.NewKey(world.Clock);
            await world.Send(new JoinRun(run.RunId, learner));
            foreach (var item in done)
                await world.Send(new Features.Learning.CompleteItem(run.Term, run.Item(item), world.Clock.Now, learner, false));
            ids.Add(learner);
        }

        return ids;
    }

    private Task<int> SayLarge(GivenRun run) => world.Db((EnrollmentDb db) => db.InTurn(
        ct => db.Tallies.Where(t => t.RunId == run.RunId).ExecuteUpdateAsync(s => s.SetProperty(t => t.Learners, KeptNumbers.Small + 1), ct), CancellationToken.None));

    private Task<RunNumbers> Kept(GivenRun run) =>
        world.Db(async (EnrollmentDb db) => (await db.Set<KeptNumbers>().AsNoTracking().SingleAsync(n => n.RunId == run.RunId)).Read());

    private Task<(RunNumbers Numbers, IReadOnlyList<Finish> Found)> Count(GivenRun run) =>
        world.Db((RunCounter counter) => counter.Count(run.Term, CancellationToken.None));
}
