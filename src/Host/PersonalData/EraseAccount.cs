using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using MoocPlatform.Host.Accounts;
using MoocPlatform.Host.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.PersonalData;

/// <summary>
/// Deletes an account whose time is up, says the schedule: module by module, the account itself last. Killed on the way, it goes on: each part
/// may be done twice.
/// </summary>
internal sealed record EraseAccount(Guid PersonId) : IRequest
{
    public static string Key(Guid personId) => $"departure/{personId:N}";
}

internal sealed class EraseAccountHandler(HostDb db, IEnumerable<IPersonalData> parts, ISchedule schedule, IMemoryCache cache, TimeProvider clock) : IRequestHandler<EraseAccount, Unit>
{
    public async Task<Unit> Handle(EraseAccount request, CancellationToken cancellationToken)
    {
        var (now, person) = (clock.GetUtcNow(), request.PersonId);
        if (await db.Set<Departure>().AsNoTracking().SingleOrDefaultAsync(d => d.PersonId == person, cancellationToken) is not { } departure || departure.DueAt > now)
            return Unit.Value; // they have changed their mind

        foreach (var part in parts)
        {
            if (await part.Obstacle(person, cancellationToken) is null)
                continue;
            // Something has come between: the page tells the person what, and the date moves on.
            await db.InTurn(ct => db.Set<Departure>().Where(d => d.PersonId == person).ExecuteUpdateAsync(s => s.SetProperty(d => d.DueAt, now + Departure.Wait), ct), cancellationToken);
            await schedule.At(EraseAccount.Key(person), now + Departure.Wait, request, cancellationToken);
            return Unit.Value;
        }

        foreach (var part in parts.OrderBy(p => p is AccountData))
            await part.Erase(person, departure.Nobody, now, cancellationToken);
        PeopleHandler.Forget(cache, person);
        return Unit.Value;
    }
}
