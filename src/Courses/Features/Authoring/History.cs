using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Persistence;

namespace MoocPlatform.Courses.Features.Authoring;

/// <summary>A line of an item's history.</summary>
/// <param name="RestoredFrom">The revision that it brought back; null: it was written.</param>
internal sealed record SavedText(int Revision, Guid AuthorId, DateTimeOffset At, string Title, bool Published, int? RestoredFrom);

/// <summary>The saved texts of an item, newest first.</summary>
/// <param name="Before">Only those of a lower revision; null: from the newest.</param>
internal sealed record HistoryQuery(Guid ItemId, int? Before, int Most) : IRequest<IReadOnlyList<SavedText>>;

internal sealed class HistoryAnswer(CoursesDb db) : IRequestHandler<HistoryQuery, IReadOnlyList<SavedText>>
{
    public async Task<IReadOnlyList<SavedText>> Handle(HistoryQuery request, CancellationToken ct) =>
        await db.Versions.Where(v => v.ItemId == request.ItemId && (request.Before == null || v.Revision < request.Before)).OrderByDescending(v => v.Revision).Take(request.Most)
            .Select(v => new SavedText(v.Revision, v.AuthorId, v.At, v.Title, v.Published, v.RestoredFrom)).ToListAsync(ct);
}

/// <summary>A saved text of an item. Null: there is none of this revision.</summary>
/// <param name="Revision">That, or the highest below when <paramref name="OrBefore"/>.</param>
internal sealed record VersionQuery(Guid ItemId, int Revision, bool OrBefore = false) : IRequest<ItemVersion?>;

internal sealed class VersionAnswer(CoursesDb db) : IRequestHandler<VersionQuery, ItemVersion?>
{
    public Task<ItemVersion?> Handle(VersionQuery request, CancellationToken ct) => db.Versions.AsNoTracking()
        .Where(v => v.ItemId == request.ItemId && (v.Revision == request.Revision || (request.OrBefore && v.Revision < request.Revision)))
        .OrderByDescending(v => v.Revision).FirstOrDefaultAsync(ct);
}
