using MediatR;
using Microsoft.AspNetCore.Identity;

namespace MoocPlatform.Host.Accounts;

/// <summary>Asks for a link to choose a new password. The answer says nothing about whether there is such a person.</summary>
internal sealed record ForgotPassword(string? Mail) : IRequest<Guid?>;

internal sealed class ForgotPasswordHandler(UserManager<Account> users, AccountMails mails) : IRequestHandler<ForgotPassword, Guid?>
{
    public async Task<Guid?> Handle(ForgotPassword request, CancellationToken cancellationToken)
    {
        var mail = MailAddresses.Read(request.Mail) ?? throw Refusals.NoMail();
        return await users.FindByEmailAsync(mail) is { } account ? await mails.Reset(account, cancellationToken) : null;
    }
}
