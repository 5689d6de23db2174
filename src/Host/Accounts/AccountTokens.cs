using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;

namespace MoocPlatform.Host.Accounts;

/// <summary>
/// The codes in links that go by mail: good for an hour by the clock of the process, and for one use, because each use
/// changes the person's security stamp that is sealed in them.
/// </summary>
internal sealed class AccountTokens(IDataProtectionProvider protection, TimeProvider clock) : IUserTwoFactorTokenProvider<Account>
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(1);

    private readonly IDataProtector protector = protection.CreateProtector("account-tokens");

    public async Task<string> GenerateAsync(string purpose, UserManager<Account> manager, Account user)
    {
        using var bytes = new MemoryStream();
        await using (var writer = new BinaryWriter(bytes))
        {
            writer.Write(clock.GetUtcNow().ToUnixTimeSeconds());
            writer.Write(await What(purpose, manager, user));
        }

        return Base64Url.EncodeToString(protector.Protect(bytes.ToArray()));
    }

    public async Task<bool> ValidateAsync(string purpose, string token, UserManager<Account> manager, Account user)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(protector.Unprotect(Base64Url.DecodeFromChars(token))));
            var age = clock.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(reader.ReadInt64());
            return age <= Life && reader.ReadString() == await What(purpose, manager, user);
        }
        catch (Exception e) when (e is CryptographicException or FormatException or EndOfStreamException)
        {
            return false;
        }
    }

    public Task<bool> CanGenerateTwoFactorTokenAsync(UserManager<Account> manager, Account user) => Task.FromResult(false);

    private static async Task<string> What(string purpose, UserManager<Account> manager, Account user) =>
        $"{purpose}\n{user.Id}\n{await manager.GetSecurityStampAsync(user)}";
}
