using MediatR;
using Microsoft.Extensions.Configuration;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Features.Exporting;

/// <summary>Makes packages: the whole course for its team, the open edition for everyone.</summary>
internal sealed class CoursePackages(CoursesDb db, Shelf shelf, AssetStore store, IMediator mediator, IConfiguration configuration)
{
    /// <summary>Everything, drafts and right answers too. Null: no such course. Whoever asks checks the role.</summary>
    public async Task<CoursePackage?> Whole(Guid course, CancellationToken ct) =>
        await CourseContent.Load(db, course, ct) is { } content ? await Of(content with { Grading = await mediator.Send(new GradingTermsQuery(course), ct) }, ct) : null;

    /// <summary>What everyone may read now. Null: nothing, or the licence does not let it be passed on, or the course has just been changed.</summary>
    public async Task<CoursePackage?> Open(Book book, DateTimeOffset now, CancellationToken ct)
    {
        if (!book.OffersDownload(now) || await CourseContent.Load(db, book.Course.Id, ct) is not { } content || content.Course.Version != book.Course.Version)
            return null;
        var open = content.Open(book.Released(now));
        return open.Sections.Count == 0 ? null : await Of(open, ct);
    }

    private async Task<CoursePackage> Of(CourseContent content, CancellationToken ct) =>
        new(content, await Authors(content.Course, ct), (configuration["Site:Address"] ?? "").TrimEnd('/'), store);

    // As on the course page: without authors in the course, its team; without a team, the site.
    private async Task<IReadOnlyList<string>> Authors(Course course, CancellationToken ct)
    {
        if (course.Authors.Count > 0)
            return [.. course.Authors.Select(a => a.Name)];
        var book = await shelf.Course(course.Id, ct);
        var people = await mediator.Send(new PeopleQuery([.. (book?.Team ?? new Dictionary<Guid, CourseRole>()).Where(t => t.Value != CourseRole.Assistant).Select(t => t.Key).Take(20)]), ct);
        return people.Count > 0 ? [.. people.Values.Select(p => p.Name).Order(StringComparer.Ordinal)] : [configuration["Site:Name"] ?? "MoocPlatform"];
    }
}
