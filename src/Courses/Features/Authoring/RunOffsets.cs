using System.Globalization;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Persistence;

namespace MoocPlatform.Courses.Features.Authoring;

/// <summary>What a date that hangs on the start of a run is for.</summary>
internal enum OffsetOf
{
    /// <summary>A section opens.</summary>
    Release,

    /// <summary>A quiz takes attempts from then on.</summary>
    Opens,

    /// <summary>Attempts at a quiz end.</summary>
    Due,
}

/// <summary>A date of the course that hangs on the start of each of its runs.</summary>
/// <param name="Id">Of the section or the quiz.</param>
/// <param name="Kept">Null: a quiz that opens with its section, or ends with the run.</param>
internal sealed record OffsetDate(OffsetOf What, Guid Id, string Title, Offset? Kept)
{
    /// <summary>Every such date, in the order of the course.</summary>
    public static IEnumerable<OffsetDate> Of(Book book)
    {
        foreach (var section in book.Sections)
        {
            yield return new(OffsetOf.Release, section.Id, section.Title, section.Release);
            foreach (var quiz in section.Items.Where(i => i.Kind == ItemKind.Quiz))
            {
                yield return new(OffsetOf.Opens, quiz.Id, quiz.Title, quiz.Opens);
                yield return new(OffsetOf.Due, quiz.Id, quiz.Title, quiz.Due);
            }
        }
    }
}

/// <summary>A date that is to be changed.</summary>
/// <param name="Was">What it was when the form was made: another one now means that somebody else has changed it.</param>
/// <param name="Field">Name of its first field.</param>
internal sealed record OffsetChange(OffsetOf What, Guid Id, Offset? Was, Offset? Now, string Field);

/// <summary>Such a date as typed: a day of the run and a time, or a date in the zone of the run, which is made into them.</summary>
internal sealed class TypedOffset
{
    /// <summary>What is changed, and what it was: "Due 0198… 27 23:59".</summary>
    public string? Key { get; set; }

    /// <summary>The first day of a run is day 1, as people count.</summary>
    public string? Day { get; set; }

    public string? Time { get; set; }

    /// <summary>Takes the place of both.</summary>
    public string? On { get; set; }

    public static TypedOffset For(OffsetDate date) => new()
    {
        Key = $"{date.What} {date.Id:N} {Words(date.Kept)}",
        Day = (date.Kept?.Days + 1)?.ToString(CultureInfo.InvariantCulture),
        Time = date.Kept?.Time.ToString("HH:mm", CultureInfo.InvariantCulture),
    };

    public static string Field(int place, string name) => $"Offsets[{place}].{name}";

    /// <summary>Whether this is the row of a date.</summary>
    public bool Is(OffsetDate date) => Key?.StartsWith($"{date.What} {date.Id:N} ", StringComparison.Ordinal) is true;

    /// <summary>What was typed. Null: none.</summary>
    /// <param name="optional">Whether there may be none.</param>
    public Offset? Read(int place, DateTime localStart, bool optional)
    {
        if (!string.IsNullOrWhiteSpace(On))
        {
            var on = Entered.Local(On, Field(place, nameof(On)))!.Value;
            return on.Date < localStart.Date ? throw Refusals.BeforeTheStart(Field(place, nameof(On))) : new((on.Date - localStart.Date).Days, new(on.Hour, on.Minute));
        }

        if (optional && string.IsNullOrWhiteSpace(Day) && string.IsNullOrWhiteSpace(Time))
            return null;
        int? day = int.TryParse(Day, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        return new(
            Entered.Whole(day, Field(place, nameof(Day)), 1, ChangeSection.MostDays + 1) - 1,
            TimeOnly.TryParseExact(Time, ["HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) ? new(at.Hour, at.Minute) : throw Refusals.NoTimeOfDay(Field(place, nameof(Time))));
    }

    /// <summary>The dates that were typed otherwise than they are kept, or a refusal beside the first that cannot be.</summary>
    public static List<OffsetChange> Changes(IReadOnlyList<TypedOffset> typed, DateTime localStart)
    {
        var changes = new List<OffsetChange>();
        foreach (var (place, row) in typed.Index())
        {
            var parts = (row.Key ?? "").Split(' ', 3);
            if (parts.Length < 3 || !Enum.TryParse<OffsetOf>(parts[0], out var what) || !Enum.IsDefined(what) || !Guid.TryParseExact(parts[1], "N", out var id))
                throw new Kernel.NotFound(); // a form that this site did not make
            var now = row.Read(place, localStart, optional: what != OffsetOf.Release);
            if (Words(now) != parts[2])
                changes.Add(new(what, id, Kept(parts[2]), now, Field(place, nameof(Day))));
        }

        return changes;
    }

    private static string Words(Offset? offset) => offset is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{offset.Days} {offset.Time:HH:mm}");

    private static Offset? Kept(string words) =>
        words.Split(' ') is [var days, var time] && int.TryParse(days, CultureInfo.InvariantCulture, out var d) && TimeOnly.TryParseExact(time, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var t) ? new(d, t) : null;
}
