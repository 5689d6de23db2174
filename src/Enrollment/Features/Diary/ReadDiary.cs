using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Enrollment.Domain;
using MoocPlatform.Enrollment.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Enrollment.Features.Diary;

/// <summary>Entries of a learner, the newest first, a page at a time.</summary>
/// <param name="Search">Words that each stand in it; empty: all.</param>
/// <param name="ItemId">Beside this lesson or quiz only; null: all.</param>
/// <param name="Before">The last of the page before; null: from the newest.</param>
internal sealed record DiaryQuery(Guid LearnerId, string? Search, Guid? ItemId, Guid? Before, int Most) : IRequest<IReadOnlyList<DiaryLine>>;

/// <summary>An entry with the place it was written at.</summary>
/// <param name="Run">Null: a free entry, or the run is gone.</param>
/// <param name="Item">Null: beside no step, or it is gone.</param>
internal sealed record DiaryLine(DiaryEntry Entry, RunTerm? Run, OutlineItem? Item)
{
    public string? Link => Run is null || Item is null ? null : CourseLinks.Item(Run.CourseSlug, Run.RunSlug, Item.Slug);
}

/// <summary>One entry of a learner. Null: they have none such.</summary>
internal sealed record EntryQuery(Guid Id, Guid LearnerId) : IRequest<DiaryLine?>;

/// <summary>An entry that its learner has shared. Null: there is none.</summary>
internal sealed record SharedEntryQuery(Guid Id) : IRequest<DiaryLine?>;

internal sealed class DiaryHandler(EnrollmentDb db, IMediator mediator)
    : IRequestHandler<DiaryQuery, IReadOnlyList<DiaryLine>>, IRequestHandler<EntryQuery, DiaryLine?>, IRequestHandler<SharedEntryQuery, DiaryLine?>
{
    private const int MostWords = 10;

    public async Task<IReadOnlyList<DiaryLine>> Handle(DiaryQuery request, CancellationToken cancellationToken)
    {
        var entries = db.Set<DiaryEntry>().AsNoTracking().Where(e => e.LearnerId == request.LearnerId);
        if (request.ItemId is { } item)
            entries = entries.Where(e => e.ItemId == item);
        if (request.Before is { } before)
            entries = entries.Where(e => e.Id.CompareTo(before) < 0);
        foreach (var word in DiaryEntry.Fold(request.Search ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(MostWords))
            entries = entries.Where(e => e.Words.Contains(word));
        return await Placed(await entries.OrderByDescending(e => e.Id).Take(request.Most).ToListAsync(cancellationToken), cancellationToken);
    }

    public async Task<DiaryLine?> Handle(EntryQuery request, CancellationToken cancellationToken) =>
        (await Placed(await db.Set<DiaryEntry>().AsNoTracking().Where(e => e.Id == request.Id && e.LearnerId == request.LearnerId).ToListAsync(cancellationToken), cancellationToken)).SingleOrDefault();

    public async Task<DiaryLine?> Handle(SharedEntryQuery request, CancellationToken cancellationToken) =>
        (await Placed(await db.Set<DiaryEntry>().AsNoTracking().Where(e => e.Id == request.Id && e.SharedAt != null).ToListAsync(cancellationToken), cancellationToken)).SingleOrDefault();

    private async Task<IReadOnlyList<DiaryLine>> Placed(List<DiaryEntry> entries, CancellationToken ct)
    {
        Guid[] runs = [.. entries.Where(e => e.RunId is not null).Select(e => e.RunId!.Value).Distinct()];
        if (runs.Length == 0)
            return [.. entries.Select(e => new DiaryLine(e, null, null))];
        var terms = await mediator.Send(new RunTermsQuery(runs), ct);
        var outlines = await mediator.Send(new OutlinesQuery(runs), ct);
        return
        [
            .. entries.Select(e => new DiaryLine(
                e,
                e.RunId is { } run ? terms.GetValueOrDefault(run) : null,
                e.RunId is { } of ? outlines.GetValueOrDefault(of)?.Items.FirstOrDefault(i => i.Id == e.ItemId) : null)),
        ];
    }
}
