using MediatR;
using MoocPlatform.Discussions.Domain;
using MoocPlatform.Discussions.Features.Shared;
using MoocPlatform.Discussions.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Discussions.Features.Moderating;

/// <summary>What the team has set for the talk of a course.</summary>
internal sealed record BoardSettings(bool HoldsFirst, bool AllowsAnonymous);

internal sealed record ReadSettings(Room Room) : IRequest<BoardSettings>;

internal sealed record ChangeSettings(Room Room, BoardSettings Settings) : IRequest;

internal sealed class SettingsHandler(DiscussionsDb db, SettingsRead settings, TimeProvider clock) : IRequestHandler<ReadSettings, BoardSettings>, IRequestHandler<ChangeSettings, Unit>
{
    public async Task<BoardSettings> Handle(ReadSettings request, CancellationToken cancellationToken) =>
        await settings.Of(request.Room.Run, cancellationToken);

    public async Task<Unit> Handle(ChangeSettings request, CancellationToken cancellationToken)
    {
        if (!request.Room.IsTeam)
            throw new NotFound();
        var (run, now) = (request.Room.Run, clock.GetUtcNow());
        await db.InTurn(async ct =>
        {
            var (holds, anonymous) = request.Settings;
            await db.Execute($"""
                INSERT INTO discussions_settings ("CourseId", "HoldsFirst", "AllowsAnonymous") VALUES ({run.CourseId}, {holds}, {anonymous})
                ON CONFLICT ("CourseId") DO UPDATE SET "HoldsFirst" = excluded."HoldsFirst", "AllowsAnonymous" = excluded."AllowsAnonymous"
                """, ct);
            db.Add(new LoggedAct
            {
                Id = clock.NewKey(),
                RunId = run.RunId,
                ById = request.Room.PersonId,
                Act = TeamAct.Settings,
                Reason = $"{(holds ? "+" : "-")}hold {(anonymous ? "+" : "-")}anonymous",
                At = now,
            });
            await db.SaveChangesAsync(ct);
        }, cancellationToken);
        return Unit.Value;
    }
}
