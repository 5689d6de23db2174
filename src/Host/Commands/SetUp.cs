using MediatR;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Host.Accounts;
using MoocPlatform.Host.Persistence;
using MoocPlatform.Host.Web;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Commands;

/// <summary>Makes the first admin with the code from the console. The code works once.</summary>
internal sealed record SetUp(string? Code, string? Name, string? Mail, string? Password) : IRequest;

internal sealed class SetUpHandler(HostDb db, AccountMaker accounts, SignInManager<Account> tickets, UserManager<Account> users, HashingGate gate) : IRequestHandler<SetUp, Unit>
{
    public async Task<Unit> Handle(SetUp request, CancellationToken cancellationToken)
    {
        var name = PersonName.Tidy(request.Name);
        var mail = MailAddresses.Read(request.Mail);
        if ((PersonName.Problem(name, []) ?? (mail is null ? Refusals.NoMail() : null) ?? PasswordRules.Problem(request.Password, name, mail)) is { } problem)
            throw problem;

        var hash = FirstStart.Hash(request.Code);
        var used = await db.InTurn(ct => db.Marks.Where(m => m.Key == FirstStart.CodeMark && m.Value == hash).ExecuteDeleteAsync(ct), cancellationToken);
        if (used == 0)
            throw Refusals.WrongSetUpCode();

        var id = await gate.Run(() => accounts.Ensure(name, mail!, request.Password, Policies.Admin), cancellationToken);
        await tickets.SignInAsync((await users.FindByIdAsync(id.ToString()))!, isPersistent: false);
        return Unit.Value;
    }
}
