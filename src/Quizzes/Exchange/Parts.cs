using System.Globalization;
using MoocPlatform.Quizzes.Writing;

namespace MoocPlatform.Quizzes.Exchange;

/// <summary>Puts questions together from what other formats say.</summary>
internal static class Parts
{
    /// <summary>Options with what they are worth as a question of the kind that says the same.</summary>
    public static QuestionText Choice(QuestionText question, bool single, IReadOnlyList<(string Text, decimal Worth, string Feedback)> options)
    {
        var grading = single ? null : Weights.Grading([.. options.Select(o => o.Worth)]);
        var plain = single ? options.All(o => o.Worth is 0 or 1) && options.Count(o => o.Worth == 1) == 1 : grading is not null;
        var made = question with { Kind = single ? Kinds.Single : Kinds.Multiple, Grading = grading is "penalty" ? grading : null };
        foreach (var (text, worth, feedback) in options)
        {
            var part = plain || worth == 0 ? (decimal?)null : single && worth == 1 && options.Count(o => o.Worth == 1) == 1 ? null : worth;
            made.Options.Add(new OptionText(worth > 0, part) { Text = Passage.Of(text), Feedback = Passage.Of(feedback) });
        }

        return made;
    }

    /// <summary>A text with <c>*</c> as a wildcard and <c>\*</c> as an asterisk, as a key of ours.</summary>
    public static KeyText Words(string words, decimal fraction, string feedback)
    {
        var pattern = KeyText.Literally(words.ReplaceLineEndings(" ").Replace("\\*", "\uE030", StringComparison.Ordinal), wildcards: true).Replace("\uE030", "\\*", StringComparison.Ordinal);
        return new KeyText(Math.Clamp(fraction, 0, 1), pattern) { Feedback = Passage.Of(feedback) };
    }

    /// <summary>A number with a tolerance either way; null: it is none.</summary>
    /// <param name="number">With a decimal point; <c>*</c>: anything.</param>
    public static KeyText? Number(string number, string tolerance, decimal fraction, string feedback)
    {
        var part = Math.Clamp(fraction, 0, 1);
        if (number.Trim() == "*")
            return new KeyText(part, "*") { Feedback = Passage.Of(feedback) };
        var around = tolerance.Trim().Length == 0 ? 0 : Decimal(tolerance);
        if (Decimal(number) is not { } value || around is not >= 0)
            return null;
        return new KeyText(part, around == 0 ? Show(value) : $"{Show(value)} +- {Show(around.Value)}") { Feedback = Passage.Of(feedback) };
    }

    public static decimal? Decimal(string text)
    {
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;
        return text.Length < 64 && decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out var value) && Math.Abs(value) <= Grading.NumberReading.Largest ? value : null;
    }

    public static string Show(decimal number) => number.ToString("0.############################", CultureInfo.InvariantCulture);
}
