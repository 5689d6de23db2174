using MediatR;

namespace MoocPlatform.Courses.Contracts;

/// <summary>What an item is.</summary>
public enum ItemKind
{
    /// <summary>Something to read, see and try.</summary>
    Lesson,

    /// <summary>Questions, graded by themselves.</summary>
    Quiz,
}

/// <summary>When an item counts as done.</summary>
public enum CompletionRule
{
    /// <summary>Opened by the learner.</summary>
    Viewed,

    /// <summary>Marked complete by the learner.</summary>
    Marked,

    /// <summary>Quiz submitted.</summary>
    Taken,

    /// <summary>Quiz passed.</summary>
    Passed,
}

/// <summary>The published items of a run in order, with the instants at which they come.</summary>
public sealed record Outline(Guid CourseId, Guid RunId, IReadOnlyList<OutlineSection> Sections)
{
    /// <summary>All items in reading order.</summary>
    public IEnumerable<OutlineItem> Items => Sections.SelectMany(s => s.Items);
}

/// <summary>A section of a run.</summary>
/// <param name="ReleasedAt">From when on its items may be read. Before it only titles are shown.</param>
public sealed record OutlineSection(Guid Id, int Number, string Title, string Summary, DateTimeOffset ReleasedAt, IReadOnlyList<OutlineItem> Items);

/// <summary>An item of a run.</summary>
/// <param name="Number">Small number, unique in the course and never given again: progress is kept by it.</param>
/// <param name="Minutes">About how long it takes.</param>
/// <param name="OpensAt">Quizzes: from when attempts may start; null: with the section.</param>
/// <param name="DueAt">Quizzes: attempts end then; null: with the run.</param>
public sealed record OutlineItem(
    Guid Id, int Number, string Slug, string Title, ItemKind Kind, int Minutes, CompletionRule Rule, DateTimeOffset? OpensAt, DateTimeOffset? DueAt);

/// <summary>The outline of a run. Null: no such run.</summary>
public sealed record OutlineQuery(Guid RunId) : IRequest<Outline?>;

/// <summary>The outlines of several runs at once, at most 50; unknown ones are left out.</summary>
public sealed record OutlinesQuery(IReadOnlyCollection<Guid> RunIds) : IRequest<IReadOnlyDictionary<Guid, Outline>>;

/// <summary>
/// A quiz was written, changed or published: its Markdown with front matter, as docs/quiz-format.md tells.
/// A later revision replaces an earlier one; a lower <paramref name="Revision"/> that arrives late is ignored.
/// </summary>
public sealed record QuizWritten(Guid CourseId, Guid ItemId, string Title, string Markdown, int Revision) : INotification;

/// <summary>A course by the name of its address, with its quizzes. Null: no such course. Whoever asks checks the role.</summary>
public sealed record CourseBySlugQuery(string Course) : IRequest<CourseName?>;

/// <summary>What a course and its quizzes are called.</summary>
/// <param name="Quizzes">By item, drafts too.</param>
public sealed record CourseName(Guid CourseId, string Title, string Language, IReadOnlyDictionary<Guid, QuizName> Quizzes);

/// <summary>What a quiz is called.</summary>
/// <param name="Slug">Name in addresses.</param>
public sealed record QuizName(string Slug, string Title);

/// <summary>Addresses of Courses. All are paths from the root.</summary>
public static class CourseLinks
{
    /// <summary>New courses as an Atom feed.</summary>
    public const string Feed = "/courses.atom";

    /// <summary>The course page, open to everyone.</summary>
    public static string Course(string course) => $"/courses/{course}";

    /// <summary>The dates of a run as iCalendar.</summary>
    public static string Calendar(string course, string run) => $"/courses/{course}/{run}.ics";

    /// <summary>The first page of a run: goes on to the item where the reader was.</summary>
    public static string Learn(string course, string run) => $"/learn/{course}/{run}";

    /// <summary>An item of a run: the lesson itself; a quiz's address leads on to <c>QuizLinks</c>.</summary>
    public static string Item(string course, string run, string item) => $"/learn/{course}/{run}/{item}";

    /// <summary>What the team has announced in a run.</summary>
    public static string Announcements(string course, string run) => $"/learn/{course}/{run}/announcements";

    /// <summary>The same as an Atom feed.</summary>
    public static string AnnouncementFeed(string course, string run) => $"/courses/{course}/{run}/announcements.atom";

    /// <summary>The team's home of a course.</summary>
    public static string Teach(string course) => $"/teach/{course}";

