using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Notifications;

/// <summary>What a link in a mail ends: a kind, or everything that comes at a pace.</summary>
internal sealed record Unsubscribed(Guid PersonId, NoticeKind? Kind, MailPace? Pace);

/// <summary>
/// The signed word in a mail by which its reader ends such mails without signing in. It never ends, since a mail may be read years later,
/// and it can do nothing else.
/// </summary>
internal sealed class Unsubscribing(IDataProtectionProvider protection, Site site)
{
    private const int PaceFrom = 100;

    private readonly IDataProtector protector = protection.CreateProtector("notifications/unsubscribe/1");

    public string Token(Guid person, NoticeKind kind) => Token(person, (byte)kind);

    /// <summary>For a mail with several notifications: ends what comes daily, or what comes weekly.</summary>
    public string Token(Guid person, MailPace pace) => Token(person, (byte)(PaceFrom + (int)pace));

    /// <summary>Null: not one of ours.</summary>
    public Unsubscribed? Read(string? token)
    {
        if (token is not { Length: > 0 and < 1000 })
            return null;
        try
        {
            var kept = protector.Unprotect(WebEncoders.Base64UrlDecode(token));
            var (person, what) = (new Guid(kept.AsSpan(0, 16)), kept[16]);
            return what < PaceFrom ? new(person, (NoticeKind)what, null) : new(person, null, (MailPace)(what - PaceFrom));
        }
        catch (Exception e) when (e is System.Security.Cryptography.CryptographicException or FormatException)
        {
            return null;
        }
    }

    /// <summary>The address, for the header and for the foot of the mail.</summary>
    public string Link(string token) => site.Link($"/notifications/unsubscribe?token={token}");

    private string Token(Guid person, byte what)
    {
        var kept = new byte[17];
        person.TryWriteBytes(kept);
        kept[16] = what;
        return WebEncoders.Base64UrlEncode(protector.Protect(kept));
    }
}
