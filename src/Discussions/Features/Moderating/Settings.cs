using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Discussions.Domain;
using MoocPlatform.Discussions.Features.Shared;
using MoocPlatform.Discussions.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Discussions.Features.Moderating;

/// <summary>What the team has set for the talk of a run.</summary>
internal sealed record BoardSettings(bool HoldsFirst, bool AllowsAnonymous);

internal sealed record ReadSettings(Room Room) : IRequest<BoardSettings>;

internal sealed record ChangeSettings(Room Room, BoardSettings Settings) : IRequest;

internal sealed class SettingsHandler(DiscussionsDb db, SettingsRead settings, TimeProvider clock) : IRequestHandler<ReadSettings, BoardSettings>, IRequestHandler<ChangeSettings, Unit>
{
    public async Task<BoardSettings> Handle(ReadSettings request, CancellationToken cancellationToken) =>
        await settings.Find([request.Room.Run.RunId], cancellationToken) ?? new(false, false);

    public async Task<Unit> Handle(ChangeSettings request, CancellationToken cancellationToken)
    {
        if (!request.Room.IsTeam)
            throw new NotFound();
        var (run, now) = (request.Room.Run.RunId, clock.GetUtcNow());
        await db.InTurn(async ct =>
        {
            await db.NextSequence(run, ct); // makes the board, if nobody has written yet
            var board = await db.Boards.SingleAsync(b => b.RunId == run, ct);
            (board.HoldsFirst, board.AllowsAnonymous) = (request.Settings.HoldsFirst, request.Settings.AllowsAnonymous);
            db.Add(new LoggedAct
            {
                Id = clock.NewKey(),
                RunId = run,
                ById = request.Room.PersonId,
                Act = TeamAct.Settings,
                Reason = $"{(request.Settings.HoldsFirst ? "+" : "-")}hold {(request.Settings.AllowsAnonymous ? "+" : "-")}anonymous",
                At = now,
            });
            await db.SaveChangesAsync(ct);
        }, cancellationToken);
        return Unit.Value;
    }
}
