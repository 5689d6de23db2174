using System.Globalization;
using System.Text;

namespace MoocPlatform.Quizzes.Grading;

/// <summary>
/// Reads a number as a person of a culture types it: decimal comma or point, thousands marks, spaces or apostrophes, a real minus,
/// an exponent. What was read is always shown to the learner, so that a misreading is seen before it counts.
/// </summary>
/// <remarks>
/// A mark (<c>.</c> or <c>,</c>) that stands once is the decimal mark, unless it is the culture's thousands mark and exactly three digits
/// follow it: "3.145" is 3145 in Romanian and 3.145 in English. Of two different marks the last is the decimal one. A mark that stands
/// more than once separates thousands. Groups must have three digits.
/// </remarks>
internal static class NumberReading
{
    /// <summary>Numbers beyond it, either way, are not read: decimals would lose digits.</summary>
    public const decimal Largest = 1_000_000_000_000_000_000m;

    private const int MostCharacters = 64;

    /// <summary>The number, or null when the text is none.</summary>
    /// <param name="unit">May stand behind the number and is not read.</param>
    public static decimal? Read(string text, CultureInfo culture, string? unit = null)
    {
        text = text.Trim();
        if (unit is not null && text.EndsWith(unit, StringComparison.OrdinalIgnoreCase))
            text = text[..^unit.Length].TrimEnd();
        if (text.Length is 0 or > MostCharacters)
            return null;

        var digits = new StringBuilder(text.Length);
        foreach (var c in text)
            digits.Append(Plain(c));
        return Parse(digits.ToString(), culture);
    }

    /// <summary>How a number is shown back, in the culture's own form: "3,145".</summary>
    public static string Show(decimal number, CultureInfo culture) => number.ToString("#,0.############################", culture);

    private static char Plain(char c) => c switch
    {
        '\u2212' or '\u2012' or '\u2013' => '-',
        '\u066B' => ',',
        '\'' or '\u2019' or '\u02BC' => ' ',
        _ when char.IsWhiteSpace(c) => ' ',
        _ => c,
    };

    private static decimal? Parse(string text, CultureInfo culture)
    {
        var sign = text[0] is '-' or '+' ? text[..1] : "";
        var rest = text[sign.Length..].TrimStart();
        var exponent = "";
        if (rest.IndexOfAny(['e', 'E']) is > 0 and var at)
            (rest, exponent) = (rest[..at], rest[at..]);

        if (DecimalMark(rest, culture) is not { } mark)
            return null;
        var cut = mark == '\0' ? -1 : rest.LastIndexOf(mark);
        var (whole, fraction) = cut < 0 ? (rest, "") : (rest[..cut], rest[(cut + 1)..]);
        if (Ungrouped(whole) is not { } digits || !fraction.All(char.IsAsciiDigit) || digits.Length + fraction.Length == 0)
            return null;

        var canonical = $"{sign}{(digits.Length == 0 ? "0" : digits)}.{fraction}0{exponent}";
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return decimal.TryParse(canonical, Style, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) <= Largest
            ? number / 1.0000000000000000000000000000m // the same number without zeros behind
            : null;
    }

    // '\0': there is none. Null: the marks make no sense.
    private static char? DecimalMark(string number, CultureInfo culture)
    {
        var (points, commas) = (number.Count(c => c == '.'), number.Count(c => c == ','));
        if (points + commas == 0)
            return '\0';
        if (points > 0 && commas > 0)
        {
            var last = number.LastIndexOf('.') > number.LastIndexOf(',') ? '.' : ',';
            return (last == '.' ? points : commas) == 1 ? last : null;
        }

        if (points + commas > 1)
            return '\0';
        var mark = points == 1 ? '.' : ',';
        var at = number.IndexOf(mark, StringComparison.Ordinal);
        var separatesThousands = culture.NumberFormat.NumberDecimalSeparator != mark.ToString()
            && number.Length - at == 4 && at is > 0 and <= 3 && number[0] != '0' && !number.Contains(' ', StringComparison.Ordinal);
        return separatesThousands ? '\0' : mark;
    }

    // "1 234 567", "1.234.567" → "1234567". Null: a group has not three digits, or something else stands between.
    private static string? Ungrouped(string whole)
    {
        var marks = whole.Where(c => !char.IsAsciiDigit(c)).Distinct().ToList();
        if (marks.Count == 0)
            return whole;
        if (marks.Count > 1 || marks[0] is not (' ' or '.' or ','))
            return null;
        var groups = whole.Split(marks[0]);
        return groups[0].Length is >= 1 and <= 3 && groups.Skip(1).All(g => g.Length == 3) ? string.Concat(groups) : null;
    }
}
