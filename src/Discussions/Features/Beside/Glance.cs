using MediatR;
using MoocPlatform.Discussions.Contracts;
using MoocPlatform.Discussions.Features.Reading;
using MoocPlatform.Discussions.Features.Shared;

namespace MoocPlatform.Discussions.Features.Beside;

internal sealed class TalkGlanceHandler(BesideShelf beside, UnreadShelf unread, RestraintRead restraints, IMediator mediator) : IRequestHandler<TalkGlanceQuery, TalkGlance>
{
    public async Task<TalkGlance> Handle(TalkGlanceQuery request, CancellationToken cancellationToken) => new(
        await beside.Sequence(request.RunId, request.ItemId, cancellationToken),
        await unread.Of(new(request.RunId, request.PersonId), mediator, cancellationToken),
        await restraints.Find([request.CourseId, request.PersonId], cancellationToken) is not null);
}
