using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Features.Authoring;

/// <summary>What the dates of a run mean as instants: each line before and after a move.</summary>
/// <param name="Zone">As typed; null: it cannot be read.</param>
internal sealed record ResolvedDates(string? Zone, IReadOnlyList<ResolvedDate> Lines)
{
    /// <summary>Whether saving would change any date.</summary>
    public bool Moved => Zone is not null && Lines.Any(l => l.Before is not null && l.Before != l.After);

    /// <summary>Whether more moves than the ends of the run and of enrolment, which were typed as dates.</summary>
    public bool MovesMore => Zone is not null && Lines.Any(l => l.Before is not null && l.Before != l.After && l.What is not (DateOf.End or DateOf.EnrolmentEnd));

    /// <summary>Tells this table from every other: what was seen is what is saved.</summary>
    public string Mark => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(
        ';', Lines.Select(l => string.Create(CultureInfo.InvariantCulture, $"{l.Before?.UtcTicks}>{l.After?.UtcTicks}"))))))[..16];

    /// <summary>Looks at everything that was typed. What cannot be read has no instant: why is said beside its field.</summary>
    /// <param name="before">The run as it is kept, or the one that is run again; null: neither.</param>
    public static ResolvedDates Of(Book book, Run? before, RunDates entered, IReadOnlyList<TypedOffset> typed)
    {
        Run? after = new() { CourseId = book.Course.Id };
        try
        {
            entered.PutInto(after);
        }
        catch (Refused)
        {
            after = null;
        }

        var zone = after is null ? null : TimeZoneInfo.FindSystemTimeZoneById(after.Zone);
        var lines = new List<ResolvedDate> { Plain(DateOf.Start, before?.Start, after?.Start, after?.LocalStart, zone) };
        foreach (var date in OffsetDate.Of(book))
        {
            var place = typed.Index().Where(t => t.Item.Is(date)).Select(t => (int?)t.Index).FirstOrDefault();
            lines.Add(Hanging(date, place, place is { } p ? typed[p] : TypedOffset.For(date), before, after, zone));
        }

        if (after?.LocalEnrolmentEnd is not null || before?.LocalEnrolmentEnd is not null)
            lines.Add(Plain(DateOf.EnrolmentEnd, before?.EnrolmentEnd, after?.EnrolmentEnd, after?.LocalEnrolmentEnd, zone));
        lines.Add(Plain(DateOf.End, before?.End, after?.End, after?.LocalEnd, zone));
        return new(after?.Zone, lines);
    }

    private static ResolvedDate Plain(DateOf what, DateTimeOffset? before, DateTimeOffset? after, DateTime? local, TimeZoneInfo? zone) =>
        new(what, "", before, after, local is { } l && zone is not null ? LocalTime.Look(l, zone) : LocalTimeKind.Plain, local);

    private static ResolvedDate Hanging(OffsetDate date, int? place, TypedOffset typed, Run? before, Run? after, TimeZoneInfo? zone)
    {
        Offset? offset = null;
        try
        {
            offset = after is null ? null : typed.Read(place ?? 0, after.LocalStart, optional: date.What != OffsetOf.Release);
        }
        catch (Refused)
        {
            // said beside its field
        }

        var what = date.What switch { OffsetOf.Release => DateOf.Section, OffsetOf.Opens => DateOf.Opens, _ => DateOf.Due };
        var was = before is null || date.Kept is null ? null : (DateTimeOffset?)Instant(date.What, before, date.Kept);
        if (after is null || offset is null)
            return new(what, date.Title, was, null, LocalTimeKind.Plain, null) { Place = place };
        var at = Instant(date.What, after, offset);
        var local = after.LocalStart.Date.AddDays(offset.Days) + offset.Time.ToTimeSpan();
        // Before the run starts nothing opens: then the clocks at the section's own time do not matter.
        return new(what, date.Title, was, at, at > after.Start ? LocalTime.Look(local, zone!) : LocalTimeKind.Plain, local) { Place = place };
    }

    private static DateTimeOffset Instant(OffsetOf what, Run run, Offset offset) =>
        what == OffsetOf.Release && run.At(offset) < run.Start ? run.Start : run.At(offset);
}

/// <summary>What happens at a date of a run.</summary>
internal enum DateOf
{
    Start,
    Section,
    Opens,
    Due,
    EnrolmentEnd,
    End,
}

/// <param name="Title">Of the section or quiz.</param>
/// <param name="Before">As it is kept; null: new, or without a date.</param>
/// <param name="After">Null: without a date, or not to be read.</param>
/// <param name="Clocks">Whether the local time is an ordinary one.</param>
/// <param name="Local">As entered.</param>
internal sealed record ResolvedDate(DateOf What, string Title, DateTimeOffset? Before, DateTimeOffset? After, LocalTimeKind Clocks, DateTime? Local)
{
    /// <summary>Which of the typed dates it is; null: one that has a field above the table.</summary>
    public int? Place { get; init; }
}
