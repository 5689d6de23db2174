using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Kernel;
using Xunit;

namespace MoocPlatform.Courses.Tests.Domain;

public sealed class RunTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 2, 10, 0, 0, TimeSpan.Zero);
    private static readonly Course Course = new() { Slug = "oer", Title = "OER" };

    [Theory]
    [InlineData(-1, RunState.Announced)]
    [InlineData(0, RunState.Running)]
    [InlineData((7 * 24 * 60) - 1, RunState.Running)]
    [InlineData(7 * 24 * 60, RunState.Closed)]
    public void The_state_changes_with_the_instant_itself(int minutesAfterStart, RunState state)
    {
        var term = Published().Term(Course);
        Assert.Equal(state, term.StateAt(term.Start.AddMinutes(minutesAfterStart)));
    }

    [Fact]
    public void A_run_that_is_not_published_is_a_draft_whatever_the_time()
    {
        var run = Published();
        run.PublishedAt = null;
        Assert.All(new[] { -1, 1, 100 }, days => Assert.Equal(RunState.Draft, run.Term(Course).StateAt(run.Start.AddDays(days))));
    }

    [Fact]
    public void An_early_close_ends_the_run_and_enrolment()
    {
        var run = Published();
        run.ClosedEarlyAt = run.Start.AddDays(2);
        var term = run.Term(Course);
        Assert.Equal(RunState.Running, term.StateAt(run.Start.AddDays(2).AddTicks(-10)));
        Assert.Equal(RunState.Closed, term.StateAt(run.Start.AddDays(2)));
        Assert.Equal(term.End, term.EnrolmentEnd);
    }

    [Fact]
    public void Learners_are_taken_from_the_announcement_until_enrolment_ends()
    {
        var run = Published();
        run.Plan("UTC", run.LocalStart, run.LocalEnd, run.LocalStart.AddDays(3));
        var term = run.Term(Course);
        Assert.True(term.TakesLearners(run.Start.AddDays(-10)));
        Assert.True(term.TakesLearners(run.Start.AddDays(3).AddTicks(-10)));
        Assert.False(term.TakesLearners(run.Start.AddDays(3)));
    }

    [Fact]
    public void An_archived_run_takes_nobody()
    {
        var run = Published();
        run.ArchivedAt = Now;
        Assert.Equal(RunState.Archived, run.Term(Course).StateAt(run.Start.AddDays(1)));
        Assert.False(run.Term(Course).TakesLearners(run.Start.AddDays(1)));
    }

    [Theory]
    [InlineData("Atlantis/Centre", 0, 7, null, "Zone")]
    [InlineData("Europe/Rome", 7, 7, null, "End")]
    [InlineData("Europe/Rome", 7, 0, null, "End")]
    [InlineData("Europe/Rome", 0, 7, 8, "EnrolmentEnd")]
    public void Impossible_dates_are_refused_beside_their_field(string zone, int start, int end, int? enrolmentEnd, string field)
    {
        var day = new DateTime(2026, 11, 9, 0, 0, 0, DateTimeKind.Unspecified);
        var refused = Assert.Throws<Refused>(() => new Run().Plan(zone, day.AddDays(start), day.AddDays(end), enrolmentEnd is { } e ? day.AddDays(e) : null));
        Assert.Equal(field, refused.Field);
    }

    private static Run Published()
    {
        var run = new Run { PublishedAt = Now };
        run.Plan("UTC", new(2026, 11, 9, 8, 0, 0, DateTimeKind.Unspecified), new(2026, 11, 16, 8, 0, 0, DateTimeKind.Unspecified), null);
        return run;
    }
}
