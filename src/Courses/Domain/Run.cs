using MoocPlatform.Courses.Contracts;

namespace MoocPlatform.Courses.Domain;

/// <summary>One time the course is taught: start, end, zone. Its state is computed, never stored.</summary>
internal sealed class Run
{
    public Guid Id { get; init; }

    public Guid CourseId { get; init; }

    /// <summary>Unique in the course.</summary>
    public string Slug { get; set; } = "";

    /// <summary>IANA zone in which the team enters dates.</summary>
    public string Zone { get; set; } = "UTC";

    /// <summary>Local date and time of the start, as entered.</summary>
    public DateTime LocalStart { get; set; }

    public DateTime LocalEnd { get; set; }

    /// <summary>Null: the end of the run.</summary>
    public DateTime? LocalEnrolmentEnd { get; set; }

    /// <summary>The instants that the local times mean, resolved at save.</summary>
    public DateTimeOffset Start { get; set; }

    public DateTimeOffset End { get; set; }

    public DateTimeOffset EnrolmentEnd { get; set; }

    /// <summary>The three acts.</summary>
    public DateTimeOffset? PublishedAt { get; set; }

    public DateTimeOffset? ClosedEarlyAt { get; set; }

    public DateTimeOffset? ArchivedAt { get; set; }

    /// <summary>Called off before the start: it does not take place.</summary>
    public DateTimeOffset? CancelledAt { get; set; }

    /// <summary>The newest announcement, which every page of the run shows.</summary>
    public Guid? AnnouncementId { get; set; }

    public string? AnnouncementTitle { get; set; }

    public DateTimeOffset? AnnouncedAt { get; set; }

    /// <summary>The start that everyone was told of: telling twice has no effect, and a moved start is told anew.</summary>
    public DateTimeOffset? StartToldFor { get; set; }

    public DateTimeOffset? CloseToldFor { get; set; }

    /// <summary>The end that counts: an early close included.</summary>
    public DateTimeOffset EffectiveEnd => ClosedEarlyAt is { } early && early < End ? early : End;

    /// <summary>Sets the dates from local times in a zone.</summary>
    public void Plan(string zone, DateTime start, DateTime end, DateTime? enrolmentEnd)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var info))
            throw Refusals.UnknownZone(zone);
        if (end <= start)
            throw Refusals.EndBeforeStart();
        if (enrolmentEnd > end)
            throw Refusals.EnrolmentEndAfterEnd();

        (Zone, LocalStart, LocalEnd, LocalEnrolmentEnd) = (zone, start, end, enrolmentEnd);
        Start = LocalTime.Resolve(start, info);
        End = LocalTime.Resolve(end, info);
        EnrolmentEnd = enrolmentEnd is { } last ? LocalTime.Resolve(last, info) : End;
    }

    /// <summary>The instant of an offset from the start of this run.</summary>
    public DateTimeOffset At(Offset offset) =>
        LocalTime.Resolve(LocalStart.Date.AddDays(offset.Days) + offset.Time.ToTimeSpan(), TimeZoneInfo.FindSystemTimeZoneById(Zone));

    public RunTerm Term(Course course) => new(
        Id, CourseId, course.Slug, Slug, course.Title, course.Language, Zone, PublishedAt is not null, Start, EffectiveEnd,
        EnrolmentEnd < EffectiveEnd ? EnrolmentEnd : EffectiveEnd, ArchivedAt is not null || CancelledAt is not null, new(course.CoverPattern, course.CoverHue))
    {
        Cancelled = CancelledAt is not null,
        GivesBadge = course.GivesBadge,
        Announcement = AnnouncementId is { } id && AnnouncedAt is { } at ? new(id, AnnouncementTitle ?? "", at) : null,
    };
}

/// <summary>A date inside a run: whole days after the start's date, and a local time of day in the run's zone.</summary>
internal sealed record Offset(int Days, TimeOnly Time);

/// <summary>Local times and instants.</summary>
internal static class LocalTime
{
    /// <summary>
    /// The instant of a local time. A time that exists twice (clocks set back) means the first; one that does not exist (clocks set
    /// forward) means the first instant after the gap.
    /// </summary>
    public static DateTimeOffset Resolve(DateTime local, TimeZoneInfo zone) =>
        Instants(local, zone) is [var first, ..] ? first : AfterTheGap(local, zone);

    /// <summary>Whether a local time is an ordinary one in a zone.</summary>
    public static LocalTimeKind Look(DateTime local, TimeZoneInfo zone) => Instants(local, zone).Count switch
    {
        0 => LocalTimeKind.Skipped,
        1 => LocalTimeKind.Plain,
        _ => LocalTimeKind.Twice,
    };

    // The instants at which the clocks of the zone show this time, earliest first. Asked by instants alone: what TimeZoneInfo says of
    // local times is wrong for zones that leave their summer time for a month, such as Africa/Casablanca.
    private static List<DateTimeOffset> Instants(DateTime local, TimeZoneInfo zone)
    {
        var shown = new DateTimeOffset(local.Ticks, TimeSpan.Zero);
        TimeSpan[] offsets = [zone.GetUtcOffset(shown.AddDays(-1)), zone.GetUtcOffset(shown.AddDays(1))];
        return [.. offsets.Distinct().Select(o => shown - o).Where(i => i + zone.GetUtcOffset(i) == shown).Order()];
    }

    // The clocks jump over this time: the instant at which they do, to the second.
    private static DateTimeOffset AfterTheGap(DateTime local, TimeZoneInfo zone)
    {
        var shown = new DateTimeOffset(local.Ticks, TimeSpan.Zero);
        var (before, after) = (shown.AddDays(-1), shown.AddDays(1));
        var winter = zone.GetUtcOffset(before);
        while (after - before > TimeSpan.FromSeconds(1))
        {
            var middle = before + ((after - before) / 2);
            if (zone.GetUtcOffset(middle) == winter)
                before = middle;
            else
                after = middle;
        }

        return new DateTimeOffset(after.Ticks - (after.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
    }
}

/// <summary>How often a local time comes on its day.</summary>
internal enum LocalTimeKind
{
    /// <summary>Once.</summary>
    Plain,

    /// <summary>Never: the clocks go forward over it.</summary>
    Skipped,

    /// <summary>Two times: the clocks go back over it.</summary>
    Twice,
}
