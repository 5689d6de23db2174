using System.Net.Mail;

namespace MoocPlatform.Host.Accounts;

/// <summary>Which mail addresses can be used: plain ones that every mail server takes.</summary>
internal static class MailAddresses
{
    private const int Longest = 254; // RFC 5321, 4.5.3.1.3

    /// <summary>The address as it is kept; null: not one.</summary>
    public static string? Read(string? typed)
    {
        var mail = typed?.Trim() ?? "";
        return mail.Length is > 3 and <= Longest && mail.All(c => c is > ' ' and <= '~' and not ('<' or '>' or '"' or '(' or ')' or ',' or ';' or ':' or '\\'))
            && MailAddress.TryCreate(mail, out var address) && address.Address == mail && address.Host.IndexOf('.', StringComparison.Ordinal) > 0
            && !address.Host.StartsWith('[') && address.User.Length <= 64
                ? mail : null;
    }
}
