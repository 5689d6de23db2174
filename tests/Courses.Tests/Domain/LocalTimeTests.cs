using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using MoocPlatform.Courses.Domain;
using Xunit;

namespace MoocPlatform.Courses.Tests.Domain;

public sealed class LocalTimeTests
{
    private static readonly string[] Zones =
    [
        "UTC", "Europe/Bucharest", "Europe/Rome", "America/New_York", "Pacific/Chatham", "Africa/Casablanca", "America/Santiago", "Asia/Beirut",
        "Asia/Kathmandu", "Australia/Lord_Howe", "Asia/Kolkata",
    ];

    [Theory]
    // Clocks go forward: the time does not exist, the first instant after the gap is meant.
    [InlineData("Europe/Bucharest", "2027-03-28 03:30", "2027-03-28 01:00")]
    [InlineData("America/New_York", "2027-03-14 02:30", "2027-03-14 07:00")]
    [InlineData("Pacific/Chatham", "2026-09-27 03:00", "2026-09-26 14:00")]
    [InlineData("America/Santiago", "2026-09-06 00:00", "2026-09-06 04:00")]
    [InlineData("Asia/Beirut", "2027-03-28 00:15", "2027-03-27 22:00")]
    // Clocks go back: the time is there twice, the first is meant.
    [InlineData("Europe/Bucharest", "2026-10-25 03:30", "2026-10-25 00:30")]
    [InlineData("America/New_York", "2026-11-01 01:30", "2026-11-01 05:30")]
    [InlineData("Pacific/Chatham", "2027-04-04 03:00", "2027-04-03 13:15")]
    [InlineData("America/Santiago", "2027-04-03 23:30", "2027-04-04 02:30")]
    // Around them nothing is special.
    [InlineData("Europe/Bucharest", "2027-03-28 02:59", "2027-03-28 00:59")]
    [InlineData("Europe/Bucharest", "2027-03-28 04:00", "2027-03-28 01:00")]
    [InlineData("Europe/Bucharest", "2026-10-25 04:00", "2026-10-25 02:00")]
    [InlineData("Africa/Casablanca", "2026-12-01 12:00", "2026-12-01 11:00")]
    public void A_local_time_means_one_instant(string zone, string local, string utc) =>
        Assert.Equal(Utc(utc), LocalTime.Resolve(Local(local), TimeZoneInfo.FindSystemTimeZoneById(zone)));

    [Fact]
    public void A_local_time_reads_the_same_when_it_comes_back_or_is_the_end_of_a_gap()
    {
        var times = from zone in Gen.Elements(Zones) from minutes in Gen.Choose(0, 4 * 366 * 24 * 60) select (zone, minutes);
        Properties.Hold(times: 3000, property: Prop.ForAll(times.ToArbitrary(), pair =>
        {
            var zone = TimeZoneInfo.FindSystemTimeZoneById(pair.zone);
            var local = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Unspecified).AddMinutes(pair.minutes);
            var instant = LocalTime.Resolve(local, zone);
            DateTime Shown(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone).DateTime;
            // What TimeZoneInfo says of local times is not asked: it knows no gap of Africa/Casablanca.
            var skipped = Shown(instant.AddSeconds(-1)) < local && Shown(instant) > local && Shown(instant) - local <= TimeSpan.FromHours(1);
            return Shown(instant) == local || skipped;
        }));
    }

    [Theory]
    [InlineData("Europe/Bucharest", "2026-10-19 09:00")]
    [InlineData("Europe/Bucharest", "2027-03-22 09:00")]
    [InlineData("America/New_York", "2026-10-26 09:00")]
    [InlineData("Pacific/Chatham", "2026-09-21 09:00")]
    [InlineData("Africa/Casablanca", "2027-02-01 09:00")]
    [InlineData("America/Santiago", "2026-08-31 09:00")]
    [InlineData("Asia/Beirut", "2027-03-22 09:00")]
    public void A_minute_to_midnight_stays_so_across_a_change_of_clocks(string zone, string start)
    {
        var run = RunOf(zone, start);
        var days = Enumerable.Range(0, 60).Select(day => (Day: day, At: TimeZoneInfo.ConvertTime(run.At(new(day, new(23, 59))), TimeZoneInfo.FindSystemTimeZoneById(zone))));
        Assert.All(days, d => Assert.Equal(Local(start).Date.AddDays(d.Day).AddMinutes((24 * 60) - 1), d.At.DateTime));
    }

    [Theory]
    [InlineData("America/Santiago", "2026-09-01 09:00", 5, "2026-09-06 04:00")]
    [InlineData("Asia/Beirut", "2027-03-22 09:00", 6, "2027-03-27 22:00")]
    public void A_release_at_a_midnight_that_does_not_exist_comes_when_the_day_begins(string zone, string start, int day, string utc) =>
        Assert.Equal(Utc(utc), RunOf(zone, start).At(new(day, TimeOnly.MinValue)));

    private static Run RunOf(string zone, string start)
    {
        var run = new Run();
        run.Plan(zone, Local(start), Local(start).AddDays(70), null);
        return run;
    }

    private static DateTime Local(string text) => DateTime.ParseExact(text, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static DateTimeOffset Utc(string text) => new(Local(text), TimeSpan.Zero);
}
