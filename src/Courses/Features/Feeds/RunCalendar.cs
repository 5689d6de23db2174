using System.Globalization;
using System.Text;
using Microsoft.Extensions.Localization;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Features.Feeds;

/// <summary>
/// The dates of a run as iCalendar (RFC 5545): start, sections, quizzes, end of enrolment, end. An event keeps its UID for ever, and a
/// later version of the course is a higher SEQUENCE: a calendar that took the file before moves what it has.
/// </summary>
internal static class RunCalendar
{
    private const int LongestLine = 75; // octets

    public static string Of(Book book, Run run, Site site, IStringLocalizer text)
    {
        var (course, outline, term) = (book.Course, book.Outline(run), run.Term(book.Course));
        var calendar = new StringBuilder();
        Line("BEGIN", "VCALENDAR");
        Line("VERSION", "2.0");
        Line("PRODID", "-//MoocPlatform//Courses//EN");
        Line("METHOD", "PUBLISH");
        Line("X-WR-CALNAME", Escaped(course.Title));
        Event("start", run.Start, text["{0} starts", course.Title], CourseLinks.Learn(course.Slug, run.Slug));
        foreach (var section in outline.Sections.Where(s => s.ReleasedAt > run.Start))
            Event($"section-{section.Id:N}", section.ReleasedAt, text["{0} opens", section.Title], CourseLinks.Learn(course.Slug, run.Slug));
        foreach (var quiz in outline.Items.Where(i => i.Kind == ItemKind.Quiz))
        {
            var page = CourseLinks.Item(course.Slug, run.Slug, quiz.Slug);
            if (quiz.OpensAt is { } opens)
                Event($"opens-{quiz.Id:N}", opens, text["{0} opens", quiz.Title], page);
            if (quiz.DueAt is { } due)
                Event($"due-{quiz.Id:N}", due, text["{0} closes", quiz.Title], page);
        }

        if (term.EnrolmentEnd < term.End)
            Event("enrolment", term.EnrolmentEnd, text["Enrolment ends: {0}", course.Title], CourseLinks.Course(course.Slug));
        Event("end", term.End, text["{0} ends", course.Title], CourseLinks.Course(course.Slug));
        Line("END", "VCALENDAR");
        return calendar.ToString();

        void Event(string name, DateTimeOffset at, string summary, string path)
        {
            Line("BEGIN", "VEVENT");
            Line("UID", $"{name}.{run.Id:N}@{site.Address.Host}");
            Line("DTSTAMP", Instant(course.ChangedAt));
            Line("LAST-MODIFIED", Instant(course.ChangedAt));
            Line("SEQUENCE", course.Version.ToString(CultureInfo.InvariantCulture));
            Line("DTSTART", Instant(at));
            Line("SUMMARY", Escaped(summary));
            Line("URL", site.Link(path));
            if (run.CancelledAt is not null)
                Line("STATUS", "CANCELLED");
            Line("END", "VEVENT");
        }

        void Line(string name, string value) => Fold(calendar, $"{name}:{value}");
    }

    /// <summary>Adds a line, cut into parts of at most 75 octets, never inside a character.</summary>
    internal static void Fold(StringBuilder calendar, string line)
    {
        var octets = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > LongestLine)
            {
                calendar.Append("\r\n ");
                octets = 1;
            }

            calendar.Append(rune);
            octets += rune.Utf8SequenceLength;
        }

        calendar.Append("\r\n");
    }

    private static string Escaped(string text) => text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace(";", @"\;", StringComparison.Ordinal)
        .Replace(",", @"\,", StringComparison.Ordinal).ReplaceLineEndings(@"\n");

    private static string Instant(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
}
