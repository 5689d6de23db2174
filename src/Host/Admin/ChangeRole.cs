using MediatR;
using Microsoft.AspNetCore.Identity;
using MoocPlatform.Host.Accounts;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Admin;

/// <summary>Gives or takes a role of the site.</summary>
internal sealed record ChangeRole(Guid Person, string Role, bool Give, Guid By) : IRequest;

internal sealed class ChangeRoleHandler(UserManager<Account> users, RoleGiver roles, Live live) : IRequestHandler<ChangeRole, Unit>
{
    public async Task<Unit> Handle(ChangeRole request, CancellationToken cancellationToken)
    {
        if (!RoleGiver.All.Contains(request.Role) || await users.FindByIdAsync(request.Person.ToString()) is not { } account)
            throw new NotFound();
        // The last admin can then never go: whoever takes the role has it.
        if (request is { Give: false, Role: Policies.Admin } && request.Person == request.By)
            throw Refusals.NotYourOwnRole();
        await (request.Give ? roles.Give(account, request.Role) : roles.Take(account, request.Role));
        if (!request.Give)
            live.Cut(account.Id);
        return Unit.Value;
    }
}
