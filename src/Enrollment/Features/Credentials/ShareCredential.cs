using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Enrollment.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Enrollment.Features.Credentials;

/// <summary>The owner lets everyone with the address see a badge, or nobody any more.</summary>
internal sealed record ShareCredential(Guid CredentialId, Guid OwnerId, bool Shared) : IRequest;

internal sealed class ShareCredentialHandler(EnrollmentDb db, TimeProvider clock) : IRequestHandler<ShareCredential, Unit>
{
    public async Task<Unit> Handle(ShareCredential request, CancellationToken cancellationToken)
    {
        var credential = await db.Credentials.SingleOrDefaultAsync(c => c.Id == request.CredentialId && c.PersonId == request.OwnerId, cancellationToken) ?? throw new NotFound();
        if (request.Shared)
            credential.Share(clock.GetUtcNow());
        else
            credential.Hide();
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
