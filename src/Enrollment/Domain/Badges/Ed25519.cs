using System.Numerics;
using System.Security.Cryptography;

namespace MoocPlatform.Enrollment.Domain.Badges;

/// <summary>
/// Ed25519 (RFC 8032, section 5.1): signatures for embedded proofs, which the framework does not have. Written to be read, not to be fast:
/// a signature takes about a millisecond. Its time depends on the key, so it signs where nobody can measure: in reactions and jobs, over texts of
/// our own.
/// </summary>
internal static class Ed25519
{
    public const int KeyLength = 32;
    public const int SignatureLength = 64;

    // p = 2^255 − 19; L = the order of the base point; d = −121665/121666.
    private static readonly BigInteger P = BigInteger.Pow(2, 255) - 19;
    private static readonly BigInteger L = BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493", System.Globalization.CultureInfo.InvariantCulture);
    private static readonly BigInteger D = Mod(-121665 * Inverse(121666));
    private static readonly BigInteger RootOfMinusOne = BigInteger.ModPow(2, (P - 1) / 4, P);
    private static readonly Point Base = BasePoint();

    // The base point times 1, 2, 4, 8 and so on: so its multiples, of which every signature needs two, are sums alone.
    private static readonly Point[] Doubled = Doublings();

    /// <summary>The public key (32 bytes) of a secret one (32 random bytes).</summary>
    public static byte[] PublicKey(ReadOnlySpan<byte> secret) => Encode(TimesBase(Scalar(SHA512.HashData(secret))));

    /// <summary>The signature of a message: 64 bytes, always the same for the same key and message.</summary>
    public static byte[] Sign(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> message)
    {
        var h = SHA512.HashData(secret);
        var a = Scalar(h);
        var publicKey = Encode(TimesBase(a));
        var r = Reduce([.. h[32..], .. message]);
        var pointR = Encode(TimesBase(r));
        var k = Reduce([.. pointR, .. publicKey, .. message]);
        return [.. pointR, .. Little((r + (k * a)) % L)];
    }

    /// <summary>Whether a signature is of this key over this message. Never throws: what cannot be read is not signed.</summary>
    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (publicKey.Length != KeyLength || signature.Length != SignatureLength || Decode(publicKey) is not { } a || Decode(signature[..32]) is not { } r)
            return false;
        var s = new BigInteger(signature[32..], isUnsigned: true);
        if (s >= L)
            return false; // another spelling of the same signature
        var k = Reduce([.. signature[..32], .. publicKey, .. message]);
        return Encode(TimesBase(s)).AsSpan().SequenceEqual(Encode(Plus(r, Times(a, k))));
    }

    private static BigInteger Scalar(byte[] hash)
    {
        var bytes = hash[..32];
        bytes[0] &= 248;
        bytes[31] = (byte)((bytes[31] & 127) | 64);
        return new BigInteger(bytes, isUnsigned: true);
    }

    private static BigInteger Reduce(byte[] text) => new BigInteger(SHA512.HashData(text), isUnsigned: true) % L;

    private static Point Times(Point point, BigInteger n)
    {
        var sum = new Point(0, 1, 1, 0);
        for (var i = (int)n.GetBitLength() - 1; i >= 0; i--)
        {
            sum = Plus(sum, sum);
            if (!(n >> i).IsEven)
                sum = Plus(sum, point);
        }

        return sum;
    }

    private static Point TimesBase(BigInteger n)
    {
        var (sum, bits) = (new Point(0, 1, 1, 0), Little(n));
        for (var i = 0; i < Doubled.Length; i++)
            if ((bits[i / 8] >> (i % 8) & 1) != 0)
                sum = Plus(sum, Doubled[i]);
        return sum;
    }

    private static Point[] Doublings()
    {
        var doubled = new Point[8 * KeyLength];
        doubled[0] = Base;
        for (var i = 1; i < doubled.Length; i++)
            doubled[i] = Plus(doubled[i - 1], doubled[i - 1]);
        return doubled;
    }

    // The complete addition of section 5.1.4: right for equal points and for the neutral one as well.
    private static Point Plus(Point p, Point q)
    {
        var a = Mod((p.Y - p.X) * (q.Y - q.X));
        var b = Mod((p.Y + p.X) * (q.Y + q.X));
        var c = Mod(2 * p.T * q.T % P * D);
        var d = Mod(2 * p.Z * q.Z);
        var (e, f, g, h) = (b - a, d - c, d + c, b + a);
        return new(Mod(e * f), Mod(g * h), Mod(f * g), Mod(e * h));
    }

    private static byte[] Encode(Point point)
    {
        var inverse = Inverse(point.Z);
        var (x, y) = (Mod(point.X * inverse), Mod(point.Y * inverse));
        var bytes = Little(y);
        if (!x.IsEven)
            bytes[31] |= 128;
        return bytes;
    }

    private static Point? Decode(ReadOnlySpan<byte> bytes)
    {
        var clear = bytes.ToArray();
        clear[31] &= 127;
        var y = new BigInteger(clear, isUnsigned: true);
        if (y >= P || Root(y) is not { } x)
            return null;
        var odd = (bytes[31] & 128) != 0;
        if (x.IsZero && odd)
            return null;
        if (x.IsEven == odd)
            x = P - x;
        return new(x, y, 1, Mod(x * y));
    }

    // x of a point: the square root of (y² − 1) / (dy² + 1); null: there is no such point.
    private static BigInteger? Root(BigInteger y)
    {
        var (u, v) = (Mod((y * y) - 1), Mod((D * y * y) + 1));
        var x = Mod(u * BigInteger.ModPow(v, 3, P) * BigInteger.ModPow(u * BigInteger.ModPow(v, 7, P), (P - 5) / 8, P));
        var square = Mod(v * x * x);
        if (square == u)
            return x;
        return square == Mod(-u) ? Mod(x * RootOfMinusOne) : null;
    }

    private static Point BasePoint()
    {
        var y = Mod(4 * Inverse(5));
        var x = Root(y)!.Value;
        x = x.IsEven ? x : P - x;
        return new(x, y, 1, Mod(x * y));
    }

    private static byte[] Little(BigInteger n)
    {
        var bytes = new byte[KeyLength];
        n.TryWriteBytes(bytes, out _, isUnsigned: true);
        return bytes;
    }

    private static BigInteger Inverse(BigInteger n) => BigInteger.ModPow(Mod(n), P - 2, P);

    private static BigInteger Mod(BigInteger n)
    {
        var rest = n % P;
        return rest.Sign < 0 ? rest + P : rest;
    }

    // Extended homogeneous coordinates: x = X/Z, y = Y/Z, xy = T/Z.
    private readonly record struct Point(BigInteger X, BigInteger Y, BigInteger Z, BigInteger T);
}
