using MediatR;
using Microsoft.AspNetCore.Identity;
using MoocPlatform.Host.Web;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Accounts;

/// <summary>Chooses a new password by a link from the mail. Everyone signed in as this person is signed out.</summary>
internal sealed record ResetPassword(Guid Person, string? Code, string? Password) : IRequest;

internal sealed class ResetPasswordHandler(UserManager<Account> users, HashingGate gate, Live live, TimeProvider clock) : IRequestHandler<ResetPassword, Unit>
{
    public async Task<Unit> Handle(ResetPassword request, CancellationToken cancellationToken)
    {
        var account = await users.FindByIdAsync(request.Person.ToString()) ?? throw Refusals.LinkIsOver();
        if (PasswordRules.Problem(request.Password, account.Name, account.Email) is { } problem)
            throw problem;

        account.EmailConfirmed = true; // who holds the link reads the mail of this address; kept only if the link is good
        var reset = await gate.Run(() => users.ResetPasswordAsync(account, request.Code ?? "", request.Password!), cancellationToken);
        if (!reset.Succeeded)
            throw Refusals.LinkIsOver();
        live.Cut(account.Id, clock.GetUtcNow());
        return Unit.Value;
    }
}
