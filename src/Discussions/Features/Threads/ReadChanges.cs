using MediatR;
using MoocPlatform.Discussions.Domain;
using MoocPlatform.Discussions.Features.Shared;

namespace MoocPlatform.Discussions.Features.Threads;

/// <summary>What has changed in a thread after a number, in order: at most 200.</summary>
/// <param name="Heard">A number that the reader has heard of: the answer reaches it at least.</param>
internal sealed record ReadChanges(Room Room, Guid ThreadId, long After, long Heard) : IRequest<ThreadChanges?>;

/// <param name="Last">Ask after this number next time.</param>
/// <param name="ForAll">Nothing in it is this reader's own: they are shown what everyone is shown who takes part.</param>
internal sealed record ThreadChanges(Domain.Thread Thread, IReadOnlyList<Writing> Changed, long Last, bool More, bool ForAll);

internal sealed class ReadChangesHandler(ThreadNews news, Viewers viewers) : IRequestHandler<ReadChanges, ThreadChanges?>
{
    private const int MostChanges = 200;

    public async Task<ThreadChanges?> Handle(ReadChanges request, CancellationToken cancellationToken)
    {
        var room = request.Room;
        if (await news.Thread(room.Sight, request.ThreadId, request.Heard, cancellationToken) is not { } thread)
            return null;
        var posts = await news.Of(thread, request.After, MostChanges + 1, cancellationToken);
        var more = posts.Count > MostChanges;
        List<Writing> changed = [.. posts.Take(MostChanges).Where(room.Sight.MaySeeStanding)];
        var last = more ? posts[MostChanges - 1].Sequence : thread.Sequence;
        if (!more && thread.Sequence > request.After)
            changed.Add(thread);
        var forAll = !room.IsTeam && room.TakesPart && thread.AuthorId != room.PersonId && changed.TrueForAll(w => w.AuthorId != room.PersonId)
            && (await viewers.Voted(room.PersonId, changed, cancellationToken)).Count == 0;
        return new(thread, changed, last, more, forAll);
    }
}
