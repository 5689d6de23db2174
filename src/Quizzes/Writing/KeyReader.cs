using System.Globalization;
using System.Text.RegularExpressions;
using MoocPlatform.Quizzes.Grading;

namespace MoocPlatform.Quizzes.Writing;

/// <summary>
/// Reads a line of what is right: <c>= 3145</c>, <c>= 3145 +- 2%</c>, <c>= 3.14 to 3 figures</c>, <c>= 10..20</c>, <c>= public domain</c>,
/// <c>= /pub.*/</c>, <c>= licence ~1</c>, <c>= true</c>, <c>= size * n +- 2%</c>, each with a part of the points before it if it is not
/// worth all: <c>= 50% …</c>. Numbers are written with a decimal point.
/// </summary>
internal sealed partial class KeyReader(string text, int indent, int number, Problems problems)
{
    private int at = 1;

    /// <param name="question">Whose type it is read for; of a formula the variables must be known already.</param>
    public KeyText Read(QuestionText question)
    {
        SkipSpaces();
        var fraction = Part();
        var rest = text[at..].TrimEnd();
        if (rest.Length == 0)
        {
            Wrong("After = stands what is right.");
            return new KeyText(fraction, "");
        }

        if (rest.Length > Answer.LongestText)
            Wrong("This answer is too long.");
        switch (question.Kind)
        {
            case Kinds.Numeric:
                return new KeyText(fraction, rest) { Number = Number(rest, fraction) };
            case Kinds.Formula:
                return new KeyText(fraction, rest) { Formula = Formula(rest, fraction, question.Variables) };
            case Kinds.TrueFalse:
                if (rest is not ("true" or "false"))
                    Wrong("Here should stand one of these: {0}.", "true, false");
                else if (fraction is not (0 or 1))
                    Wrong("Either true or false is right. The other one, if it has feedback, begins with “= 0%”.");
                return new KeyText(fraction, rest);
            default:
                return new KeyText(fraction, rest) { Text = Text(rest, fraction) };
        }
    }

    /// <summary>"= France -> Paris". An arrow that belongs to the text has a backslash before it.</summary>
    public PairText ReadPair()
    {
        SkipSpaces();
        var arrow = Arrow().Match(text, at - 1);
        if (!arrow.Success)
        {
            Wrong("Between the two sides of a pair stands an arrow: = France -> Paris.");
            return new PairText();
        }

        var pair = new PairText();
        var stem = text[at..Math.Max(at, arrow.Index)].Trim();
        var behind = arrow.Index + arrow.Length;
        var answer = text[behind..].Trim();
        if (stem.Length > 0)
            pair.Stem.Add(stem, number, indent + at + 1);
        if (answer.Length == 0)
            Wrong("Behind the arrow stands what belongs to it.");
        else
            pair.Answer.Add(answer, number, indent + text.IndexOf(answer, behind, StringComparison.Ordinal) + 1);
        return pair;
    }

    // "50% " before something else.
    private decimal Part()
    {
        var end = text.IndexOf("% ", at, StringComparison.Ordinal);
        if (end < 0 || !decimal.TryParse(text.AsSpan(at, end - at), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _))
            return 1;
        var part = Percent.Read(text.AsSpan(at, end - at));
        if (part is null)
            Wrong("A part of the points is from 0% to 100%.");
        at = end + 1;
        SkipSpaces();
        return part ?? 1;
    }

    private TextKey Text(string rest, decimal fraction)
    {
        if (rest.Length > 1 && rest[0] == '/' && rest[^1] == '/')
        {
            var expression = rest[1..^1];
            if (Expressions.Wrong(expression) is { } wrong)
                Wrong("This regular expression cannot be used: {0}", wrong);
            return new TextKey(expression, fraction, Regex: true);
        }

        if (Distance().Match(rest) is not { Success: true } near)
            return new TextKey(rest, fraction);
        var word = rest[..near.Index];
        var letters = near.Groups["letters"].Value[0] - '0';
        if (letters is 0 or > 5 || letters >= word.Length || word.Replace("\\*", "", StringComparison.Ordinal).Contains('*', StringComparison.Ordinal))
            Wrong("The number of wrong letters is from 1 to 5, less than the word has, and without *.");
        return new TextKey(word, fraction, Near: letters);
    }

    private FormulaKey? Formula(string rest, decimal fraction, IReadOnlyList<VariableText> variables)
    {
        int? figures = null;
        if (Figures().Match(rest) is { Success: true } match)
        {
            figures = int.Parse(match.Groups["figures"].Value, CultureInfo.InvariantCulture);
            rest = rest[..match.Index];
        }

        var (first, second) = Tolerance(rest);
        if (Read(second) is not var (tolerance, relative))
        {
            Wrong("“{0}” is not a tolerance. Write +- 0.5, or +- 2%.", second);
            return null;
        }

        var key = new FormulaKey(first.Trim(), tolerance, relative, figures, fraction);
        if (VariableReader.Trial(key.Is, [.. variables.Select(v => v.Value).OfType<Variable>()]) is { } wrong)
        {
            problems.Add(number, indent + at + wrong.At + 1, wrong.Message, wrong.Arguments);
            return null;
        }

        return key;
    }

    private NumericKey? Number(string rest, decimal fraction)
    {
        if (rest == "*")
            return new NumericKey(0, 0, null, fraction, Anything: true);
        int? figures = null;
        if (Figures().Match(rest) is { Success: true } match)
        {
            figures = int.Parse(match.Groups["figures"].Value, CultureInfo.InvariantCulture);
            rest = rest[..match.Index];
        }

        var dots = rest.IndexOf("..", StringComparison.Ordinal);
        if (dots >= 0)
        {
            if (Decimal(rest[..dots]) is not { } low || Decimal(rest[(dots + 2)..]) is not { } high)
                return Wrong("“{0}” is not a range. Write it as 10..20, with decimal points.", rest);
            return low <= high ? new NumericKey(low, high, null, fraction) : Wrong("This range ends before it begins.");
        }

        var (first, second) = Tolerance(rest);
        if (Decimal(first) is not { } value)
            return Wrong("“{0}” is not a number. Write it with a decimal point and without thousands marks.", first.Trim());
        if (Read(second) is not var (tolerance, relative))
            return Wrong("“{0}” is not a tolerance. Write +- 0.5, or +- 2%.", second);
        if (relative)
            tolerance *= Math.Abs(value);
        return new NumericKey(value - tolerance, value + tolerance, value, fraction, Figures: figures);
    }

    private static (string Value, string Tolerance) Tolerance(string rest)
    {
        var sign = rest.IndexOf("+-", StringComparison.Ordinal) is >= 0 and var two ? (At: two, Length: 2) : (At: rest.IndexOf('±', StringComparison.Ordinal), Length: 1);
        return sign.At < 0 ? (rest, "0") : (rest[..sign.At], rest[(sign.At + sign.Length)..].Trim());
    }

    private static (decimal Tolerance, bool Relative)? Read(string tolerance)
    {
        var relative = tolerance.EndsWith('%');
        return Decimal(relative ? tolerance[..^1] : tolerance) is { } amount && amount >= 0 && (!relative || amount <= 100)
            ? (relative ? amount / 100 : amount, relative)
            : null;
    }

    internal static decimal? Decimal(string text)
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

    [GeneratedRegex(" to (?<figures>[1-9]|1[0-5]) figures?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Figures();

    [GeneratedRegex(" ~(?<letters>[0-9])$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Distance();

    [GeneratedRegex(@"(?<![\\-])->", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Arrow();
}
