using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Discussions.Domain;
using MoocPlatform.Discussions.Features.Shared;
using MoocPlatform.Discussions.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Discussions.Features.Moderating;

/// <summary>What the team has done in a run's talk, the latest first, 50 a page.</summary>
internal sealed record ReadLog(Room Room, Guid? Before) : IRequest<LogPage>;

/// <param name="More">Id to go on from; null: this is the end.</param>
internal sealed record LogPage(IReadOnlyList<LoggedAct> Acts, Cast Cast, Guid? More);

internal sealed class ReadLogHandler(DiscussionsDb db, IMediator mediator) : IRequestHandler<ReadLog, LogPage>
{
    private const int PageSize = 50;

    public async Task<LogPage> Handle(ReadLog request, CancellationToken cancellationToken)
    {
        var run = request.Room.Run.RunId;
        var acts = db.Acts.AsNoTracking().Where(a => a.RunId == run);
        if (request.Before is { } before)
            acts = acts.Where(a => a.Id.CompareTo(before) < 0);
        var page = await acts.OrderByDescending(a => a.Id).Take(PageSize + 1).ToListAsync(cancellationToken);
        var cast = await mediator.Cast(request.Room, page.SelectMany(a => new[] { a.ById, a.PersonId ?? a.ById }), cancellationToken);
        return new([.. page.Take(PageSize)], cast, page.Count > PageSize ? page[PageSize - 1].Id : null);
    }
}

[Authorize(Policies.SignedIn)]
internal sealed class LogModel(Rooms rooms) : TalkPage(rooms)
{
    public LogPage Shown { get; private set; } = null!;

    public async Task OnGetAsync(string course, string run, [FromQuery] Guid? before)
    {
        await EnterAsTeam(course, run);
        Shown = await Send(new ReadLog(Room, before));
    }

    /// <summary>What was done, in words.</summary>
    public string Words(TeamAct act) => Texts[act switch
    {
        TeamAct.Release => "released a text",
        TeamAct.Hide => "hid a text",
        TeamAct.Restore => "showed a text again",
        TeamAct.Delete => "deleted a text",
        TeamAct.Dismiss => "left a text as it is",
        TeamAct.Pin => "pinned a thread",
        TeamAct.Unpin => "unpinned a thread",
        TeamAct.Close => "closed a thread",
        TeamAct.Open => "opened a thread again",
        TeamAct.Move => "moved a thread",
        TeamAct.Merge => "merged a thread into another",
        TeamAct.AskConsent => "asked whether a question may be shown to all",
        TeamAct.MakePublic => "showed a private question to all",
        TeamAct.Mute => "took the right to write",
        TeamAct.Ban => "kept a person out of the talk",
        TeamAct.Lift => "let a person in again",
        TeamAct.Settings => "changed the settings",
        TeamAct.HeldByRule => "wrote a first text, which was held",
        TeamAct.Agree => "agreed that all may read a private question",
        TeamAct.Decline => "wants a question to stay private",
        _ => "answered the team",
    }];

    /// <summary>The reason as it was given; of settings, what they were set to.</summary>
    public string Reason(LoggedAct act) => act.Act != TeamAct.Settings
        ? act.Reason
        : string.Join("; ", act.Reason.Split(' ').Select(set => Texts[set switch
        {
            "+hold" => "first posts are held",
            "-hold" => "first posts are not held",
            "+anonymous" => "learners may write without their name",
            _ => "everyone writes under their name",
        }].Value));
}
