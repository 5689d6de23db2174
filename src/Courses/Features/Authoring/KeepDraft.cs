using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Kernel;
using MoocPlatform.Markup;

namespace MoocPlatform.Courses.Features.Authoring;

/// <summary>
/// Holds what an author has typed and not saved. The same again, or something older that comes late, changes nothing; what says only what is
/// saved anyway is no draft. Answers since when it is held.
/// </summary>
/// <param name="DraftId">Of the opened editor.</param>
/// <param name="Sequence">Counts what this editor sends.</param>
/// <param name="Revision">The one that is being changed.</param>
/// <param name="From">The draft that the editor was opened with, which this one takes the place of.</param>
internal sealed record KeepDraft(
    Guid CourseId, Writer By, Guid ItemId, Guid DraftId, long Sequence, int Revision, string? Markdown, string? Title, int? Minutes, CompletionRule? Rule, Guid? From) : IRequest<DateTimeOffset>;

internal sealed class KeepDraftHandler(CoursesDb db, TimeProvider clock) : IRequestHandler<KeepDraft, DateTimeOffset>
{
    private const int MostTries = 3;

    public async Task<DateTimeOffset> Handle(KeepDraft command, CancellationToken ct)
    {
        var text = Entered.Text(command.Markdown, "Markdown", MarkdownRenderer.MaxLength);
        var title = Entered.Line(command.Title, "Title", Course.LongestTitle, optional: true);
        for (var attempt = 1; ; attempt++)
        {
            db.ChangeTracker.Clear();
            var item = await Items(db, command.CourseId, command.By).AsNoTracking().FirstOrDefaultAsync(i => i.Id == command.ItemId, ct) ?? throw new NotFound();
            var now = clock.GetUtcNow();
            if (await db.Versions.AnyAsync(v => v.ItemId == item.Id && v.DraftId == command.DraftId, ct))
                return now; // it was saved meanwhile

            var draft = await db.Drafts.FirstOrDefaultAsync(d => d.Id == command.DraftId, ct);
            if (draft is not null && (draft.AuthorId != command.By.Id || draft.ItemId != item.Id))
                throw new NotFound();
            if (draft?.Sequence >= command.Sequence)
                return draft.At;

            if (draft is null)
                db.Add(draft = new() { Id = command.DraftId, CourseId = item.CourseId, ItemId = item.Id, AuthorId = command.By.Id });
            (draft.Revision, draft.Sequence, draft.At, draft.Markdown) = (command.Revision, command.Sequence, now, text);
            (draft.Title, draft.Minutes, draft.Rule) = (title, command.Minutes, command.Rule);
            if (draft.Says(item))
                db.Remove(draft);
            if (command.From is { } from && await db.Drafts.FirstOrDefaultAsync(d => d.Id == from && d.ItemId == item.Id && d.AuthorId == command.By.Id, ct) is { } before)
                db.Remove(before);
            try
            {
                await db.SaveChangesAsync(ct);
                return now;
            }
            catch (DbUpdateException e) when (attempt < MostTries && (e is DbUpdateConcurrencyException || Database.IsDuplicate(e)))
            {
                // The same editor sent twice at once: look again.
            }
        }
    }

    /// <summary>The items of a course that this person may write.</summary>
    public static IQueryable<Item> Items(CoursesDb db, Guid courseId, Writer by) => db.Items.Where(i => i.CourseId == courseId
        && db.Courses.Any(c => c.Id == courseId && (by.IsAdmin || c.Team.Any(t => t.PersonId == by.Id && t.Role >= CourseRole.Instructor))));
}

/// <summary>Throws a draft of one's own away. One that is not there is thrown away already.</summary>
internal sealed record DiscardDraft(Writer By, Guid ItemId, Guid DraftId) : IRequest;

internal sealed class DiscardDraftHandler(CoursesDb db) : IRequestHandler<DiscardDraft, Unit>
{
    public async Task<Unit> Handle(DiscardDraft command, CancellationToken ct)
    {
        await db.InTurn(token => db.Drafts.Where(d => d.Id == command.DraftId && d.ItemId == command.ItemId && d.AuthorId == command.By.Id).ExecuteDeleteAsync(token), ct);
        return Unit.Value;
    }
}

/// <summary>What a person has typed into an item and not saved, newest first; at most 20.</summary>
internal sealed record DraftsQuery(Guid ItemId, Guid AuthorId) : IRequest<IReadOnlyList<ItemDraft>>;

internal sealed class DraftsAnswer(CoursesDb db) : IRequestHandler<DraftsQuery, IReadOnlyList<ItemDraft>>
{
    public async Task<IReadOnlyList<ItemDraft>> Handle(DraftsQuery request, CancellationToken ct) =>
        await db.Drafts.AsNoTracking().Where(d => d.ItemId == request.ItemId && d.AuthorId == request.AuthorId).OrderByDescending(d => d.At).ThenByDescending(d => d.Id).Take(20).ToListAsync(ct);
}

/// <summary>The items of a course in which a person has typed something that is not saved.</summary>
internal sealed record DraftItemsQuery(Guid CourseId, Guid AuthorId) : IRequest<IReadOnlySet<Guid>>;

internal sealed class DraftItemsAnswer(CoursesDb db) : IRequestHandler<DraftItemsQuery, IReadOnlySet<Guid>>
{
    public async Task<IReadOnlySet<Guid>> Handle(DraftItemsQuery request, CancellationToken ct) =>
        await db.Drafts.Where(d => d.CourseId == request.CourseId && d.AuthorId == request.AuthorId).Select(d => d.ItemId).Distinct().ToHashSetAsync(ct);
}
