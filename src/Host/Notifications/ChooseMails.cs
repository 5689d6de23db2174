using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Host.Accounts;
using MoocPlatform.Host.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Notifications;

/// <summary>Chooses when each kind comes by mail, and in which language and zone. A kind that is not named keeps what it has.</summary>
internal sealed record ChooseMails(Guid PersonId, IReadOnlyDictionary<NoticeKind, MailPace> Paces, string? Language, string? Zone) : IRequest;

internal sealed class ChooseMailsHandler(HostDb db, MailHabits habits) : IRequestHandler<ChooseMails, Unit>
{
    public async Task<Unit> Handle(ChooseMails request, CancellationToken cancellationToken)
    {
        await habits.Keep(request.PersonId, request.Language, request.Zone, cancellationToken);
        for (var again = true; again;)
        {
            again = false;
            db.ChangeTracker.Clear();
            var chosen = await db.MailChoices.Where(c => c.PersonId == request.PersonId).ToDictionaryAsync(c => c.Kind, cancellationToken);
            foreach (var (kind, pace) in request.Paces.Where(p => Enum.IsDefined(p.Key) && Enum.IsDefined(p.Value)))
                if (chosen.TryGetValue(kind, out var choice))
                    choice.Pace = pace;
                else if (pace != NoticeKinds.Usual(kind))
                    db.Add(new MailChoice { PersonId = request.PersonId, Kind = kind, Pace = pace });
            try
            {
                await db.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateException e) when (Database.IsDuplicate(e))
            {
                again = true; // a double click
            }
        }

        return Unit.Value;
    }
}
