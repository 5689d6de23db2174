using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using MoocPlatform.Host.Accounts;
using MoocPlatform.Kernel;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Host.Tests.Accounts;

public sealed class AccountChangeTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task Two_changes_that_meet_are_both_kept()
    {
        var person = await world.Person("Mara Before");
        await using var scope = world.Services.CreateAsyncScope();
        var (accounts, users) = (scope.ServiceProvider.GetRequiredService<AccountChange>(), scope.ServiceProvider.GetRequiredService<UserManager<Account>>());
        var (tries, before) = (0, "");
        await accounts.Make(person, async account =>
        {
            if (tries++ == 0)
            {
                before = account.SecurityStamp!;
                await Rename(person, "Mara After");
            }

            return await users.UpdateSecurityStampAsync(account);
        });

        Assert.Equal(2, tries);
        var kept = await Kept(person);
        Assert.Equal("Mara After", kept.Name);
        Assert.NotEqual(before, kept.SecurityStamp);
    }

    [Fact]
    public async Task What_is_refused_is_told_and_not_tried_again()
    {
        var person = await world.Person("Remo Refused");
        await using var scope = world.Services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<AccountChange>();
        var tries = 0;
        Task<IdentityResult> Fail(Account account)
        {
            tries++;
            return Task.FromResult(IdentityResult.Failed(new IdentityErrorDescriber().PasswordMismatch()));
        }

        await Assert.ThrowsAsync<Refused>(() => accounts.Make(person, Fail, Refusals.LinkIsOver));
        Assert.Contains("PasswordMismatch", (await Assert.ThrowsAsync<InvalidOperationException>(() => accounts.Make(person, Fail))).Message, StringComparison.Ordinal);
        Assert.Equal(2, tries);
        await Assert.ThrowsAsync<NotFound>(() => accounts.Make(Guid.CreateVersion7(), Fail));
    }

    private async Task Rename(Guid person, string name)
    {
        await using var scope = world.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        var account = (await users.FindByIdAsync(person.ToString()))!;
        account.Name = name;
        Assert.True((await users.UpdateAsync(account)).Succeeded);
    }

    private async Task<Account> Kept(Guid person)
    {
        await using var scope = world.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<UserManager<Account>>().FindByIdAsync(person.ToString()))!;
    }
}
