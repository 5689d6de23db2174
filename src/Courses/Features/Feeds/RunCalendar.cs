using Microsoft.Extensions.Localization;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Features.Feeds;

/// <summary>
/// The dates of a run as iCalendar: start, sections, quizzes, end of enrolment, end. A later version of the course is a higher SEQUENCE.
/// </summary>
internal static class RunCalendar
{
    public static string Of(Book book, Run run, Site site, IStringLocalizer text)
    {
        var (course, outline, term) = (book.Course, book.Outline(run), run.Term(book.Course));
        var calendar = new CalendarText(course.Title);
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
        return calendar.ToString();

        void Event(string name, DateTimeOffset at, string summary, string path) =>
            calendar.Event($"{name}.{run.Id:N}@{site.Address.Host}", at, course.ChangedAt, course.Version, summary, site.Link(path), run.CancelledAt is not null);
    }
}
