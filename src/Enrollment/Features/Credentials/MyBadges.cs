using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Enrollment.Domain;
using MoocPlatform.Enrollment.Persistence;

namespace MoocPlatform.Enrollment.Features.Credentials;

internal sealed class CredentialsAnswer(EnrollmentDb db) : IRequestHandler<CredentialsQuery, IReadOnlyList<CredentialCard>>
{
    private const int Most = 100;

    public async Task<IReadOnlyList<CredentialCard>> Handle(CredentialsQuery request, CancellationToken cancellationToken) =>
        await db.Credentials.AsNoTracking().Where(c => c.PersonId == request.PersonId).OrderByDescending(c => c.Id).Take(Most)
            .Join(db.Set<Achievement>(), c => c.AchievementId, a => a.Id, (c, a) => new { c, a.Title })
            .OrderByDescending(x => x.c.Id)
            .Select(x => new CredentialCard(x.c.Id, x.c.RunId, x.c.CourseId, x.c.AchievementId, x.Title, x.c.IssuedAt, x.c.SharedAt != null, x.c.RevokedAt != null))
            .ToListAsync(cancellationToken);
}
