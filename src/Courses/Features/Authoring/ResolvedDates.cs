using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Features.Authoring;

/// <summary>What the dates of a run mean as instants: each line before and after a move.</summary>
internal sealed record ResolvedDates(string Zone, IReadOnlyList<ResolvedDate> Lines)
{
    /// <summary>Whether saving would change any date.</summary>
    public bool Moved => Lines.Any(l => l.Before is { } before && before != l.After);

    /// <param name="run">As it is kept; null: new.</param>
    /// <param name="entered">As typed. Unreadable dates give null.</param>
    public static ResolvedDates? Of(Book book, Run? run, RunDates entered)
    {
        var after = new Run { CourseId = book.Course.Id };
        try
        {
            entered.PutInto(after);
        }
        catch (Refused)
        {
            return null; // said beside the field
        }

        var zone = TimeZoneInfo.FindSystemTimeZoneById(after.Zone);
        var lines = new List<ResolvedDate> { new(DateOf.Start, "", run?.Start, after.Start, LocalTime.Look(after.LocalStart, zone), after.LocalStart) };
        foreach (var section in book.Sections)
        {
            var local = after.LocalStart.Date.AddDays(section.Release.Days) + section.Release.Time.ToTimeSpan();
            var at = Later(after.At(section.Release), after.Start);
            // Before the run starts nothing opens: then the clocks at the section's own time do not matter.
            lines.Add(new(DateOf.Section, section.Title, run is null ? null : Later(run.At(section.Release), run.Start), at,
                at > after.Start ? LocalTime.Look(local, zone) : LocalTimeKind.Plain, local));
        }

        if (after.LocalEnrolmentEnd is { } last)
            lines.Add(new(DateOf.EnrolmentEnd, "", run?.EnrolmentEnd, after.EnrolmentEnd, LocalTime.Look(last, zone), last));
        lines.Add(new(DateOf.End, "", run?.End, after.End, LocalTime.Look(after.LocalEnd, zone), after.LocalEnd));
        return new(after.Zone, lines);
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}

/// <summary>What happens at a date of a run.</summary>
internal enum DateOf
{
    Start,
    Section,
    EnrolmentEnd,
    End,
}

/// <param name="Title">Of the section.</param>
/// <param name="Before">As it is kept; null: new.</param>
/// <param name="Clocks">Whether the local time is an ordinary one.</param>
/// <param name="Local">As entered.</param>
internal sealed record ResolvedDate(DateOf What, string Title, DateTimeOffset? Before, DateTimeOffset After, LocalTimeKind Clocks, DateTime Local);
