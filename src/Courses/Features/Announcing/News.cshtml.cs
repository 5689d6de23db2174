using Microsoft.AspNetCore.Authorization;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Features.Authoring;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Features.Announcing;

/// <summary>The announcements of a run, for everyone who may read the run.</summary>
[AllowAnonymous]
internal sealed class NewsModel(Shelf shelf) : ModulePage
{
    private const int PageSize = 20;

    public RunTerm Run { get; private set; } = null!;

    public IReadOnlyList<Announcement> Announcements { get; private set; } = [];

    public IReadOnlyDictionary<Guid, Person> People { get; private set; } = new Dictionary<Guid, Person>();

    /// <summary>Whether this person may announce.</summary>
    public bool MayWrite { get; private set; }

    /// <summary>Date of the last on this page, when there may be older ones.</summary>
    public long? Older { get; private set; }

    /// <param name="before">Microseconds since 1970: older ones only.</param>
    public async Task OnGetAsync(string course, string run, long? before)
    {
        var book = await shelf.BySlug(course, HttpContext.RequestAborted) ?? throw new NotFound();
        Run = book.Run(run)?.Term(book.Course) ?? throw new NotFound();
        if (!Run.Published && !book.IsTeam(User))
            throw new NotFound();
        if (before is < 0 or > 253_402_300_799_000_000)
            throw new NotFound();

        MayWrite = User.IdOrNull() is not null && Writer.Of(User).May(book, CourseRole.Instructor);
        Announcements = await Send(new AnnouncementsQuery(Run.RunId, before is { } b ? ModuleDb.Instant(b) : null, PageSize));
        People = await Send(new PeopleQuery([.. Announcements.Select(a => a.AuthorId).Distinct()]));
        if (Announcements.Count == PageSize)
            Older = (Announcements[^1].At.UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
    }
}