    /// <summary>Where an item of a course is written. Posted to with <c>?handler=Preview</c>, a <c>Revision</c> and a <c>Markdown</c> it shows that text, not yet saved.</summary>
    public static string TeachItem(string course, string item) => $"{Teach(course)}/items/{item}";

    /// <summary>Live channel of a run: <c>started</c>, <c>closed</c>, <c>changed</c>, <c>announced</c>. Open to everyone.</summary>
    public static string Channel(Guid runId) => $"run:{runId:N}";
}

/// <summary>
/// What every page inside a run shows on top: crumbs and the tabs Learn, Announcements, Discussion, Progress, About.
/// Rendered by the partial <c>_CourseFrame</c>, which every module may use by name.
/// </summary>
/// <param name="Run">The run one is in.</param>
/// <param name="Current">The tab that is shown: <c>learn</c>, <c>news</c>, <c>talk</c>, <c>progress</c> or <c>about</c>.</param>
/// <param name="Here">Last crumb: the title of this page.</param>
public sealed record CourseFrame(RunTerm Run, string Current, string Here)
{
    /// <summary>In how many threads something is new to the reader, where the page knows it.</summary>
    public int? Unread { get; init; }
}

/// <summary>
/// Imports a course folder (docs/course-format.md) as a whole or not at all. An existing course of the same slug is brought up to date.
/// Sent by the process (command line, first start), never by a module.
/// </summary>
/// <param name="Folder">Path of the folder, or of a ZIP of it, on this machine.</param>
/// <param name="OwnerId">Owner of a new course.</param>
public sealed record ImportFolder(string Folder, Guid OwnerId) : IRequest<ImportReport>
{
    /// <summary>Hears how far it is. Null: nobody asks.</summary>
    public IProgress<ImportProgress>? Progress { get; init; }
}

/// <summary>How far an import is: so many of so many files.</summary>
public sealed record ImportProgress(int Done, int Total);

/// <summary>What came, and what did not and why. With any problem nothing was imported.</summary>
public sealed record ImportReport(Guid? CourseId, string Slug, string Title, int Sections, int Lessons, int Quizzes, int Assets, IReadOnlyList<ImportProblem> Problems)
{
    /// <summary>What was imported and should be mended: a formula that does not close, a link to nothing.</summary>
    public IReadOnlyList<ImportProblem> Advice { get; init; } = [];

    /// <summary>Files that are no part of a course and were left out.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];

    /// <summary>What was written differently to fit this platform, when the folder is of another one.</summary>
    public IReadOnlyList<ImportProblem> Changed { get; init; } = [];
}

/// <summary>A place in a file that cannot be taken: path from the folder, line from 1 (0: the file as a whole). The message is English.</summary>
public sealed record ImportProblem(string File, int Line, string Message)
{
    /// <summary>The message as a format string, the key of its translations.</summary>
    public string Text { get; init; } = "";

    /// <summary>Values for the placeholders of <see cref="Text"/>.</summary>
    public IReadOnlyList<object?> Arguments { get; init; } = [];

    /// <summary>A problem told by an interpolated sentence.</summary>
    public static ImportProblem Of(string file, int line, FormattableString message) =>
        new(file, line, FormattableString.Invariant(message)) { Text = message.Format, Arguments = message.GetArguments() };
}

/// <summary>
/// Writes a course whole, drafts and right answers included, as the folder of docs/course-format.md. Null: no such course.
/// Sent by the process (command line), never by a module.
/// </summary>
/// <param name="Target">A path that ends in .zip: that file; any other: a folder, which is not there yet or empty.</param>
public sealed record ExportCourse(string Slug, string Target) : IRequest<ExportReport?>;

/// <summary>What was written.</summary>
/// <param name="Bytes">Of all files together, before packing.</param>
public sealed record ExportReport(string Title, int Sections, int Lessons, int Quizzes, int Assets, long Bytes);

/// <summary>Makes and publishes a run. Sent by the process for demo content; people use the pages.</summary>
/// <param name="Start">Local date and time in <paramref name="Zone"/>.</param>
public sealed record PlanRun(Guid CourseId, Guid ById, string Slug, DateTime Start, DateTime End, string Zone) : IRequest<Guid>;

/// <summary>Gives a person a role in a course. Sent by the process for demo content; people use the Team page.</summary>
public sealed record NameToTeam(Guid CourseId, Guid PersonId, CourseRole Role) : IRequest;
