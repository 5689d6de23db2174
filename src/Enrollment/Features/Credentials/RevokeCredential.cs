using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Enrollment.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Enrollment.Features.Credentials;

/// <summary>The team takes a badge of its run back, with a reason that everyone sees. Asked twice, it happens once.</summary>
internal sealed record RevokeCredential(Guid CredentialId, Guid RunId, Guid ById, string? Reason) : IRequest;

internal sealed class RevokeCredentialHandler(EnrollmentDb db, SigningKeys keys, StatusLists lists, TimeProvider clock) : IRequestHandler<RevokeCredential, Unit>
{
    private const int MostRounds = 100;

    public async Task<Unit> Handle(RevokeCredential request, CancellationToken cancellationToken)
    {
        await keys.Ready(cancellationToken);
        for (var round = 1; ; round++)
        {
            db.ChangeTracker.Clear();
            var credential = await db.Credentials.SingleOrDefaultAsync(c => c.Id == request.CredentialId && c.RunId == request.RunId, cancellationToken) ?? throw new NotFound();
            var now = clock.GetUtcNow();
            if (!credential.Revoke(request.ById, request.Reason, now))
                return Unit.Value;
            try
            {
                await lists.Revoke(credential, now, cancellationToken);
                db.Announce(new CredentialRevoked(credential.Id, credential.RunId, credential.CourseId, credential.PersonId, credential.Reason!, now));
                await db.SaveChangesAsync(cancellationToken);
                return Unit.Value;
            }
            catch (DbUpdateConcurrencyException) when (round < MostRounds)
            {
                // The list was signed anew meanwhile.
            }
        }
    }
}
