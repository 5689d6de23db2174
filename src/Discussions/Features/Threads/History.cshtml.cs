using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Discussions.Domain;
using MoocPlatform.Discussions.Features.Moderating;
using MoocPlatform.Discussions.Features.Shared;
using MoocPlatform.Discussions.Persistence;
using MoocPlatform.Kernel;
using MoocPlatform.Markup;

namespace MoocPlatform.Discussions.Features.Threads;

/// <summary>What a text said before, the latest first: at most 50. Whoever asks has found that the text may be read.</summary>
internal sealed record ReadRevisions(Guid WritingId) : IRequest<IReadOnlyList<Revision>>;

internal sealed class ReadRevisionsHandler(DiscussionsDb db) : IRequestHandler<ReadRevisions, IReadOnlyList<Revision>>
{
    private const int Most = 50;

    public async Task<IReadOnlyList<Revision>> Handle(ReadRevisions request, CancellationToken cancellationToken) =>
        await db.Revisions.AsNoTracking().Where(r => r.WritingId == request.WritingId).OrderByDescending(r => r.Id).Take(Most).ToListAsync(cancellationToken);
}

[Authorize(Policies.SignedIn)]
internal sealed class HistoryModel(Rooms rooms) : CasePage(rooms)
{
    public IReadOnlyList<Revision> Revisions { get; private set; } = [];

    public async Task OnGetAsync(string course, string run, Guid thread, Guid id)
    {
        await Load(course, run, thread, id);
        if (!Room.Sight.MayRead(Case.Writing))
            throw new NotFound();
        Revisions = await Send(new ReadRevisions(id));
    }

    public static string Html(string markdown) => MarkdownRenderer.Render(markdown, Picture.Markup).Html;
}
