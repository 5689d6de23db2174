using System.Security.Cryptography;

namespace MoocPlatform.Quizzes.Domain;

/// <summary>Codes such as <c>K7MQ-2XDA</c>: 40 random bits in Crockford's alphabet, which has no letters to be mistaken.</summary>
internal static class Receipts
{
    public static string New()
    {
        var code = RandomNumberGenerator.GetString("0123456789ABCDEFGHJKMNPQRSTVWXYZ", 8);
        return $"{code[..4]}-{code[4..]}";
    }
}
