using MoocPlatform.Courses.Contracts;
using MoocPlatform.Discussions.Domain;
using MoocPlatform.Kernel;
using Thread = MoocPlatform.Discussions.Domain.Thread;

namespace MoocPlatform.Discussions.Features.Shared;

/// <summary>Who wrote what, for a page: names and roles asked once.</summary>
internal sealed record Cast(IReadOnlyDictionary<Guid, Person> People, IReadOnlyDictionary<Guid, CourseRole> Team, Person Gone)
{
    public Person Of(Guid id) => People.GetValueOrDefault(id) ?? Gone;

    public CourseRole? RoleOf(Guid id) => Team.TryGetValue(id, out var role) ? role : null;
}

/// <summary>A writing as its reader sees it.</summary>
/// <param name="Thread">The thread it stands in, or itself.</param>
/// <param name="Voted">Whether the reader has voted for it.</param>
/// <param name="Comments">Of a reply.</param>
/// <param name="CommentKey">Key of the comment that the reader may write under it.</param>
internal sealed record WritingView(Room Room, Thread Thread, Writing Writing, Cast Cast, bool Voted, bool ReadOnly, IReadOnlyList<WritingView> Comments, Guid CommentKey)
{
    public bool Mine => Writing.AuthorId == Room.PersonId;

    public bool IsReply => Writing is Post { ParentId: null };

    public Guid? ParentId => (Writing as Post)?.ParentId;

    public bool Accepted => Thread.AcceptedId == Writing.Id;

    public bool Endorsed => Writing is Post { EndorsedById: not null };

    public string Link => $"{Contracts.TalkLinks.Thread(Room.Run.CourseSlug, Room.Run.RunSlug, Thread.Id)}";
}

/// <summary>A thread in a list.</summary>
internal sealed record ThreadLine(Thread Thread, Person Author, OutlineItem? Item, string Link);
