using System.Text.RegularExpressions;
using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Discussions.Contracts;
using MoocPlatform.Discussions.Domain;
using MoocPlatform.Discussions.Features.Moderating;
using MoocPlatform.Discussions.Features.Shared;
using MoocPlatform.Discussions.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Discussions.Features.Posting;

/// <summary>What every new text meets: whom it names, what who is new may not do yet, whether it waits for the team, who follows from now on.</summary>
internal sealed partial class Arrival(DiscussionsDb db, IMediator mediator, SettingsRead settingsOf, PostedRead posted, TimeProvider clock)
{
    private const int MostCandidates = 500;

    /// <summary>
    /// The people a text names as <c>@Name</c>: of the team, or with a text of theirs under their name in the thread. Ids are kept, so a
    /// later change of name changes nothing.
    /// </summary>
    public async Task<IReadOnlyList<Guid>> Named(Room room, Guid? threadId, string? markdown, CancellationToken ct)
    {
        if (markdown?.Contains('@', StringComparison.Ordinal) != true)
            return [];
        var people = await Candidates(room, threadId, ct);
        var (named, left) = (new List<Guid>(), markdown);
        foreach (var person in people.Where(p => p.Id != room.PersonId).OrderByDescending(p => p.Name.Length))
        {
            var name = "@" + person.Name;
            for (var at = left.IndexOf(name, StringComparison.OrdinalIgnoreCase); at >= 0; at = left.IndexOf(name, at + 1, StringComparison.OrdinalIgnoreCase))
            {
                // Not inside a mail address, and not the beginning of a longer name.
                if ((at > 0 && char.IsLetterOrDigit(left[at - 1])) || (at + name.Length < left.Length && char.IsLetterOrDigit(left[at + name.Length])))
                    continue;
                left = string.Concat(left.AsSpan(0, at), new string('.', name.Length), left.AsSpan(at + name.Length)); // "@Ann Lee" does not also name Ann
                if (!named.Contains(person.Id))
                    named.Add(person.Id);
            }
        }

        return named;
    }

    /// <summary>
    /// Whom a text of this thread can name: the team, and who has written here under their name. By the name that peers see, for the team as
    /// well: what they choose stands in a text that all read.
    /// </summary>
    public async Task<IReadOnlyList<Person>> Candidates(Room room, Guid? threadId, CancellationToken ct)
    {
        var ids = (await mediator.Send(new CourseTeamQuery(room.Run.CourseId), ct)).Keys.ToHashSet();
        if (threadId is { } thread)
        {
            ids.UnionWith(await db.Threads.Where(room.Sight.Threads).Where(t => t.Id == thread && !t.Anonymous).Select(t => t.AuthorId).ToListAsync(ct));
            ids.UnionWith(await db.Posts.Where(room.Sight.Texts).Where(p => p.ThreadId == thread && !p.Anonymous)
                .GroupBy(p => p.AuthorId).OrderByDescending(g => g.Max(p => p.Number)).Select(g => g.Key).Take(MostCandidates - 100).ToListAsync(ct));
        }

        var cast = await mediator.Cast(Room.OfPeers(room.Run), ids.Take(MostCandidates), ct);
        return [.. cast.People.Values.OrderBy(p => p.Name, StringComparer.CurrentCulture)];
    }

    /// <summary>What is set for the talk.</summary>
    public ValueTask<BoardSettings> Settings(Room room, CancellationToken ct) => settingsOf.Of(room.Run, ct);

    /// <summary>The author's place among those who take part, with the limits of who is new. In the turn of the post.</summary>
    /// <returns>Whether the text is to be held until the team has seen it.</returns>
    public async Task<bool> Enter(Room room, BoardSettings settings, Writing writing, int mentions, CancellationToken ct)
    {
        var participant = await Limit(room, writing.Markdown, mentions, writing.At, ct);
        var wasNew = participant.IsNew(writing.At);
        participant.Wrote(writing.At);
        if (!room.IsTeam && wasNew && participant.InHour > Newcomers.MostInAnHour)
            throw Refusals.TooManyInAnHour(Newcomers.MostInAnHour);

        if (room.IsTeam || participant.Known || !settings.HoldsFirst)
        {
            participant.Known = true;
            return false;
        }

        return true;
    }

    /// <summary>Refuses a text, new or edited, that names too many people, or links to more than who is new may. In the turn of the change.</summary>
    public async Task<Participant> Limit(Room room, string markdown, int mentions, DateTimeOffset now, CancellationToken ct)
    {
        var participant = await db.ParticipantOf(room.Run.RunId, room.PersonId, ct);
        if (mentions > Mention.Most)
            throw Refusals.TooManyMentions(Mention.Most);
        if (room.IsTeam || !participant.IsNew(now))
            return participant;
        if (mentions > Newcomers.MostMentions)
            throw Refusals.TooManyMentions(Newcomers.MostMentions);
        return Links().Count(markdown) <= Newcomers.MostLinks ? participant : throw Refusals.TooManyLinks(Newcomers.MostLinks);
    }

    /// <summary>Who writes in a thread has read it and follows it, unless they have said that they do not want to.</summary>
    public async Task Follow(Room room, Guid threadId, long number, CancellationToken ct)
    {
        var place = await db.PlaceOf(room.PersonId, threadId, room.Run.RunId, ct);
        place.Read = Math.Max(place.Read, number);
        place.AsTeam = !room.IsMember;
        if (place.Follows == Follows.Unsaid)
            place.Follows = Follows.Yes;
    }

    /// <summary>A text that waits for the team: in its queue, told and logged with the save of the post.</summary>
    public void Hold(Writing writing, Guid threadId)
    {
        db.Enqueue(writing, writing.At);
        db.Announce(new WritingModerated(writing.Id, threadId, writing.RunId, writing.AuthorId, ModerationAct.Held, "", writing.At));
        db.Add(new LoggedAct
        {
            Id = clock.NewKey(),
            RunId = writing.RunId,
            ThreadId = threadId,
            WritingId = writing.Id,
            PersonId = writing.AuthorId,
            ById = writing.AuthorId,
            Act = TeamAct.HeldByRule,
            At = writing.At,
        });
    }

    /// <summary>Whether this person has posted it already: the page is sent a second time.</summary>
    public async ValueTask<bool> IsPosted(Guid key, Guid personId, CancellationToken ct) => await posted.Find([key, personId], ct) is not null;

    /// <summary>Posts a text once, also when two clicks meet: its key decides.</summary>
    /// <param name="post">In a turn; gives the number of the change.</param>
    /// <returns>That number; null: the other click has posted it.</returns>
    public async Task<long?> Once(Writing writing, Func<CancellationToken, Task<long>> post, CancellationToken ct)
    {
        try
        {
            return await db.InTurn(post, ct);
        }
        catch (DbUpdateException e) when (Database.IsDuplicate(e))
        {
            if (!await IsPosted(writing.Id, writing.AuthorId, ct))
                throw;
            return null;
        }
    }

    [GeneratedRegex(@"\]\(\s*(?:https?://)?|https?://", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Links();
}
