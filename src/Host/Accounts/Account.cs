using Microsoft.AspNetCore.Identity;

namespace MoocPlatform.Host.Accounts;

/// <summary>Somebody with an account. The mail address is the sign-in name and is never shown to others.</summary>
internal sealed class Account : IdentityUser<Guid>
{
    /// <summary>Characters of the longest name.</summary>
    public const int LongestName = 80;

    /// <summary>Characters of the longest IANA zone kept.</summary>
    public const int LongestZone = 64;

    /// <summary>The name that others see.</summary>
    public string Name { get; set; } = "";

    /// <summary>Colour of the circle with the initials.</summary>
    public string Hue { get; set; } = "sea";

    public DateTimeOffset JoinedAt { get; set; }

    /// <summary>Language of mails; null: not known yet.</summary>
    public string? Language { get; set; }

    /// <summary>IANA zone, for dates and mornings in mails; null: not known yet.</summary>
    public string? Zone { get; set; }
}
