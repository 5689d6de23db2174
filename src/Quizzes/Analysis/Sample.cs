namespace MoocPlatform.Quizzes.Analysis;

/// <summary>Measures of a sample, in two passes so that big means lose no digits. Undefined is null, never not-a-number.</summary>
internal static class Sample
{
    public static double? Mean(ReadOnlySpan<double> x)
    {
        if (x.Length == 0)
            return null;
        var sum = 0d;
        foreach (var value in x)
            sum += value;
        return sum / x.Length;
    }

    /// <summary>The middle value, or the mean of the two in the middle. O(n log n).</summary>
    public static double? Median(ReadOnlySpan<double> x)
    {
        if (x.Length == 0)
            return null;
        var sorted = x.ToArray();
        Array.Sort(sorted);
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>With n − 1 below. Null with fewer than two values.</summary>
    public static double? Variance(ReadOnlySpan<double> x) => Covariance(x, x);

    /// <summary>With n − 1 below. Null with fewer than two pairs.</summary>
    public static double? Covariance(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (x.Length < 2)
            return null;
        var (meanX, meanY) = (Mean(x)!.Value, Mean(y)!.Value);
        var sum = 0d;
        for (var i = 0; i < x.Length; i++)
            sum += (x[i] - meanX) * (y[i] - meanY);
        return Settled(sum / (x.Length - 1), meanX * meanY);
    }

    /// <summary>The covariance that the same values would have at best: both sorted. O(n log n).</summary>
    public static double? BestCovariance(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var (first, second) = (x.ToArray(), y.ToArray());
        Array.Sort(first);
        Array.Sort(second);
        return Covariance(first, second);
    }

    /// <summary>k₃ / k₂^1.5 of Fisher's k-statistics. Null with fewer than three values, or when all are equal.</summary>
    public static double? Skewness(ReadOnlySpan<double> x)
    {
        var n = (double)x.Length;
        if (n < 3 || Variance(x) is not > 0)
            return null;
        var k3 = n * n * Moment(x, 3) / ((n - 1) * (n - 2));
        return k3 / Math.Pow(Variance(x)!.Value, 1.5);
    }

    /// <summary>k₄ / k₂²: 0 for a normal distribution. Null with fewer than four values, or when all are equal.</summary>
    public static double? Kurtosis(ReadOnlySpan<double> x)
    {
        var n = (double)x.Length;
        if (n < 4 || Variance(x) is not > 0)
            return null;
        var m2 = Moment(x, 2);
        var k4 = n * n * (((n + 1) * Moment(x, 4)) - (3 * (n - 1) * m2 * m2)) / ((n - 1) * (n - 2) * (n - 3));
        return k4 / Math.Pow(Variance(x)!.Value, 2);
    }

    private static double Moment(ReadOnlySpan<double> x, int power)
    {
        var mean = Mean(x)!.Value;
        var sum = 0d;
        foreach (var value in x)
            sum += Math.Pow(value - mean, power);
        return sum / x.Length;
    }

    // Equal values leave a crumb of rounding behind, which would be divided by: nothing at the scale of the values is nothing.
    private static double Settled(double value, double scale) => Math.Abs(value) <= 1e-13 * Math.Max(1, Math.Abs(scale)) ? 0 : value;
}
