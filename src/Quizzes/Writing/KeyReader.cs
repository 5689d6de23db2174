using System.Globalization;
using MoocPlatform.Quizzes.Grading;

namespace MoocPlatform.Quizzes.Writing;

/// <summary>
/// Reads a line of what is right: <c>= 3145</c>, <c>= 3145 +- 0.5</c>, <c>= 3145 +- 2%</c>, <c>= 10..20</c>, <c>= public domain</c>, each
/// with a part of the points before it if it is not worth all: <c>= 50% …</c>. Numbers are written with a decimal point.
/// </summary>
internal sealed class KeyReader(string text, int indent, int number, Problems problems)
{
    private int at = 1;

    public KeyText Read(bool numeric)
    {
        SkipSpaces();
        var fraction = Part();
        var rest = text[at..].TrimEnd();
        if (rest.Length == 0)
        {
            Wrong("After = stands what is right.");
            return new KeyText(fraction, "", null);
        }

        if (rest.Length > Answer.LongestText)
            Wrong("This answer is too long.");
        return new KeyText(fraction, rest, numeric ? Number(rest, fraction) : null);
    }

    // "50% " before something else.
    private decimal Part()
    {
        var end = text.IndexOf("% ", at, StringComparison.Ordinal);
        if (end < 0 || !decimal.TryParse(text.AsSpan(at, end - at), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent))
            return 1;
        if (percent > 100)
            Wrong("A part of the points is from 0% to 100%.");
        at = end + 1;
        SkipSpaces();
        return Math.Min(percent, 100) / 100;
    }

    private NumericKey? Number(string rest, decimal fraction)
    {
        var dots = rest.IndexOf("..", StringComparison.Ordinal);
        if (dots >= 0)
        {
            if (Decimal(rest[..dots]) is not { } low || Decimal(rest[(dots + 2)..]) is not { } high)
                return Wrong("“{0}” is not a range. Write it as 10..20, with decimal points.", rest);
            return low <= high ? new NumericKey(low, high, null, fraction) : Wrong("This range ends before it begins.");
        }

        var sign = rest.IndexOf("+-", StringComparison.Ordinal) is >= 0 and var two ? (At: two, Length: 2) : (At: rest.IndexOf('±', StringComparison.Ordinal), Length: 1);
        var (first, second) = sign.At < 0 ? (rest, "0") : (rest[..sign.At], rest[(sign.At + sign.Length)..].Trim());
        if (Decimal(first) is not { } value)
            return Wrong("“{0}” is not a number. Write it with a decimal point and without thousands marks.", first.Trim());

        var relative = second.EndsWith('%');
        if (Decimal(relative ? second[..^1] : second) is not { } tolerance || tolerance < 0 || (relative && tolerance > 100))
            return Wrong("“{0}” is not a tolerance. Write +- 0.5, or +- 2%.", second);
        if (relative)
            tolerance = Math.Abs(value) * tolerance / 100;
        return new NumericKey(value - tolerance, value + tolerance, value, fraction);
    }

    private static decimal? Decimal(string text)
    {
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return decimal.TryParse(text.Trim(), Style, CultureInfo.InvariantCulture, out var value) && Math.Abs(value) <= NumberReading.Largest ? value : null;
    }

    private void SkipSpaces()
    {
        while (at < text.Length && text[at] == ' ')
            at++;
    }

    private NumericKey? Wrong(string message, params IReadOnlyList<string> arguments)
    {
        problems.Add(number, indent + at + 1, message, arguments);
        return null;
    }
}
