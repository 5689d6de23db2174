using MediatR;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Host.Accounts;
using MoocPlatform.Host.Persistence;
using MoocPlatform.Host.Web;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.PersonalData;

/// <summary>A person wants their account deleted: after a time in which they can change their mind. Asked twice, the first date counts.</summary>
internal sealed record LeaveSite(Guid PersonId, string? Password) : IRequest;

internal sealed class LeaveSiteHandler(
    HostDb db, UserManager<Account> users, SignInTries tries, HashingGate gate, AccountMails mails, ISchedule schedule, TimeProvider clock) : IRequestHandler<LeaveSite, Unit>
{
    public async Task<Unit> Handle(LeaveSite request, CancellationToken cancellationToken)
    {
        var account = await users.FindByIdAsync(request.PersonId.ToString()) ?? throw new NotFound();
        await Check(account, request.Password, cancellationToken);
        if (await db.Set<Departure>().AnyAsync(d => d.PersonId == account.Id, cancellationToken))
            return Unit.Value;

        var now = clock.GetUtcNow();
        var departure = new Departure { PersonId = account.Id, Nobody = clock.NewKey(), AskedAt = now, DueAt = now + Departure.Wait };
        db.Add(departure);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (Database.IsDuplicate(e))
        {
            return Unit.Value; // the other click has asked
        }

        await schedule.At(EraseAccount.Key(account.Id), departure.DueAt, new EraseAccount(account.Id), cancellationToken);
        await mails.Leaving(account, departure.DueAt, cancellationToken);
        return Unit.Value;
    }

    // Who found an open session must not be able to end the account, nor to guess the password here.
    private async Task Check(Account account, string? password, CancellationToken ct)
    {
        if (password is not { Length: > 0 and <= PasswordRules.Longest })
            throw Refusals.WrongCurrentPassword();
        var source = $"session-{account.Id:N}";
        if (await tries.Begin(account.Email!, source, known: true, ct) is { } until)
            throw Refusals.TooManyTries(until);
        if (!await gate.Run(() => users.CheckPasswordAsync(account, password), ct))
            throw Refusals.WrongCurrentPassword();
        await tries.Forget(account.Email!, source, known: true, ct);
    }
}

/// <summary>The person has changed their mind.</summary>
internal sealed record StayAfterAll(Guid PersonId) : IRequest;

internal sealed class StayAfterAllHandler(HostDb db, ISchedule schedule) : IRequestHandler<StayAfterAll, Unit>
{
    public async Task<Unit> Handle(StayAfterAll request, CancellationToken cancellationToken)
    {
        await db.InTurn(ct => db.Set<Departure>().Where(d => d.PersonId == request.PersonId).ExecuteDeleteAsync(ct), cancellationToken);
        await schedule.Cancel(EraseAccount.Key(request.PersonId), cancellationToken);
        return Unit.Value;
    }
}
