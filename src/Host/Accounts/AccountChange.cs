using Microsoft.AspNetCore.Identity;
using MoocPlatform.Host.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Accounts;

/// <summary>
/// Changes an account as it is now. Identity refuses to write over a change it has not seen and only says so in its result: here the account
/// is read anew and changed again, so that neither change is lost.
/// </summary>
internal sealed class AccountChange(UserManager<Account> users, HostDb db)
{
    /// <param name="refusal">Told when there is no such account or Identity refuses for a reason of its own. Null: that does not happen.</param>
    /// <returns>The account after the change.</returns>
    public async Task<Account> Make(Guid person, Func<Account, Task<IdentityResult>> change, Func<Exception>? refusal = null)
    {
        while (true)
        {
            var account = await users.FindByIdAsync(person.ToString()) ?? throw refusal?.Invoke() ?? new NotFound();
            var result = await change(account);
            if (result.Succeeded)
                return account;
            if (result.Errors.All(e => e.Code != nameof(IdentityErrorDescriber.ConcurrencyFailure)))
                throw refusal?.Invoke() ?? new InvalidOperationException($"Account {person} was not changed: {result}");
            db.ChangeTracker.Clear();
        }
    }
}
