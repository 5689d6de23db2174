using System.Security.Claims;
using System.Security.Cryptography;

namespace MoocPlatform.Kernel;

/// <summary>
/// Who a page is made for that many people get alike: a person who has nothing and did nothing, so that nothing of anybody can come into
/// the page. Where it would name its reader it has a mark instead, and each reader gets their own words in its place.
/// </summary>
public static class Anybody
{
    /// <summary>What all marks begin with: drawn anew by each process, so that no text holds one.</summary>
    internal static readonly string Mark = RandomNumberGenerator.GetHexString(31, lowercase: true);

    /// <summary>The id, which pages write without hyphens (format N).</summary>
    public static readonly Guid Id = Guid.ParseExact(Of(Slot.Id), "N");

    /// <summary>Stands for a new key of each reader's own, written like the id.</summary>
    public static readonly Guid Key = Guid.ParseExact(Of(Slot.Key), "N");

    /// <summary>Whoever signs in as this is nobody.</summary>
    internal static readonly ClaimsPrincipal Principal = new(new ClaimsIdentity(
        [new(ClaimTypes.NameIdentifier, Id.ToString()), new(PersonClaims.NameClaim, Of(Slot.Name)), new(PersonClaims.HueClaim, Of(Slot.Hue))], nameof(Anybody)));

    /// <summary>What stands in the place of a reader's own words: the last digit of a mark.</summary>
    internal enum Slot
    {
        Id,
        Key,
        Name,
        Initials,
        Hue,

        /// <summary>The antiforgery token.</summary>
        Token,
    }

    /// <summary>Whether the page is being made for many.</summary>
    public static bool IsAnybody(this ClaimsPrincipal person) => ReferenceEquals(person, Principal);

    internal static string Of(Slot slot) => Mark + (int)slot;
}
