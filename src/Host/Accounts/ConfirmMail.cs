using MediatR;
using Microsoft.AspNetCore.Identity;

namespace MoocPlatform.Host.Accounts;

/// <summary>Takes an address as proven. The link works once.</summary>
internal sealed record ConfirmMail(Guid Person, string? Code) : IRequest;

internal sealed class ConfirmMailHandler(UserManager<Account> users) : IRequestHandler<ConfirmMail, Unit>
{
    public async Task<Unit> Handle(ConfirmMail request, CancellationToken cancellationToken)
    {
        var account = await users.FindByIdAsync(request.Person.ToString());
        if (account is null || !(await users.ConfirmEmailAsync(account, request.Code ?? "")).Succeeded)
            throw Refusals.LinkIsOver();
        await users.UpdateSecurityStampAsync(account);
        return Unit.Value;
    }
}
