using Microsoft.AspNetCore.Authorization;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Features.Shared;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Features.About;

/// <summary>What a course is, for whoever decides whether to take it.</summary>
[AllowAnonymous]
[KeptForVisitors]
internal sealed class CoursePageModel(Shelf shelf, Site site) : ModulePage
{
    public Book Book { get; private set; } = null!;

    public Course Course => Book.Course;

    public Licence Licence { get; private set; } = null!;

    /// <summary>The run that is shown; null: none is published and only the team is here.</summary>
    public RunTerm? Run { get; private set; }

    public IReadOnlyList<RunTerm> OtherRuns { get; private set; } = [];

    public Outline? Outline { get; private set; }

    public Joining? Joining { get; private set; }

    /// <summary>What can still be reached by who joins now; null: nothing is to be said.</summary>
    public Attainable? Attainable { get; private set; }

    /// <summary>Whether the course can still be completed though some quizzes are closed; null: all are open or to come.</summary>
    public CompletionOutlook? Outlook { get; private set; }

    public int Learners { get; private set; }

    public IReadOnlyList<Author> Authors { get; private set; } = [];

    public IReadOnlyDictionary<Guid, Person> People { get; private set; } = new Dictionary<Guid, Person>();

    /// <summary>The page's address, for who names it elsewhere.</summary>
    public string Address => site.Link(CourseLinks.Course(Course.Slug));

    public string StructuredData { get; private set; } = "";

    public async Task OnGetAsync(string slug)
    {
        var ct = HttpContext.RequestAborted;
        Book = await shelf.BySlug(slug, ct) ?? throw new NotFound();
        if (!Book.IsPublic && !Book.IsTeam(User))
            throw new NotFound();

        Licence = Licence.Of(Course.Licence);
        Run = Book.CurrentRun(Reader.Now);
        OtherRuns = [.. Book.Runs.Select(r => r.Term(Course)).Where(t => t.Published && !t.Archived && t.RunId != Run?.RunId)];
        if (Run is not null)
        {
            Outline = Book.Outline(Book.Run(Run.RunId)!);
            var mine = MeOrNull is { } me ? await Send(new EnrolmentQuery(Run.RunId, me)) : null;
            Joining = new(Run, mine is { Active: true }, "join-top", "button-lg", OffersReading: true);
            Attainable = Joining.Enrolled ? null : Attainable.Of(Run, Outline, Reader.Now);
            Outlook = Attainable is { Everything: false } ? await Send(new CompletionOutlookQuery(Run.RunId, Reader.Now)) : null;
            Learners = (await Send(new LearnerCountsQuery([Run.RunId]))).GetValueOrDefault(Run.RunId);
        }

        Authors = Course.Authors;
        if (Authors.Count == 0)
        {
            People = await Send(new PeopleQuery([.. Book.Team.Where(t => t.Value != CourseRole.Assistant).Select(t => t.Key).Take(20)]));
            Authors = [.. People.Values.OrderBy(p => p.Name, StringComparer.CurrentCulture).Select(p => new Author(p.Name, ""))];
        }

        StructuredData = CourseData.Of(Book, Authors, Licence, site);
    }

    /// <summary>The course's own zone when the reader sees times in another that differs from it now; null: nothing to say.</summary>
    public string? CourseZone()
    {
        if (Run is null || Reader.Zone is not { } mine || !TimeZoneInfo.TryFindSystemTimeZoneById(Run.Zone, out var zone) || mine.HasSameRules(zone))
            return null;
        return zone.Id[(zone.Id.LastIndexOf('/') + 1)..].Replace('_', ' ');
    }
}
