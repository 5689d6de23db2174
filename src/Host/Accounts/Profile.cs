using MediatR;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Caching.Memory;
using MoocPlatform.Host.Web;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Accounts;

/// <summary>Changes the name that others see.</summary>
internal sealed record ChangeName(Guid Person, string? Name) : IRequest;

internal sealed class ChangeNameHandler(AccountChange accounts, UserManager<Account> users, SignInManager<Account> tickets, StaffNames staff, IMemoryCache cache) : IRequestHandler<ChangeName, Unit>
{
    public async Task<Unit> Handle(ChangeName request, CancellationToken cancellationToken)
    {
        var name = PersonName.Tidy(request.Name);
        if (PersonName.Problem(name, await staff.All(request.Person, cancellationToken)) is { } problem)
            throw problem;
        var account = await accounts.Make(request.Person, a =>
        {
            a.Name = name;
            return users.UpdateAsync(a);
        });
        PeopleHandler.Forget(cache, account.Id);
        await tickets.RefreshSignInAsync(account);
        return Unit.Value;
    }
}

/// <summary>Changes the password. Every other device is signed out; this one goes on with a new ticket.</summary>
internal sealed record ChangePassword(Guid Person, string? Current, string? New) : IRequest;

internal sealed class ChangePasswordHandler(
    AccountChange accounts, UserManager<Account> users, SignInManager<Account> tickets, SignInTries tries, HashingGate gate, Live live, TimeProvider clock)
    : IRequestHandler<ChangePassword, Unit>
{
    public async Task<Unit> Handle(ChangePassword request, CancellationToken cancellationToken)
    {
        var account = await users.FindByIdAsync(request.Person.ToString()) ?? throw new NotFound();
        if (PasswordRules.Problem(request.New, account.Name, account.Email) is { } problem)
            throw problem;
        if (request.Current is not { Length: > 0 and <= PasswordRules.Longest } current)
            throw Refusals.WrongCurrentPassword();

        // Who found an open session must not guess the password here either.
        var source = $"session-{account.Id:N}";
        if (await tries.Begin(account.Email!, source, known: true, cancellationToken) is { } until)
            throw Refusals.TooManyTries(until);
        account = await accounts.Make(request.Person, a => gate.Run(() => users.ChangePasswordAsync(a, current, request.New!), cancellationToken), Refusals.WrongCurrentPassword);
        await tries.Forget(account.Email!, source, known: true, cancellationToken);
        live.Cut(account.Id, clock.GetUtcNow()); // before the new ticket of this browser
        await tickets.RefreshSignInAsync(account);
        return Unit.Value;
    }
}

/// <summary>Ends every ticket of a person, on all devices, within a minute.</summary>
internal sealed record SignOutEverywhere(Guid Person) : IRequest;

internal sealed class SignOutEverywhereHandler(AccountChange accounts, UserManager<Account> users, SignInManager<Account> tickets, Live live, TimeProvider clock) : IRequestHandler<SignOutEverywhere, Unit>
{
    public async Task<Unit> Handle(SignOutEverywhere request, CancellationToken cancellationToken)
    {
        await accounts.Make(request.Person, users.UpdateSecurityStampAsync);
        live.Cut(request.Person, clock.GetUtcNow());
        await tickets.SignOutAsync();
        return Unit.Value;
    }
}
