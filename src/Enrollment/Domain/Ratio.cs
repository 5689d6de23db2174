using System.Numerics;

namespace MoocPlatform.Enrollment.Domain;

/// <summary>An exact number: a third stays a third, so that three of them are one and nobody misses a mark by rounding.</summary>
internal readonly struct Ratio : IComparable<Ratio>, IEquatable<Ratio>
{
    private readonly BigInteger over;
    private readonly BigInteger under;

    private Ratio(BigInteger over, BigInteger under)
    {
        var common = BigInteger.GreatestCommonDivisor(over, under) * under.Sign;
        (this.over, this.under) = (over / common, under / common);
    }

    // What nobody has set is 0/1.
    private BigInteger Under => under.IsZero ? BigInteger.One : under;

    public static implicit operator Ratio(decimal number)
    {
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(number, parts);
        var digits = ((BigInteger)(uint)parts[2] << 64) | ((BigInteger)(uint)parts[1] << 32) | (uint)parts[0];
        return new(number < 0 ? -digits : digits, BigInteger.Pow(10, (parts[3] >> 16) & 0xFF));
    }

    public static Ratio operator +(Ratio a, Ratio b) => new((a.over * b.Under) + (b.over * a.Under), a.Under * b.Under);

    public static Ratio operator *(Ratio a, Ratio b) => new(a.over * b.over, a.Under * b.Under);

    public static Ratio operator /(Ratio a, Ratio b) => new(a.over * b.Under, a.Under * b.over);

    public static bool operator ==(Ratio a, Ratio b) => a.Equals(b);

    public static bool operator !=(Ratio a, Ratio b) => !a.Equals(b);

    public static bool operator <(Ratio a, Ratio b) => a.CompareTo(b) < 0;

    public static bool operator >(Ratio a, Ratio b) => a.CompareTo(b) > 0;

    public static bool operator <=(Ratio a, Ratio b) => a.CompareTo(b) <= 0;

    public static bool operator >=(Ratio a, Ratio b) => a.CompareTo(b) >= 0;

    public static Ratio Sum(IEnumerable<Ratio> numbers) => numbers.Aggregate(default(Ratio), (sum, n) => sum + n);

    /// <summary>With so many decimal places (0 to 20), cut off: never more than it is.</summary>
    public decimal Cut(int places)
    {
        var scale = BigInteger.Pow(10, places);
        return (decimal)(over * scale / Under) / (decimal)scale;
    }

    public int CompareTo(Ratio other) => (over * other.Under).CompareTo(other.over * Under);

    public bool Equals(Ratio other) => over == other.over && Under == other.Under;

    public override bool Equals(object? obj) => obj is Ratio other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(over, Under);

    public override string ToString() => $"{over}/{Under}";
}
