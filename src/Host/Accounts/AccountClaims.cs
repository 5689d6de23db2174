using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Accounts;

/// <summary>What the ticket says of a person: id, name, hue, roles. Never the mail address.</summary>
internal sealed class AccountClaims(UserManager<Account> users, IOptions<IdentityOptions> options) : IUserClaimsPrincipalFactory<Account>
{
    public async Task<ClaimsPrincipal> CreateAsync(Account user)
    {
        var identity = new ClaimsIdentity(
            [
                new(ClaimTypes.NameIdentifier, user.Id.ToString()),
                new(PersonClaims.NameClaim, user.Name),
                new(PersonClaims.HueClaim, user.Hue),
                new(options.Value.ClaimsIdentity.SecurityStampClaimType, user.SecurityStamp!),
                .. (await users.GetRolesAsync(user)).Select(r => new Claim(ClaimTypes.Role, r)),
            ],
            IdentityConstants.ApplicationScheme, PersonClaims.NameClaim, ClaimTypes.Role);
        return new ClaimsPrincipal(identity);
    }
}
