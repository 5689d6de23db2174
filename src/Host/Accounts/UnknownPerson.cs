using Microsoft.AspNetCore.Identity;

namespace MoocPlatform.Host.Accounts;

/// <summary>Somebody who does not exist: asking for their password costs the same as asking for anyone's.</summary>
internal sealed class UnknownPerson(IServiceScopeFactory scopes)
{
    private readonly Account nobody = new();
    private string? hash;

    /// <summary>Hashes once. Always false.</summary>
    public bool Verify(string password)
    {
        using var scope = scopes.CreateScope();
        var hasher = scope.ServiceProvider.GetRequiredService<IPasswordHasher<Account>>();
        hash ??= hasher.HashPassword(nobody, "the first one pays for it");
        _ = hasher.VerifyHashedPassword(nobody, hash, password);
        return false;
    }
}
