using MediatR;
using Microsoft.AspNetCore.Identity;
using MoocPlatform.Host.Web;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Accounts;

/// <summary>Signs a person in. The answer is a mail when the address was right but is not confirmed yet.</summary>
internal sealed record SignIn(string? Mail, string? Password) : IRequest<SignedIn>;

/// <param name="Confirmed">False: nobody was signed in, the address is to be confirmed first.</param>
/// <param name="MailId">The mail that asks for it; null: none was needed, or enough were sent.</param>
internal sealed record SignedIn(bool Confirmed, Guid? MailId);

internal sealed class SignInHandler(
    UserManager<Account> users, SignInManager<Account> tickets, SignInTries tries, KnownDevice devices, UnknownPerson nobody, HashingGate gate, AccountMails mails,
    MailHabits habits, IHttpContextAccessor http) : IRequestHandler<SignIn, SignedIn>
{
    public async Task<SignedIn> Handle(SignIn request, CancellationToken cancellationToken)
    {
        if (MailAddresses.Read(request.Mail) is not { } mail || request.Password is not { Length: > 0 and <= PasswordRules.Longest } password)
            throw Refusals.WrongMailOrPassword();

        var device = devices.Of(mail);
        var source = device ?? SignInTries.Network(http.HttpContext!.Connection.RemoteIpAddress);
        if (await tries.Begin(mail, source, device is not null, cancellationToken) is { } until)
            throw Refusals.TooManyTries(until);

        var account = await users.FindByEmailAsync(mail);
        var right = await gate.Run(
            () => account?.PasswordHash is null ? Task.FromResult(nobody.Verify(password)) : users.CheckPasswordAsync(account, password), cancellationToken);
        if (!right)
            throw Refusals.WrongMailOrPassword();

        await tries.Forget(mail, source, device is not null, cancellationToken);
        if (!account!.EmailConfirmed)
            return new(false, await mails.Confirm(account, null, cancellationToken));

        await tickets.SignInAsync(account, isPersistent: false);
        devices.Remember(mail);
        await habits.Learn(account, cancellationToken);
        return new(true, null);
    }
}
