using MediatR;
using Microsoft.AspNetCore.Identity;

namespace MoocPlatform.Host.Accounts;

/// <summary>Takes an address as proven. The link works once.</summary>
internal sealed record ConfirmMail(Guid Person, string? Code) : IRequest;

internal sealed class ConfirmMailHandler(AccountChange accounts, UserManager<Account> users) : IRequestHandler<ConfirmMail, Unit>
{
    public async Task<Unit> Handle(ConfirmMail request, CancellationToken cancellationToken)
    {
        await accounts.Make(request.Person, a => users.ConfirmEmailAsync(a, request.Code ?? ""), Refusals.LinkIsOver);
        await accounts.Make(request.Person, users.UpdateSecurityStampAsync);
        return Unit.Value;
    }
}
