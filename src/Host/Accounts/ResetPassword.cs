using MediatR;
using Microsoft.AspNetCore.Identity;
using MoocPlatform.Host.Web;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Accounts;

/// <summary>Chooses a new password by a link from the mail. Everyone signed in as this person is signed out.</summary>
internal sealed record ResetPassword(Guid Person, string? Code, string? Password) : IRequest;

internal sealed class ResetPasswordHandler(AccountChange accounts, UserManager<Account> users, HashingGate gate, Live live, TimeProvider clock) : IRequestHandler<ResetPassword, Unit>
{
    public async Task<Unit> Handle(ResetPassword request, CancellationToken cancellationToken)
    {
        var account = await users.FindByIdAsync(request.Person.ToString()) ?? throw Refusals.LinkIsOver();
        if (PasswordRules.Problem(request.Password, account.Name, account.Email) is { } problem)
            throw problem;

        await accounts.Make(request.Person, a =>
        {
            a.EmailConfirmed = true; // who holds the link reads the mail of this address; kept only if the link is good
            return gate.Run(() => users.ResetPasswordAsync(a, request.Code ?? "", request.Password!), cancellationToken);
        }, Refusals.LinkIsOver);
        live.Cut(request.Person, clock.GetUtcNow());
        return Unit.Value;
    }
}
