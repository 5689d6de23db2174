using System.Numerics;

namespace MoocPlatform.Enrollment.Domain.Badges;

/// <summary>Base58 as Bitcoin writes it, behind a "z" (multibase), and Ed25519 keys as Multikey (W3C Controlled Identifiers 1.0, section 2.2.2).</summary>
internal static class Multibase
{
    private const string Digits = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

    // Multicodec ed25519-pub, as a varint.
    private static readonly byte[] Ed25519Prefix = [0xed, 0x01];

    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        var rest = new BigInteger(bytes, isUnsigned: true, isBigEndian: true);
        var text = new Stack<char>();
        for (; rest > 0; rest /= 58)
            text.Push(Digits[(int)(rest % 58)]);
        foreach (var b in bytes)
        {
            if (b != 0)
                break;
            text.Push(Digits[0]);
        }

        return "z" + string.Concat(text);
    }

    /// <summary>Null: it is not this alphabet, or too long to be a key or signature.</summary>
    public static byte[]? Decode(string text)
    {
        if (text.Length is < 2 or > 200 || text[0] != 'z')
            return null;
        var sum = BigInteger.Zero;
        foreach (var c in text.AsSpan(1))
        {
            var digit = Digits.IndexOf(c, StringComparison.Ordinal);
            if (digit < 0)
                return null;
            sum = (sum * 58) + digit;
        }

        var zeros = text.AsSpan(1).IndexOfAnyExcept(Digits[0]);
        return [.. new byte[zeros < 0 ? text.Length - 1 : zeros], .. sum.IsZero ? [] : sum.ToByteArray(isUnsigned: true, isBigEndian: true)];
    }

    public static string Ed25519Key(ReadOnlySpan<byte> publicKey) => Encode([.. Ed25519Prefix, .. publicKey]);

    /// <summary>Null: no Ed25519 key.</summary>
    public static byte[]? Ed25519Key(string multikey) =>
        Decode(multikey) is { Length: Ed25519.KeyLength + 2 } bytes && bytes.AsSpan().StartsWith(Ed25519Prefix) ? bytes[2..] : null;
}
