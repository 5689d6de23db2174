using MediatR;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Host.Web;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Accounts;

/// <summary>What is wrong with the data of a newcomer: everything at once, so that it can be mended at once.</summary>
internal sealed record RegisterProblemsQuery(string? Name, string? Mail, string? Password) : IRequest<IReadOnlyList<Refused>>;

internal sealed class RegisterProblemsHandler(StaffNames staff) : IRequestHandler<RegisterProblemsQuery, IReadOnlyList<Refused>>
{
    public async Task<IReadOnlyList<Refused>> Handle(RegisterProblemsQuery request, CancellationToken cancellationToken)
    {
        var mail = MailAddresses.Read(request.Mail);
        Refused?[] problems =
        [
            PersonName.Problem(PersonName.Tidy(request.Name), await staff.All(but: null, cancellationToken)),
            mail is null ? Refusals.NoMail() : null,
            PasswordRules.Problem(request.Password, request.Name, mail),
        ];
        return [.. problems.OfType<Refused>()];
    }
}

/// <summary>Registers. The answer is the mail that was queued, if any; it says nothing about whether the address was free.</summary>
internal sealed record Register(string? Name, string? Mail, string? Password, string? ReturnUrl) : IRequest<Guid?>;

internal sealed class RegisterHandler(
    AccountChange accounts, UserManager<Account> users, IPasswordHasher<Account> hasher, HashingGate gate, AccountMails mails, IMediator mediator, TimeProvider clock) : IRequestHandler<Register, Guid?>
{
    public async Task<Guid?> Handle(Register request, CancellationToken cancellationToken)
    {
        if ((await mediator.Send(new RegisterProblemsQuery(request.Name, request.Mail, request.Password), cancellationToken)).FirstOrDefault() is { } problem)
            throw problem;

        var mail = MailAddresses.Read(request.Mail)!;
        var name = PersonName.Tidy(request.Name);
        // Hashed in every case: the time tells nothing.
        var hash = await gate.Run(() => Task.FromResult(hasher.HashPassword(new Account(), request.Password!)), cancellationToken);
        var account = await users.FindByEmailAsync(mail);
        if (account is { EmailConfirmed: true })
            return await mails.Taken(account, cancellationToken);

        // Nobody has proven to own the address yet: the newest registration counts, and links of earlier ones end.
        if (account is not null)
        {
            account = await accounts.Make(account.Id, a =>
            {
                (a.Name, a.PasswordHash, a.JoinedAt) = (name, hash, clock.GetUtcNow());
                return users.UpdateSecurityStampAsync(a);
            });
        }
        else if (await Create(name, mail, hash) is { } created)
        {
            account = created;
        }
        else
        {
            return null; // a double click: the other one has sent the mail
        }

        return await mails.Confirm(account, request.ReturnUrl, cancellationToken);
    }

    private async Task<Account?> Create(string name, string mail, string hash)
    {
        var id = clock.NewKey();
        var account = new Account { Id = id, UserName = mail, Email = mail, Name = name, Hue = Hues.Of(id), PasswordHash = hash, JoinedAt = clock.GetUtcNow() };
        try
        {
            return (await users.CreateAsync(account)).Succeeded ? account : null;
        }
        catch (DbUpdateException e) when (Database.IsDuplicate(e))
        {
            return null;
        }
    }
}
