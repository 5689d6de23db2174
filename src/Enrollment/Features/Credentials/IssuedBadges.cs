using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Enrollment.Domain;
using MoocPlatform.Enrollment.Persistence;

namespace MoocPlatform.Enrollment.Features.Credentials;

/// <summary>The badges of a run for its team, newest first, a page at a time.</summary>
/// <param name="Before">The last of the page before; null: from the first.</param>
internal sealed record IssuedBadgesQuery(Guid RunId, Guid? Before) : IRequest<IssuedBadges>;

/// <summary>A page of the badges of a run.</summary>
/// <param name="HasOpen">Whether somebody has completed the run and has no badge.</param>
internal sealed record IssuedBadges(IReadOnlyList<IssuedBadge> Badges, Guid? Next, bool HasOpen);

/// <summary>A badge as the team sees it.</summary>
internal sealed record IssuedBadge(Guid Id, string Name, DateTimeOffset IssuedAt, DateTimeOffset? RevokedAt, string? Reason);

internal sealed class IssuedBadgesAnswer(EnrollmentDb db) : IRequestHandler<IssuedBadgesQuery, IssuedBadges>
{
    private const int PageSize = 50;

    public async Task<IssuedBadges> Handle(IssuedBadgesQuery request, CancellationToken cancellationToken)
    {
        var before = request.Before;
        var page = await db.Credentials.AsNoTracking().Where(c => c.RunId == request.RunId && (before == null || c.Id.CompareTo(before.Value) < 0))
            .OrderByDescending(c => c.Id).Take(PageSize + 1).Select(c => new IssuedBadge(c.Id, c.Name, c.IssuedAt, c.RevokedAt, c.Reason)).ToListAsync(cancellationToken);
        var open = await db.Set<Merit>().AnyAsync(m => m.RunId == request.RunId && !m.Rewarded, cancellationToken);
        return page.Count > PageSize ? new(page[..PageSize], page[PageSize - 1].Id, open) : new(page, null, open);
    }
}
