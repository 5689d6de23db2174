using MediatR;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Discussions.Contracts;
using MoocPlatform.Discussions.Domain;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Kernel;
using Thread = MoocPlatform.Discussions.Domain.Thread;

namespace MoocPlatform.Discussions.Features.Shared;

/// <summary>
/// Who wrote what, for a page: names and roles asked once. Everyone is called here as this reader may know them: who has a pseudonym in the
/// course by that alone, for its team with the name of the account behind it. No name reaches a reader of the talk on another way.
/// </summary>
internal sealed record Cast(Sight Sight, IReadOnlyDictionary<Guid, Person> People, IReadOnlyDictionary<Guid, CourseRole> Team)
{
    private static readonly Person Gone = new(Guid.Empty, "?", "sand");

    public Person Of(Guid id) => People.GetValueOrDefault(id) ?? Gone;

    /// <summary>Who wrote it, as this reader may know; null: somebody who wrote without a name.</summary>
    public Person? AuthorOf(Writing writing) => Sight.MayName(writing) ? Of(writing.AuthorId) : null;

    public CourseRole? RoleOf(Writing writing) => Sight.MayName(writing) && Team.TryGetValue(writing.AuthorId, out var role) ? role : null;
}

/// <summary>A writing as its reader sees it.</summary>
/// <param name="Thread">The thread it stands in, or itself.</param>
/// <param name="Voted">Whether the reader has voted for it.</param>
/// <param name="Comments">Of a reply.</param>
/// <param name="CommentKey">Key of the comment that the reader may write under it.</param>
/// <param name="ReadTo">The number up to which the reader has read the thread.</param>
internal sealed record WritingView(
    Room Room, Thread Thread, Writing Writing, Cast Cast, bool Voted, bool ReadOnly, IReadOnlyList<WritingView> Comments, Guid CommentKey, long ReadTo)
{
    /// <summary>Whether the reader may write without a name.</summary>
    public bool MayHideName { get; init; }

    /// <summary>
    /// Shown to many: nobody's own. What forms need of a reader (token, key, name of the draft) is put in by the page.
    /// </summary>
    public bool ForAll { get; init; }

    public bool Mine => !ForAll && Writing.AuthorId == Room.PersonId;

    public bool IsReply => Writing is Post { ParentId: null };

    public Guid? ParentId => (Writing as Post)?.ParentId;

    public bool Accepted => Thread.AcceptedId == Writing.Id;

    public bool Endorsed => Writing is Post { EndorsedById: not null };

    /// <summary>Otherwise only a stone is shown.</summary>
    public bool HasText => Room.Sight.MayRead(Writing);

    public bool Unread => Writing.Number > ReadTo && !Mine && HasText;

    public string Link => TalkLinks.Thread(Room.Run.CourseSlug, Room.Run.RunSlug, Thread.Id);
}

/// <summary>A thread in a list.</summary>
/// <param name="Author">Null: somebody who wrote without a name.</param>
/// <param name="Unread">Whether something in it is new to the reader.</param>
internal sealed record ThreadLine(Thread Thread, Person? Author, OutlineItem? Item, string Link, bool Unread);

/// <param name="Zone">Of the run: for readers whose own is not known.</param>
internal sealed record ThreadList(IReadOnlyList<ThreadLine> Threads, string Zone);

internal static class CastOf
{
    private const int MostAtOnce = 500;

    // The colour that an account has would join what its owner writes here and elsewhere.
    private const string HueOfPseudonyms = "sand";

    public static async Task<Cast> Cast(this IMediator mediator, Room room, IEnumerable<Guid> people, CancellationToken ct)
    {
        var named = new Dictionary<Guid, Person>();
        foreach (var some in people.Distinct().Chunk(MostAtOnce))
        {
            var pseudonyms = await mediator.Send(new NamesInCourseQuery(room.Run.CourseId, some), ct);
            foreach (var (id, person) in await mediator.Send(new PeopleQuery(some), ct))
                named[id] = pseudonyms.TryGetValue(id, out var pseudonym)
                    ? new Person(id, room.IsTeam ? $"{pseudonym} ({person.Name})" : pseudonym, HueOfPseudonyms)
                    : person;
        }

        return new(room.Sight, named, await mediator.Send(new CourseTeamQuery(room.Run.CourseId), ct));
    }
}
