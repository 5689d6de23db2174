using System.Text.RegularExpressions;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Persistence;

namespace MoocPlatform.Courses.Features.Assets;

/// <summary>A text that refers to a file.</summary>
/// <param name="Address">Where the team changes it.</param>
internal sealed record FileUse(FileUser User, string Title, string Address);

internal enum FileUser
{
    Lesson,
    Quiz,
    CoursePage,
    Announcement,
}

/// <summary>Which texts of a course refer to which of its files, by the files' names. A file that is missing from it is used nowhere.</summary>
internal sealed record FileUsesQuery(Book Book) : IRequest<ILookup<string, FileUse>>;

/// <summary>
/// Reads the texts once for each state of the course and keeps the answer: that all of them have to be read would make the list of files dear.
/// A draft counts, and so does code that only speaks of a file: what may be needed is not called unused.
/// </summary>
internal sealed partial class FileUsesAnswer(CoursesDb db, IMemoryCache cache) : IRequestHandler<FileUsesQuery, ILookup<string, FileUse>>
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);

    public async Task<ILookup<string, FileUse>> Handle(FileUsesQuery request, CancellationToken cancellationToken)
    {
        var course = request.Book.Course;
        var key = ("files used", course.Id, course.Version);
        if (cache.TryGetValue(key, out ILookup<string, FileUse>? known))
            return known!;

        var found = new List<(string File, FileUse Use)>();
        var facts = new FileUse(FileUser.CoursePage, course.Title, Authoring.AuthoringLinks.Facts(course.Slug));
        found.AddRange(Named(course.Description + "\n" + course.Audience).Select(f => (f, facts)));
        await foreach (var item in db.Items.AsNoTracking().Where(i => i.CourseId == course.Id && i.Markdown.Contains("assets/")).OrderBy(i => i.Number)
            .Select(i => new { i.Slug, i.Title, i.Kind, i.Markdown }).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            var use = new FileUse(item.Kind == ItemKind.Quiz ? FileUser.Quiz : FileUser.Lesson, item.Title, CourseLinks.TeachItem(course.Slug, item.Slug));
            found.AddRange(Named(item.Markdown).Select(f => (f, use)));
        }

        // An announcement was sent and is not changed any more: what it shows must stay.
        var runs = request.Book.Runs.ToDictionary(r => r.Id, r => r.Slug);
        foreach (var sent in await db.Announcements.AsNoTracking().Where(a => runs.Keys.Contains(a.RunId) && a.Markdown.Contains("assets/")).Select(a => new { a.RunId, a.Title, a.Markdown }).ToListAsync(cancellationToken))
        {
            var use = new FileUse(FileUser.Announcement, sent.Title, CourseLinks.Announcements(course.Slug, runs[sent.RunId]));
            found.AddRange(Named(sent.Markdown).Select(f => (f, use)));
        }

        return cache.Set(key, found.ToLookup(f => f.File, f => f.Use, StringComparer.Ordinal), Kept);
    }

    /// <summary>The files named in a text, once each. A dot at the end of a sentence is none of the name.</summary>
    internal static IEnumerable<string> Named(string markdown) =>
        FileName().Matches(markdown).Select(m => m.Groups["name"].Value.TrimEnd('.')).Distinct(StringComparer.Ordinal);

    [GeneratedRegex("(?<![A-Za-z0-9_/.-])(?:\\./)?assets/(?<name>[A-Za-z0-9_][A-Za-z0-9._/-]*)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FileName();
}
