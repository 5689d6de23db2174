using Microsoft.AspNetCore.Identity;

namespace MoocPlatform.Host.Accounts;

/// <summary>Somebody with an account. The mail address is the sign-in name and is never shown to others.</summary>
internal sealed class Account : IdentityUser<Guid>
{
    /// <summary>Characters of the longest name.</summary>
    public const int LongestName = 80;

    /// <summary>The name that others see.</summary>
    public string Name { get; set; } = "";

    /// <summary>Colour of the circle with the initials.</summary>
    public string Hue { get; set; } = "sea";

    public DateTimeOffset JoinedAt { get; set; }
}
