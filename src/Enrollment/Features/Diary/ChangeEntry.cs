using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Enrollment.Domain;
using MoocPlatform.Enrollment.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Enrollment.Features.Diary;

/// <param name="Revision">The one that was changed.</param>
internal sealed record ChangeEntry(Guid Id, Guid LearnerId, string? Markdown, int Revision) : IRequest;

/// <summary>Lets everyone with the address read an entry.</summary>
internal sealed record ShareEntry(Guid Id, Guid LearnerId, string? Licence) : IRequest;

/// <summary>From now on nobody else reads it here. What others took along under its licence stays theirs.</summary>
internal sealed record TakeEntryBack(Guid Id, Guid LearnerId) : IRequest;

/// <summary>Deletes an entry for good.</summary>
internal sealed record DeleteEntry(Guid Id, Guid LearnerId) : IRequest;

internal sealed class ChangeEntryHandler(EnrollmentDb db, TimeProvider clock)
    : IRequestHandler<ChangeEntry, Unit>, IRequestHandler<ShareEntry, Unit>, IRequestHandler<TakeEntryBack, Unit>, IRequestHandler<DeleteEntry, Unit>
{
    public Task<Unit> Handle(ChangeEntry request, CancellationToken cancellationToken) =>
        Change(request.Id, request.LearnerId, e => e.Edit(request.Markdown, request.Revision, clock.GetUtcNow()), cancellationToken);

    public Task<Unit> Handle(ShareEntry request, CancellationToken cancellationToken) =>
        Change(request.Id, request.LearnerId, e => e.Share(request.Licence, clock.GetUtcNow()), cancellationToken);

    public Task<Unit> Handle(TakeEntryBack request, CancellationToken cancellationToken) =>
        Change(request.Id, request.LearnerId, e => e.TakeBack(), cancellationToken);

    public async Task<Unit> Handle(DeleteEntry request, CancellationToken cancellationToken)
    {
        await db.InTurn(ct => db.Set<DiaryEntry>().Where(e => e.Id == request.Id && e.LearnerId == request.LearnerId).ExecuteDeleteAsync(ct), cancellationToken);
        return Unit.Value;
    }

    private async Task<Unit> Change(Guid id, Guid learnerId, Action<DiaryEntry> change, CancellationToken ct)
    {
        change(await db.Set<DiaryEntry>().SingleOrDefaultAsync(e => e.Id == id && e.LearnerId == learnerId, ct) ?? throw new NotFound());
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            throw Refusals.EntryChangedMeanwhile();
        }

        return Unit.Value;
    }
}
