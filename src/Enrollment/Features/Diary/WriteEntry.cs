using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Enrollment.Domain;
using MoocPlatform.Enrollment.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Enrollment.Features.Diary;

/// <summary>Writes a new entry. Asked twice with one key, it is written once.</summary>
/// <param name="RunId">Null: a free entry.</param>
/// <param name="Item">Name of the lesson or quiz in addresses; empty: none.</param>
internal sealed record WriteEntry(Guid Key, Guid LearnerId, Guid? RunId, string? Item, string? Prompt, string? Markdown) : IRequest<Guid>;

internal sealed class WriteEntryHandler(EnrollmentDb db, IMediator mediator, TimeProvider clock) : IRequestHandler<WriteEntry, Guid>
{
    public async Task<Guid> Handle(WriteEntry request, CancellationToken cancellationToken)
    {
        var entry = new DiaryEntry
        {
            Id = request.Key,
            LearnerId = request.LearnerId,
            RunId = request.RunId,
            ItemId = await Item(request, cancellationToken),
            Prompt = request.Prompt?.Trim() is { Length: > 0 } prompt ? prompt[..Math.Min(prompt.Length, DiaryEntry.LongestPrompt)] : null,
            WrittenAt = clock.GetUtcNow(),
        };
        entry.Write(request.Markdown);
        db.Add(entry);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (Database.IsDuplicate(e))
        {
            if (!await db.Set<DiaryEntry>().AnyAsync(d => d.Id == request.Key && d.LearnerId == request.LearnerId, cancellationToken))
                throw new NotFound(); // somebody else's key
        }

        return request.Key;
    }

    private async Task<Guid?> Item(WriteEntry request, CancellationToken ct)
    {
        if (request.RunId is not { } run)
            return null;
        if (!await db.Enrolments.AnyAsync(e => e.RunId == run && e.LearnerId == request.LearnerId, ct))
            throw Refusals.NotEnrolled();
        if (string.IsNullOrEmpty(request.Item))
            return null;
        return (await mediator.Send(new OutlineQuery(run), ct))?.Items.FirstOrDefault(i => i.Slug == request.Item)?.Id ?? throw new NotFound();
    }
}
