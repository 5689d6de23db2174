using System.Linq.Expressions;
using MoocPlatform.Discussions.Domain;
using Thread = MoocPlatform.Discussions.Domain.Thread;

namespace MoocPlatform.Discussions.Features.Shared;

/// <summary>
/// The one answer to what a person may read of a run's talk, for lists, threads, search, counts, feeds, what is fetched live, and what other
/// modules ask. Whoever has it may enter the room already.
/// </summary>
/// <param name="PersonId"><see cref="Guid.Empty"/>: anybody of the run, nobody in particular.</param>
internal sealed record Sight(Guid RunId, Guid PersonId, bool IsTeam)
{
    /// <summary>The threads they may open.</summary>
    public Expression<Func<Thread, bool>> Threads
    {
        get
        {
            var (run, me, team) = this;
            return t => t.RunId == run && t.MergedIntoId == null && (team || t.AuthorId == me || (t.State == WritingState.Shown && !t.IsPrivate));
        }
    }

    /// <summary>The posts that stand in a thread they may open: with their text, or as a stone that says only that something is gone.</summary>
    public Expression<Func<Post, bool>> Posts
    {
        get
        {
            var (run, me, team) = this;
            return p => p.RunId == run && (team || p.AuthorId == me || p.State != WritingState.Held);
        }
    }

    /// <summary>The posts of such a thread whose text they may read.</summary>
    public Expression<Func<Post, bool>> Texts
    {
        get
        {
            var (run, me, team) = this;
            return p => p.RunId == run && p.DeletedAt == null && (team || p.AuthorId == me || p.State == WritingState.Shown);
        }
    }

    /// <summary>Whether they may read the text of a writing of such a thread; otherwise they see a stone.</summary>
    public bool MayRead(Writing writing) => !writing.IsDeleted && (IsTeam || writing.AuthorId == PersonId || writing.State == WritingState.Shown);

    /// <summary>The same as <see cref="Threads"/>, of a thread that has been read already.</summary>
    public bool MayOpen(Thread thread) =>
        thread.RunId == RunId && thread.MergedIntoId is null && (IsTeam || thread.AuthorId == PersonId || (thread.State == WritingState.Shown && !thread.IsPrivate));

    /// <summary>The same as <see cref="Posts"/>, of a post that has been read already.</summary>
    public bool MaySeeStanding(Post post) => post.RunId == RunId && (IsTeam || post.AuthorId == PersonId || post.State != WritingState.Held);

    /// <summary>Whether they may know who wrote it.</summary>
    public bool MayName(Writing writing) => !writing.Anonymous || IsTeam || writing.AuthorId == PersonId;
}
